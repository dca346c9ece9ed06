package dev.bandmaster.demo;

import ch.qos.logback.classic.LoggerContext;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.demo.console.Console;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.Conversation.Ending;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bandmaster demo}: with a page to type on, or headless for scripts. */
@Command(
    name = "bandmaster demo",
    description =
        "Starts a local Slack with a page, a broker, six agents and the bot, in one process with"
            + " one temporary folder.",
    mixinStandardHelpOptions = true)
public final class Demo implements Callable<Integer> {

  /** How long each script of a release takes where people watch, and where they do not. */
  private static final Duration STEP = Duration.ofSeconds(1);

  private static final Duration QUICK = Duration.ZERO;

  private static final Duration START_PATIENCE = Duration.ofSeconds(30);

  /** Through which chat platform people speak with the bot. */
  enum ChatChoice {
    SLACK,
    CONSOLE
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "Port of the page; default: a free one.")
  private int port;

  @Option(
      names = "--amqp",
      paramLabel = "URI",
      description =
          "A RabbitMQ to use instead of the embedded broker: amqp://user:password@host:port")
  private Optional<String> amqp = Optional.empty();

  @Option(
      names = "--headless",
      description = "Runs without a page: sends the lines of --say and prints the answers.")
  private boolean headless;

  @Option(
      names = "--chat",
      defaultValue = "SLACK",
      paramLabel = "PLATFORM",
      description =
          "With --headless: slack, a local one, or console, which needs no Slack at all."
              + " Default: slack.")
  private ChatChoice chat = ChatChoice.SLACK;

  @Option(
      names = "--as",
      defaultValue = "ann",
      description = "The person who sends the lines; default: ${DEFAULT-VALUE}.")
  private String person = "ann";

  @Option(
      names = "--say",
      paramLabel = "LINE",
      description = "A line to send in the DM with the bot; repeatable.")
  private List<String> lines = List.of();

  @Option(
      names = "--timeout",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description = "Timeout for each line in seconds; default: ${DEFAULT-VALUE}.")
  private int timeoutSeconds;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description =
          "Plugins to try: jars; executable NAME.py or the like as scripts, and as agent modules"
              + " where NAME.schema.json is beside them. As bob, you may use them all.")
  private Optional<java.nio.file.Path> plugins = Optional.empty();

  @Option(
      names = "--lab",
      description =
          "Adds the environment lab, in which real Ansible works on this machine, behind a"
              + " bootstrapper; left out where ansible-playbook is missing.")
  private boolean lab;

  public static void main(String[] arguments) {
    // What the demo shows is the page or the conversation; its parts speak up when something is
    // wrong.
    if (System.getProperty("bandmaster.log") == null) {
      System.setProperty("bandmaster.log", "WARN");
    }
    System.exit(commandLine().execute(arguments));
  }

  /** The command with its options. */
  public static CommandLine commandLine() {
    return new CommandLine(new Demo()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws Exception {
    if (headless && lines.isEmpty()) {
      System.err.println("--headless needs a line to send: --say \"ping\"");
      return 2;
    }
    if (chat == ChatChoice.CONSOLE && !headless) {
      System.err.println("--chat console needs --headless: only the local Slack has a page");
      return 2;
    }
    Console console =
        new Console(Workspace.defaults(), text -> print(text.indent(2).stripTrailing()));
    Optional<ChatPlatform.Factory> platform =
        chat == ChatChoice.CONSOLE ? Optional.of(console) : Optional.empty();
    Optional<String> noLab = lab ? DemoLab.problem() : Optional.empty();
    noLab.ifPresent(System.err::println);
    lab &= noLab.isEmpty();
    try (DemoWorld world =
        DemoWorld.start(
            new DemoWorld.Choices(
                port, amqp, 1, platform, plugins, lab, headless ? QUICK : STEP))) {
      Thread stop = new Thread(() -> stop(world, headless), "stop");
      Runtime.getRuntime().addShutdownHook(stop);
      if (!world.awaitReady(START_PATIENCE)) {
        System.err.println("The demo did not start: " + world.bot().status());
        return 1;
      }
      if (headless) {
        return chat == ChatChoice.CONSOLE ? talk(console) : talk(world);
      }
      welcome(world);
      if (lab) {
        System.out.println(LAB);
      }
      world.awaitClose();
      return 0;
    }
  }

  private static final String LAB =
      """
        In the environment lab, Ansible works on two hosts that are this machine, behind a bootstrapper.
        It takes some seconds more to start. Try in the DM with bandmaster:
          role lab web base,web
          codeupdate lab web version=1.4.2
      """;

  /** At Ctrl-C the broker stops first; the agents' warnings about it are noise. */
  private static void stop(DemoWorld world, boolean headless) {
    if (!headless) {
      System.out.println("Stopping…");
    }
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
      logging.stop();
    }
    world.close();
  }

  private static void welcome(DemoWorld world) {
    System.out.println(
        """

        Bandmaster is ready. Open the page:

            %s

        You are ann, a developer. Try in the DM with bandmaster:
          1. ping                                    which nodes answer, and how quickly
          2. codeupdate staging web version=1.4.2    a deploy to two nodes, step by step
          3. codeupdate staging web version=1.5.0    a broken release: it rolls back automatically
          4. codeupdate prod web version=1.4.2       denied, with the reason; then switch to bob
        And in #ops, where ann requests and bob approves:
          5. @bandmaster codeupdate prod web version=1.4.2
        To see an alert: under "Fleet", on the left, disconnect web2. Within 15 s #ops has an alert
        (outside the demo, the bot waits at least half a minute). As bob, acknowledge it, then
        reconnect web2: the message reports the recovery and is closed.

        Ctrl-C stops everything and deletes all temporary files.
        """
            .formatted(world.slack().pageUrl()));
  }

  private int talk(DemoWorld world) throws InterruptedException {
    Conversation conversation = Conversation.direct(world.slack(), person);
    PlainText plain = new PlainText(world.slack().workspace());
    boolean good = true;
    for (String line : lines) {
      print(person + ": " + line);
      Optional<Ending> ending = conversation.say(line, Duration.ofSeconds(timeoutSeconds));
      if (ending.isEmpty()) {
        print(noEnd());
        good = false;
        continue;
      }
      ending.get().thread().stream()
          .skip(1)
          .map(SeenMessage::shown)
          .map(plain::of)
          .forEach(text -> print(("bandmaster: " + text).indent(2).stripTrailing()));
      print("  [" + ending.get().mark() + "]");
      good &= ending.get().isGood();
    }
    return good ? 0 : 1;
  }

  /** The same on the console, which prints the answers while they come. */
  private int talk(Console console) throws InterruptedException {
    boolean good = true;
    for (String line : lines) {
      print(person + ": " + line);
      Optional<Boolean> ending = console.say(person, line, Duration.ofSeconds(timeoutSeconds));
      print(ending.map(well -> well ? "  [done]" : "  [failed]").orElseGet(this::noEnd));
      good &= ending.orElse(false);
    }
    return good ? 0 : 1;
  }

  private String noEnd() {
    return "(no result within " + timeoutSeconds + " s)";
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }
}
