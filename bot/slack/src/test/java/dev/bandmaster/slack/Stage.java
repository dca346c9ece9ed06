package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.DialogTriggers;
import dev.bandmaster.core.chat.EnvelopeSink;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.simulator.socket.Delays;
import dev.bandmaster.simulator.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A Slack that behaves, and the bot's door to it with an inbox in memory. */
final class Stage implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Workspace WORKSPACE = Workspace.defaults();
  static final ConversationRef DEPLOYS =
      new ConversationRef("C0DEPLOYS", ConversationRef.Kind.CHANNEL, Optional.empty());

  /** Impatient, so that a test sees in seconds what Slack does in hours. */
  static final SocketTimings TIMINGS =
      new SocketTimings(
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Duration.ofMillis(1),
          Duration.ofMinutes(30),
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          Duration.ofSeconds(1));

  /** What was stored, by its key, in the order in which it came. */
  static final class Inbox implements EnvelopeSink {
    final Map<String, String> stored = new ConcurrentHashMap<>();
    final List<String> order = new CopyOnWriteArrayList<>();
    final AtomicInteger duplicates = new AtomicInteger();
    final AtomicInteger failures = new AtomicInteger();

    @Override
    public Stored store(String dedupeKey, Kind kind, String id, String rawEnvelope) {
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IllegalStateException("the disk is full");
      }
      if (stored.putIfAbsent(dedupeKey, rawEnvelope) == null) {
        order.add(rawEnvelope);
        return Stored.STORED;
      }
      duplicates.incrementAndGet();
      return Stored.DUPLICATE;
    }
  }

  final SlackSimulator slack;
  final Inbox inbox = new Inbox();
  final List<String> fatal = new CopyOnWriteArrayList<>();
  final List<Duration> acknowledged = new CopyOnWriteArrayList<>();
  final SlackConnection connection;

  private Stage(
      Workspace workspace,
      String appToken,
      SocketTimings timings,
      DialogTriggers prompts,
      Fault... faults) {
    this(workspace, appToken, timings, TokenPatience.DEFAULT, prompts, faults);
  }

  private Stage(
      Workspace workspace,
      String appToken,
      SocketTimings timings,
      TokenPatience patience,
      DialogTriggers prompts,
      Fault... faults) {
    this.slack =
        SlackSimulator.start(
            workspace,
            SimulatorOptions.defaults()
                .withRateScale(0)
                .withShareDelay(Duration.ofMillis(50))
                .withDelays(delays()));
    for (Fault fault : faults) {
      slack.fault(fault);
    }
    this.connection =
        SlackConnection.open(
            new SlackSettings(
                appToken,
                workspace.bot().botToken(),
                URI.create(slack.apiUrl()),
                Duration.ofSeconds(5),
                timings,
                patience),
            inbox,
            prompts,
            ChatPlatform.Listener.of(acknowledged::add, fatal::add),
            InstantSource.system(),
            new Random(1));
    connection.start();
  }

  /** A tenth of Slack's; what is half open is forgotten before the second retry. */
  private static Delays delays() {
    Delays quick = Delays.ofSlack().scaled(0.1);
    return new Delays(
        quick.acknowledge(), quick.retries(), quick.refresh(), Duration.ofMillis(500));
  }

  static Stage open(Fault... faults) {
    return new Stage(WORKSPACE, WORKSPACE.bot().appToken(), TIMINGS, DialogTriggers.NONE, faults);
  }

  static Stage withTimings(SocketTimings timings) {
    return new Stage(WORKSPACE, WORKSPACE.bot().appToken(), timings, DialogTriggers.NONE);
  }

  /** A stage with so much patience for tokens, once Slack has greeted. */
  static Stage patient(TokenPatience patience) {
    Stage stage =
        new Stage(WORKSPACE, WORKSPACE.bot().appToken(), TIMINGS, patience, DialogTriggers.NONE);
    await(() -> stage.connected(1) && stage.calls("auth.test") > 0);
    return stage;
  }

  static Stage withAppToken(String token) {
    return new Stage(WORKSPACE, token, TIMINGS, DialogTriggers.NONE);
  }

  /** A stage of its own kind of workspace, once Slack has greeted. */
  static Stage in(Workspace workspace) {
    Stage stage = new Stage(workspace, workspace.bot().appToken(), TIMINGS, DialogTriggers.NONE);
    await(() -> stage.connected(1));
    return stage;
  }

  /** The same, once Slack has greeted. */
  static Stage connected() {
    Stage stage = open();
    await(() -> stage.connected(1));
    return stage;
  }

  /**
   * Posts buttons in the thread of a message in #deploys.
   *
   * @return the posted message
   */
  String buttons(String thread, Button... buttons) {
    connection
        .chat()
        .send(
            "b",
            new Outbound.ChannelMessage(
                DEPLOYS.inThread(thread), Message.of(new Message.Buttons(List.of(buttons))), false),
            Optional.empty(),
            false);
    return slack.thread("#deploys", thread).getLast().ts();
  }

  /** The same, for a bot that has dialogs. */
  static Stage prompting(DialogTriggers prompts) {
    Stage stage = new Stage(WORKSPACE, WORKSPACE.bot().appToken(), TIMINGS, prompts);
    await(() -> stage.connected(1));
    return stage;
  }

  /** A directory of its own, which has another clock. */
  SlackDirectory directory(InstantSource clock) {
    SlackCalls calls =
        new SlackCalls(
            SlackHttp.methods(SlackHttp.client(Duration.ofSeconds(5)), URI.create(slack.apiUrl())),
            WORKSPACE.bot()::botToken);
    return new SlackDirectory(calls, new SlackIdentity(calls), clock);
  }

  boolean connected(int sockets) {
    return connection.health().state() == SocketHealth.State.CONNECTED
        && connection.health().sockets() == sockets;
  }

  /** Waits for as many envelopes; gives them in the order in which they were stored. */
  List<String> envelopes(int count) {
    await(() -> inbox.order.size() >= count);
    return new ArrayList<>(inbox.order);
  }

  /** Calls of a Web API method so far. */
  long calls(String method) {
    return slack.calls().stream().filter(call -> call.method().equals(method)).count();
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for %s", LIMIT).isLessThan(deadline);
      try {
        Thread.sleep(5);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError(interrupted);
      }
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
    slack.close();
  }
}
