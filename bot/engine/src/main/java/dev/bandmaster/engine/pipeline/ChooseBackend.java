package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.backend.Backends;
import dev.bandmaster.core.backend.Capabilities;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.Rollout;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which backend carries it out, and can that backend do what is planned? Comes after the rules have
 * been asked about the nodes, since they may limit how many are worked on at a time.
 */
public final class ChooseBackend implements Function<PlannedCommand, Step<PlannedCommand>> {
  private static final String AT_ONCE =
      "Leave out `--batch` and `--canary`, or choose fewer nodes.";

  /** Nodes that a refusal names as an example. */
  private static final int EXAMPLES = 2;

  private final Backends backends;
  private final Presence presence;

  public ChooseBackend(Backends backends, Presence presence) {
    this.backends = backends;
    this.presence = presence;
  }

  @Override
  public Step<PlannedCommand> apply(PlannedCommand planned) {
    String environment = planned.right().environment();
    Planned.Work work = planned.work();
    List<ExecutionBackend> serving =
        backends
            .doing(work.capability())
            .map(List::of)
            .orElseGet(() -> serving(environment, work.reach().nodes()));
    if (serving.size() > 1) {
      return refused(
          "These nodes are served by several backends (%s). Ask for the nodes of one of them."
              .formatted(
                  serving.stream().map(ExecutionBackend::name).collect(Collectors.joining(", "))));
    }
    ExecutionBackend backend = serving.getFirst();
    Capabilities can = backend.capabilities();
    boolean chosen = work.reach() instanceof Reach.ChosenByBackend;
    if (chosen && can.knowsTargets()) {
      return refused(
          "%s is served by agents now, so this has to be planned again. Type the whole command."
              .formatted(environment));
    }
    if (!chosen && !can.knowsTargets()) {
      return refused(
          "%s by '%s', which chooses its hosts itself: work for single nodes cannot be sent to it. To repeat all of a job: `retry <job>`."
              .formatted(
                  environment.isEmpty() ? "These nodes are served" : environment + " is served",
                  backend.name()));
    }
    if (chosen && !work.rollout().equals(Rollout.AT_ONCE)) {
      return refused(
          "%s is served by '%s', which chooses its hosts itself and does not support batches. Leave out `--canary`, `--batch`, `--pause` and `--max-failures`."
              .formatted(environment, backend.name()));
    }
    Optional<String> obstacle = backend.obstacle(work);
    if (obstacle.isPresent()) {
      return refused(obstacle.get());
    }
    if (!can.batches() && work.rollout().steps(work.reach().nodes()).size() > 1) {
      return refused(
          environment.isEmpty()
              ? "The backend '%s' does not support batches. %s".formatted(backend.name(), AT_ONCE)
              : "%s is served by the backend '%s', which does not support batches. %s"
                  .formatted(environment, backend.name(), AT_ONCE));
    }
    if (!can.broadcast() && work.reach() instanceof Reach.Broadcast broadcast) {
      List<String> named = named(broadcast);
      return named.isEmpty()
          ? refused(
              "The backend '%s' can only send work to nodes by name, not to all that match a filter. Name the nodes, for example `%s`."
                  .formatted(
                      backend.name(),
                      broadcast.nodes().stream()
                          .limit(EXAMPLES)
                          .collect(Collectors.joining(" or "))))
          : Step.on(planned.with(work.only(work.title(), named)).by(backend.name()));
    }
    return Step.on(planned.by(backend.name()));
  }

  /**
   * The nodes of a filter that does nothing but name them, such as {@code web1 or web2}: no backend
   * has to evaluate it. Empty for every other filter.
   */
  private static List<String> named(Reach.Broadcast broadcast) {
    Set<String> words = new HashSet<>(List.of(broadcast.filter().strip().split("[\\s,]+", -1)));
    words.removeIf("or"::equalsIgnoreCase);
    return broadcast.environment().isEmpty() && words.equals(Set.copyOf(broadcast.nodes()))
        ? broadcast.nodes()
        : List.of();
  }

  /** The backends of an environment's nodes, or of these nodes in whatever environment they are. */
  private List<ExecutionBackend> serving(String environment, List<String> nodes) {
    if (!environment.isEmpty() || backends.all().size() == 1) {
      return List.of(backends.serving(environment));
    }
    Set<String> named = new HashSet<>(nodes);
    List<ExecutionBackend> serving =
        presence.nodes().stream()
            .filter(node -> named.contains(node.name()))
            .map(Node::environment)
            .distinct()
            .map(backends::serving)
            .distinct()
            .sorted(Comparator.comparing(ExecutionBackend::name))
            .toList();
    return serving.isEmpty() ? List.of(backends.serving("")) : serving;
  }

  private static Step<PlannedCommand> refused(String reason) {
    return Step.end(CommandResult.Refused.mistake(reason));
  }
}
