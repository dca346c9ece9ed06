package dev.bandmaster.app;

import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.DeliveryMeaning;
import dev.bandmaster.core.chat.DialogTriggers;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.engine.api.ApiItem;
import dev.bandmaster.engine.api.ServicePeople;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.engine.runbooks.RunbookItem;
import dev.bandmaster.engine.schedules.ScheduleClock;
import dev.bandmaster.engine.schedules.ScheduledItem;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The chat platform, whichever it is, and the people as it knows them. */
final class ChatModule {
  private final AckLatency ackTimes = new AckLatency();
  private final EnvelopeIntake envelopes = new EnvelopeIntake();
  private final ChatPlatform platform;
  private final Directory people;
  private final FreshDirectory freshPeople;

  /**
   * @param onFatal called with the reason if the bot can never work as it is configured
   */
  ChatModule(
      ChatPlatform.Factory factory,
      StoreModule stores,
      ServicePeople services,
      DialogTriggers dialogs,
      Consumer<String> onFatal,
      RandomGenerator random,
      Lifecycle lifecycle) {
    platform =
        lifecycle.own(
            factory.open(
                new ChatPlatform.Context(
                    envelopes,
                    dialogs,
                    ChatPlatform.Listener.of(ackTimes::add, onFatal),
                    stores.clock(),
                    random)));
    AliasRecorder aliases = new AliasRecorder(stores.store(), stores.clock());
    people = services.with(people(platform, aliases));
    freshPeople = services.with(freshPeople(platform, aliases));
  }

  /** The platform's directory; the ids of everybody who is found are recorded. */
  private static Directory people(ChatPlatform chat, AliasRecorder aliases) {
    Directory directory = chat.directory();
    return sender ->
        switch (directory.find(sender)) {
          case Directory.Known(Person person) -> new Directory.Known(aliases.record(person));
          case Directory.Unknown unknown -> unknown;
        };
  }

  /** The same for answers whose age matters. */
  private static FreshDirectory freshPeople(ChatPlatform chat, AliasRecorder aliases) {
    FreshDirectory directory = chat.freshDirectory();
    return new FreshDirectory() {
      @Override
      public Seen look(UserRef sender, Duration oldest) {
        return switch (directory.look(sender, oldest)) {
          case Seen.Known(Person person, Duration age) ->
              new Seen.Known(aliases.record(person), age);
          case Seen.Unknown unknown -> unknown;
        };
      }

      @Override
      public Gathering gather(Set<String> users, Set<String> groups, Duration oldest) {
        return directory.gather(users, groups, oldest);
      }

      @Override
      public Optional<ConversationRef> directWith(UserRef sender) {
        return directory.directWith(sender);
      }
    };
  }

  /** Connects; from now on envelopes reach the inbox. */
  void start(InboxWorker inbox) {
    envelopes.start(inbox);
    platform.start();
  }

  void stopReceiving() throws IOException {
    platform.stopReceiving();
  }

  /** What the inbox holds: envelopes of the platform, scheduled commands, and those of the API. */
  InboxWorker.Interpreter interpreter() {
    ChatPlatform.Interpreter interpreter = platform.interpreter();
    return item ->
        switch (item.kind()) {
          case ScheduleClock.KIND -> new DeliveryMeaning.Wish(ScheduledItem.read(item.payload()));
          case RunbookItem.KIND -> new DeliveryMeaning.Wish(RunbookItem.read(item.payload()));
          case ApiItem.KIND -> new DeliveryMeaning.Wish(ApiItem.read(item.payload()));
          default -> interpreter.interpret(item.payload());
        };
  }

  boolean isListening() {
    return platform.health().connected();
  }

  ChatPlatform platform() {
    return platform;
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
