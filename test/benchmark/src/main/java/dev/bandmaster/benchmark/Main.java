package dev.bandmaster.benchmark;

import dev.bandmaster.benchmark.chaos.Chaos;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bandmaster bench}: measures and prints; nothing here fails because it is slow. */
@Command(
    name = "bandmaster bench",
    description = {
      "Measures speed and memory on this machine and prints the figures beside their targets.",
      "A missed target is no failure; the exit code is 1 only when something could not be measured."
    },
    mixinStandardHelpOptions = true,
    subcommands = Chaos.class)
public final class Main implements Callable<Integer> {

  private static final List<Benchmark> ALL =
      List.of(
          new DemoStart(),
          new BotAlone(),
          new Acknowledgement(),
          new FleetPing(),
          new Throughput(),
          new ManyJobs(),
          new Approvals(),
          new Detection(),
          new Understanding(),
          new Enrolling(),
          new KeyChange());

  @Parameters(
      paramLabel = "NAME",
      description =
          "What to measure: demo, bot, ack, ping, load, jobs, approvals, detector, enrol, keys; all if left out.")
  private List<String> names = List.of();

  private Main() {}

  public static void main(String[] arguments) {
    // The figures are the news here; the parts speak up when something is wrong.
    if (System.getProperty("bandmaster.log") == null) {
      System.setProperty("bandmaster.log", "WARN");
    }
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<String> known = ALL.stream().map(Benchmark::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        System.err.printf(
            "There is no benchmark \"%s\"; there are %s.%n", name, String.join(", ", known));
        return CommandLine.ExitCode.USAGE;
      }
    }
    System.out.println(Machine.describe());
    List<String> failed =
        ALL.stream()
            .filter(each -> names.isEmpty() || names.contains(each.name()))
            .filter(each -> !measure(each))
            .map(Benchmark::name)
            .toList();
    if (!failed.isEmpty()) {
      System.err.println("Could not be measured: " + String.join(", ", failed));
      return CommandLine.ExitCode.SOFTWARE;
    }
    return CommandLine.ExitCode.OK;
  }

  /** One benchmark that cannot run does not keep the others from running. */
  private static boolean measure(Benchmark benchmark) {
    System.out.printf("%n%s: %s%n", benchmark.name(), benchmark.about());
    try {
      System.out.print(FigureTable.of(benchmark.run()));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception e) {
      System.err.printf("  could not run: %s%n", e);
      return false;
    }
  }
}
