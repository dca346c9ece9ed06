package dev.bandmaster.agent;

import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.bus.EnrolmentCall;
import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.wire.NodeKeys;
import dev.bandmaster.yaml.BadConfigException;
import dev.bandmaster.yaml.Loaded;
import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The agent as a program: {@code --config agent.yaml}. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    description = "Runs the agent on this server until it is stopped.")
public final class AgentMain implements Callable<Integer> {

  private static final String LOGGING = "logback.configurationFile";

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The agent's configuration, such as config/agent.yaml.")
  private Path config = Path.of("agent.yaml");

  @Option(
      names = "--print-key",
      description = "Prints this node's public key and fingerprint, then exits.")
  private boolean printKey;

  @Option(
      names = "--enrol",
      description =
          "Asks once to be let in, over 'enrolment_uri', and exits: for machines that have no user "
              + "of their own on the broker yet.")
  private boolean enrol;

  @Option(
      names = "--new-key",
      description =
          "Gives this node a new key and exits. Stop the agent before; then start it and accept the "
              + "new key with 'fleet replace'.")
  private boolean newKey;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs the program and ends the process with its exit status. */
  public static void main(String[] arguments) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "dev/bandmaster/agent/logback.xml");
    }
    System.exit(new CommandLine(new AgentMain()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      Loaded<AgentConfig> loaded = AgentConfig.load(config, StrictYaml.standard());
      loaded.warnings().forEach(err::println);
      if (enrol) {
        return enrol(loaded.value(), out, err);
      }
      if (newKey) {
        return newKey(loaded.value(), out);
      }
      return printKey ? printKey(loaded.value(), out) : run(loaded.value());
    } catch (BadConfigException | IOException e) {
      err.println(e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static int printKey(AgentConfig config, PrintWriter out) throws IOException {
    var key = AgentKeys.own(config).publicKey();
    out.printf("%s x25519:%s%n", config.node(), key.x25519());
    out.printf("fingerprint %s%n", key.fingerprint());
    return CommandLine.ExitCode.OK;
  }

  private static int enrol(AgentConfig config, PrintWriter out, PrintWriter err)
      throws IOException {
    if (config.enrolmentUri().isEmpty()) {
      err.println("--enrol needs 'enrolment_uri' in the configuration.");
      return CommandLine.ExitCode.SOFTWARE;
    }
    InstantSource clock = InstantSource.system();
    NodeKeys keys = AgentKeys.own(config);
    EnrolmentCall.send(
        ConnectionSettings.of(
                config.enrolmentUri().get().reveal(), config.collective(), config.node())
            .withPrefix(config.prefix()),
        config.env(),
        keys,
        AgentKeys.bots(config, clock).get(),
        config.enrolmentToken().map(Secret::reveal),
        clock,
        new SecureRandom());
    out.printf(
        "%s has asked to be let in, fingerprint %s.%n",
        config.node(), keys.publicKey().fingerprint());
    return CommandLine.ExitCode.OK;
  }

  private static int newKey(AgentConfig config, PrintWriter out) throws IOException {
    // The lock on the folder proves that no agent works with the key that goes.
    try (StateDirectory _ = StateDirectory.open(config.state())) {
      AgentKeys.renew(config)
          .ifPresent(before -> out.printf("The key before is kept as %s.%n", before));
      printKey(config, out);
      out.printf(
          "Start the agent, then say: fleet replace %s %s%n",
          config.node(), AgentKeys.own(config).publicKey().fingerprint());
      return CommandLine.ExitCode.OK;
    }
  }

  private static int run(AgentConfig config) throws IOException, InterruptedException {
    Agent agent = Agent.connect(config, InstantSource.system(), new SecureRandom());
    CountDownLatch asked = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("agent-stop")
                .unstarted(() -> {
                  agent.close();
                  asked.countDown();
                }));
    asked.await();
    return CommandLine.ExitCode.OK;
  }
}
