package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.chat.DialogTriggers;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.slack.SlackConnection;
import dev.bandmaster.slack.SocketHealth;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The connection to the chat, and the people as it knows them. */
final class ChatModule {
  private final AckLatency ackTimes = new AckLatency();
  private final EnvelopeIntake envelopes = new EnvelopeIntake();
  private final SlackConnection slack;
  private final Directory people;
  private final FreshDirectory freshPeople;

  /**
   * @param onFatal called with the reason if the bot can never work as it is configured
   */
  ChatModule(
      BotConfig config,
      StoreModule stores,
      DialogTriggers dialogs,
      Consumer<String> onFatal,
      RandomGenerator random,
      Lifecycle lifecycle) {
    slack =
        lifecycle.own(
            SlackConnection.open(
                SlackModule.settings(config.slack()),
                envelopes,
                dialogs,
                SlackConnection.Listener.of(ackTimes::add, onFatal),
                stores.clock(),
                random));
    AliasRecorder aliases = new AliasRecorder(stores.store(), stores.clock());
    people = SlackModule.people(slack.directory(), aliases);
    freshPeople = SlackModule.freshPeople(slack.directory(), aliases);
  }

  /** Connects; from now on envelopes reach the inbox. */
  void start(InboxWorker inbox) {
    envelopes.start(inbox);
    slack.start();
  }

  void stopReceiving() throws IOException {
    slack.stopReceiving();
  }

  InboxWorker.Interpreter interpreter() {
    return SlackModule.interpreter(slack.interpreter());
  }

  boolean isListening() {
    return slack.health().state() == SocketHealth.State.CONNECTED;
  }

  String describe() {
    return SlackModule.describe(slack.health());
  }

  SlackConnection slack() {
    return slack;
  }

  Directory people() {
    return people;
  }

  FreshDirectory freshPeople() {
    return freshPeople;
  }

  AckLatency ackTimes() {
    return ackTimes;
  }

  InboxMetrics received() {
    return envelopes.metrics();
  }
}
