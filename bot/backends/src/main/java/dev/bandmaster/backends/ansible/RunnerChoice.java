package dev.bandmaster.backends.ansible;

import dev.bandmaster.model.NodeFilter;
import dev.bandmaster.plugin.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Which runner gets the work: the one with the fewest requests, then the one with the lowest load,
 * then any. Any thread.
 */
final class RunnerChoice {
  /** How long work that was given counts beside what the runner says: two heartbeats. */
  private static final Duration REMEMBERED = Duration.ofSeconds(20);

  private final String environment;
  private final String filterText;
  private final NodeFilter filter;
  private final RunnerTasks tasks;
  private final RandomGenerator random;
  private final Map<String, List<Instant>> given = new HashMap<>();

  /**
   * @param filter which agents may be chosen
   * @throws IllegalArgumentException if the filter cannot be read
   */
  RunnerChoice(String environment, String filter, RunnerTasks tasks, RandomGenerator random) {
    this.environment = environment;
    this.filterText = filter;
    this.filter =
        switch (NodeFilter.parse(filter)) {
          case NodeFilter.Parsed.Valid(NodeFilter valid) -> valid;
          case NodeFilter.Parsed.Invalid(String reason, int _) ->
              throw new IllegalArgumentException(reason);
        };
    this.tasks = tasks;
    this.random = random;
  }

  /** A runner, or why there is none. */
  sealed interface Chosen {
    record One(String name) implements Chosen {}

    record None(String reason) implements Chosen {}
  }

  /** The runners of the environment among the agents that are there. */
  List<Runner> serving(List<Runner> present) {
    return eligible(present).stream().filter(runner -> runner.serves(environment)).toList();
  }

  private List<Runner> eligible(List<Runner> present) {
    return present.stream()
        .filter(Runner::hasAnsible)
        .filter(runner -> filter.matches(runner.description()))
        .toList();
  }

  /** Looks for a runner, without giving it anything. */
  synchronized Chosen find(Planned.Work work, List<Runner> present, Instant now) {
    List<Runner> eligible = eligible(present);
    if (eligible.isEmpty()) {
      return new Chosen.None(
          "No runner is connected that could work for %s: no agent that matches `%s` offers Ansible. To look: `discover capability=ansible`."
              .formatted(environment, filterText));
    }
    List<Runner> serving = serving(present);
    if (serving.isEmpty()) {
      return new Chosen.None(
          "None of the connected runners (%s) serves %s. The key `ansible: environments` of a runner's agent.yaml says what it serves."
              .formatted(names(eligible), environment));
    }
    List<Runner> allowing =
        serving.stream().filter(runner -> tasks.isAllowedBy(runner, work)).toList();
    if (allowing.isEmpty()) {
      return new Chosen.None(
          "None of the connected runners of %s (%s) allows this: their agent.yaml says which modules and roles they run there, and whether they deploy."
              .formatted(environment, names(serving)));
    }
    given.values().forEach(times -> times.removeIf(time -> !time.plus(REMEMBERED).isAfter(now)));
    given.values().removeIf(List::isEmpty);
    Comparator<Runner> busyness =
        Comparator.<Runner>comparingInt(this::requests)
            .thenComparingLong(runner -> Math.round(runner.load() * 10));
    Runner least = allowing.stream().min(busyness).orElseThrow();
    List<Runner> best =
        allowing.stream().filter(runner -> busyness.compare(runner, least) == 0).toList();
    return new Chosen.One(best.get(random.nextInt(best.size())).name());
  }

  /** Finds one and remembers that it has been given work. */
  synchronized Chosen choose(Planned.Work work, List<Runner> present, Instant now) {
    Chosen chosen = find(work, present, now);
    if (chosen instanceof Chosen.One(String name)) {
      given.computeIfAbsent(name, _ -> new ArrayList<>()).add(now);
    }
    return chosen;
  }

  private int requests(Runner runner) {
    return Math.max(runner.running(), given.getOrDefault(runner.name(), List.of()).size());
  }

  private static String names(List<Runner> runners) {
    return runners.stream().map(Runner::name).sorted().collect(Collectors.joining(", "));
  }
}
