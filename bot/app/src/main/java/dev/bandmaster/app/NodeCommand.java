package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.config.BusConfig;
import dev.bandmaster.model.NodeName;
import dev.bandmaster.model.PrivateFiles;
import dev.bandmaster.wire.BotKeyFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bandmaster node add}: everything that a new server needs, in one folder. */
@Command(
    name = "node",
    description = "Prepares servers for their agents.",
    mixinStandardHelpOptions = true)
final class NodeCommand {
  /** Random bytes of a password. */
  private static final int BYTES = 24;

  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec = CommandSpec.create();

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation is no dependency of the bot.
  private int refuse(String sentence, Object... values) {
    spec.commandLine().getErr().println(sentence.formatted(values));
    return 1;
  }

  @Command(
      name = "add",
      description = {
        "Writes a folder to copy to /etc/bandmaster of a new server: agent.yaml, the bot's keys, the "
            + "broker's address with a new password and, if given, an enrolment token.",
        "Prints the command that makes the broker's user and gives it its rights."
      },
      mixinStandardHelpOptions = true)
  int add(
      @Mixin ConfigFile file,
      @Parameters(paramLabel = "NAME", description = "The node's name.") String name,
      @Option(
              names = "--env",
              required = true,
              paramLabel = "ENV",
              description = "Its environment.")
          String environment,
      @Option(
              names = "--into",
              paramLabel = "FOLDER",
              defaultValue = ".",
              description = "Where the folder of the node's name is made; default: here.")
          Path into,
      @Option(
              names = "--token-file",
              paramLabel = "FILE",
              description = "An enrolment token, as 'fleet token create' in Slack made it.")
          Optional<Path> tokenFile)
      throws IOException {
    if (!NodeName.isValid(name)) {
      return refuse(
          "'%s' is not a node name: letters, digits, dots, dashes and underscores.", name);
    }
    BotConfig config = file.load();
    if (!config.environments().containsKey(environment)) {
      return refuse(
          "There is no environment '%s'; there are %s.",
          environment,
          config.environments().keySet().stream().sorted().collect(Collectors.joining(", ")));
    }
    Path folder = into.resolve(name);
    if (Files.exists(folder)) {
      return refuse("%s exists; nothing was written.", folder);
    }
    Optional<String> token = Optional.empty();
    if (tokenFile.isPresent()) {
      token = Optional.of(Files.readString(tokenFile.get()).strip());
    }
    BusConfig bus = config.bus();
    String keys =
        new BotKeyFolder(bus.keys())
            .open(clock)
            .lines(clock.instant())
            .collect(Collectors.joining("\n"));
    String password = password();
    PrivateFiles.folder(folder);
    write(folder.resolve("agent.yaml"), agent(name, environment, bus, token.isPresent()));
    write(folder.resolve("bot-keys"), keys + "\n");
    write(folder.resolve("broker-uri"), address(bus, name, password) + "\n");
    write(folder.resolve("broker-password"), password + "\n");
    if (token.isPresent()) {
      write(folder.resolve("enrolment-token"), token.get() + "\n");
    }
    out()
        .printf(
            """
            Wrote %1$s.
            1. On the broker's machine, with %1$s/broker-password there, make the user and its rights:
               config/broker-rights.sh node %2$s --env %3$s%4$s < broker-password
            2. Delete broker-password, and copy the rest of the folder to /etc/bandmaster on %2$s, readable by the agent's user only.
            3. On %2$s: bandmaster agent --config /etc/bandmaster/agent.yaml
            %5$s
            """,
            folder,
            name,
            environment,
            options(bus),
            token.isPresent()
                ? "It joins by its token."
                : "4. Compare the fingerprint in the agent's log, and accept it in Slack: fleet accept "
                    + name);
    return 0;
  }

  private String password() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(PrivateFiles.file(file), text);
  }

  /** The bot's broker, with another user and password. */
  private static String address(BusConfig bus, String user, String password) {
    URI own = URI.create(bus.uri().reveal());
    return "%s://%s:%s@%s%s%s"
        .formatted(
            own.getScheme(),
            URLEncoder.encode(user, StandardCharsets.UTF_8),
            password,
            own.getHost(),
            own.getPort() < 0 ? "" : ":" + own.getPort(),
            own.getRawPath() == null ? "" : own.getRawPath());
  }

  /** What the script has to be told beside its defaults. */
  private static String options(BusConfig bus) {
    String path = Optional.ofNullable(URI.create(bus.uri().reveal()).getPath()).orElse("");
    String vhost = path.length() > 1 ? path.substring(1) : "/";
    return " --vhost '%s'%s%s"
        .formatted(
            vhost.replace("'", ""),
            bus.prefix().equals("bandmaster") ? "" : " --prefix " + bus.prefix(),
            bus.collective().equals("main") ? "" : " --collective " + bus.collective());
  }

  private static String agent(String name, String environment, BusConfig bus, boolean token) {
    return """
    # The agent of %1$s. Every key is explained in docs/reference/configuration.md.
    node: %1$s
    env: %2$s
    collective: %3$s
    prefix: %4$s
    uri_file: broker-uri
    state: /var/lib/bandmaster-agent
    bots:
      keys_file: bot-keys
    %5$s
    # What this node lets itself be asked to do: everybody may look, and nothing else yet.
    policy:
      - {callers: ["*"], actions: [ping.*, facts.*], apps: ["*"], envs: [%2$s]}
    """
        .formatted(
            name,
            environment,
            bus.collective(),
            bus.prefix(),
            token ? "enrolment_token_file: enrolment-token\n" : "");
  }
}
