package dev.bandmaster.benchmark;

import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long a newcomer waits: from {@code ./bandmaster demo --headless …} to the first line of the
 * bot's answer. The simulated Slack, the broker, six agents and the bot start in that time.
 */
final class DemoStart implements Benchmark {
  private static final int RUNS = 3;

  /** Long, because the first start may build the demo and prepare its classes. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String about() {
    return "headless demo, from its start to the first answer";
  }

  @Override
  public List<Figure> run() throws Exception {
    answer(); // builds what is missing, and warms the disk
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      seconds.add(answer());
    }
    Samples samples = new Samples(seconds);
    return List.of(
        Figure.atMost(6, "first answer, median of " + RUNS, samples.median(), "s"),
        Figure.plain("first answer, slowest", samples.worst(), "s"));
  }

  private static double answer() throws Exception {
    List<String> arguments = List.of("demo", "--headless", "--as", "ann", "--say", "ping");
    try (Program demo = Program.start(Redirect.DISCARD, Map.of(), arguments)) {
      double seconds = demo.secondsUntil("bandmaster: ", PATIENCE);
      int exit = demo.end(PATIENCE);
      if (exit != 0) {
        throw new IllegalStateException("the demo ended with exit code " + exit);
      }
      return seconds;
    }
  }
}
