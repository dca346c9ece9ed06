package dev.bandmaster.simulator;

import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.yaml.BadConfigException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The simulator as a program of its own. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    description = "A local Slack with a web page.")
public final class Main implements Callable<Integer> {
  @Option(
      names = "--port",
      defaultValue = "0",
      description = "The port on 127.0.0.1; 0 picks a free one.")
  private int port;

  @Option(
      names = "--rate-scale",
      defaultValue = "1",
      description =
          "Scale of Slack's rate limits: 1 for the real ones, 10 for ten times as many "
              + "calls, 0 for none.")
  private double rateScale;

  @Option(
      names = "--workspace",
      paramLabel = "FILE",
      description = "A YAML file with the people and channels; see docs/reference/simulator.md.")
  private @Nullable Path file;

  private Main() {}

  /** Runs until it is stopped. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    Workspace workspace;
    try {
      workspace = file == null ? Workspace.defaults() : Workspace.load(file);
    } catch (BadConfigException mistakes) {
      System.err.println(mistakes.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    SimulatorOptions options = SimulatorOptions.defaults().withPort(port).withRateScale(rateScale);
    SlackSimulator simulator = SlackSimulator.start(workspace, options);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().name("slack-simulator-stop").unstarted(simulator::close));
    System.out.println("Page:      " + simulator.pageUrl());
    System.out.println("API:       " + simulator.apiUrl());
    System.out.println("Bot token: " + workspace.bot().botToken());
    System.out.println("App token: " + workspace.bot().appToken());
    System.out.println("Press Ctrl-C to stop.");
    new CountDownLatch(1).await();
    return CommandLine.ExitCode.OK;
  }
}
