package dev.bandmaster.testkit.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares the commands that were asked, the effects on the nodes and what people were notified of,
 * and finds what was lost, what happened unexpectedly, what happened twice and what recovered.
 *
 * @param asked every command of the run
 * @param effects every effect on every node; at most one entry for a command and a node
 * @param shown what Slack shows, at most one entry for a command
 * @param faults what was broken, in any order
 */
public record Ledger(
    List<Asked> asked, List<Effect> effects, List<Shown> shown, List<Fault> faults) {
  public Ledger {
    asked = List.copyOf(asked);
    effects = List.copyOf(effects);
    shown = List.copyOf(shown);
    faults = List.copyOf(faults);
  }

  /** Holds everything against everything. */
  public Verdict check() {
    Map<String, Asked> byCommand =
        asked.stream().collect(Collectors.toMap(Asked::command, Function.identity()));
    Map<String, Shown> shownOf =
        shown.stream().collect(Collectors.toMap(Shown::command, Function.identity()));
    List<Duration> recoveries = recoveries(shownOf);
    return new Verdict(
        faults.size(),
        asked.size(),
        (int) asked.stream().filter(each -> !each.acknowledged()).count(),
        lost(shownOf),
        unexpected(byCommand),
        duplicated(),
        shown.stream().mapToInt(Shown::repeatedPosts).sum(),
        recoveries.size(),
        recoveries.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO));
  }

  private List<String> lost(Map<String, Shown> shownOf) {
    Map<String, Integer> doneBy = new HashMap<>();
    effects.forEach(effect -> doneBy.merge(effect.command(), 1, Integer::sum));
    List<String> lost = new ArrayList<>();
    for (Asked each : asked) {
      Optional<Shown> end = ended(shownOf, each);
      int done = doneBy.getOrDefault(each.command(), 0);
      if (each.acknowledged() && end.isEmpty()) {
        lost.add("%s was acknowledged, and no end was told".formatted(each.command()));
      } else if (end.isPresent() && !each.targets().isEmpty() && end.get().successes() > done) {
        lost.add(
            "%s is said to be done on %d nodes, and %d did it"
                .formatted(each.command(), end.get().successes(), done));
      }
    }
    return lost;
  }

  private List<String> unexpected(Map<String, Asked> byCommand) {
    return effects.stream()
        .filter(effect -> !isWanted(effect, Optional.ofNullable(byCommand.get(effect.command()))))
        .map(effect -> "%s did %s unasked".formatted(effect.node(), effect.command()))
        .toList();
  }

  private static boolean isWanted(Effect effect, Optional<Asked> cause) {
    return cause.map(each -> each.targets().contains(effect.node())).orElse(false);
  }

  private List<String> duplicated() {
    List<String> duplicated = new ArrayList<>();
    effects.stream()
        .filter(effect -> effect.executions() > 1)
        .map(effect ->
            "%s did %s %d times".formatted(effect.node(), effect.command(), effect.executions()))
        .forEach(duplicated::add);
    shown.stream()
        .filter(each -> each.jobs() > 1)
        .map(each -> "%s became %d jobs".formatted(each.command(), each.jobs()))
        .forEach(duplicated::add);
    return duplicated;
  }

  /** From the first fault after the question to the end, for each command with such a fault. */
  private List<Duration> recoveries(Map<String, Shown> shownOf) {
    List<Instant> struck = faults.stream().map(Fault::at).sorted().toList();
    List<Duration> recoveries = new ArrayList<>();
    for (Asked each : asked) {
      Optional<Instant> end = ended(shownOf, each).flatMap(Shown::ended);
      if (end.isPresent()) {
        struck.stream()
            .filter(at -> at.isAfter(each.at()) && at.isBefore(end.get()))
            .findFirst()
            .ifPresent(at -> recoveries.add(Duration.between(at, end.get())));
      }
    }
    return recoveries;
  }

  private static Optional<Shown> ended(Map<String, Shown> shownOf, Asked each) {
    return Optional.ofNullable(shownOf.get(each.command())).filter(end -> end.ended().isPresent());
  }
}
