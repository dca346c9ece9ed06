package dev.bandmaster.engine.pipeline;

import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Request;
import dev.bandmaster.acl.Targets;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.Rollout;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * May they on these nodes? The same question again, now that the plan says which nodes they are:
 * once for each environment and application that is touched, and with their number.
 */
public final class AuthoriseTargets implements Function<PlannedCommand, Step<PlannedCommand>> {

  private final AccessRules rules;
  private final Emergencies emergencies;
  private final Presence presence;
  private final InstantSource clock;

  public AuthoriseTargets(
      AccessRules rules, Emergencies emergencies, Presence presence, InstantSource clock) {
    this.rules = rules;
    this.emergencies = emergencies;
    this.presence = presence;
    this.clock = clock;
  }

  /** An environment and an application; either may be empty. */
  private record Touched(String environment, String application) {}

  @Override
  public Step<PlannedCommand> apply(PlannedCommand prepared) {
    ParsedCommand command = prepared.authorised().command();
    Reach reach = prepared.work().reach();
    Request question = AccessRequests.about(command, clock.instant()).with(targets(reach));
    Authorised authorised = prepared.authorised();
    int most = Integer.MAX_VALUE;
    boolean unfiltered = false;
    for (Touched touched : touched(reach, question)) {
      Request about = about(question, prepared.right().permission(), touched);
      switch (decide(about)) {
        case TargetDecision.No(CommandResult.Refused refused) -> {
          return Step.end(refused);
        }
        case TargetDecision.Yes(
                int atMost,
                List<String> by,
                ApprovalRequirements needs,
                boolean confirm) -> {
          most = Math.min(most, atMost);
          unfiltered |= confirm;
          authorised = authorised.and(by, needs);
        }
      }
      Optional<CommandResult.Refused> obstacle = emergencies.against(authorised, about);
      if (obstacle.isPresent()) {
        return Step.end(obstacle.get());
      }
    }
    Optional<String> emergency = authorised.emergency();
    return inSteps(
        prepared.with(emergency.map(authorised::because).orElse(authorised), unfiltered), most);
  }

  /**
   * Whether a job may still be begun by the requester; the same questions as when it was asked for.
   *
   * @return a sentence on why not
   */
  public Optional<String> against(Person asker, Job job, Map<String, String> arguments) {
    Request question =
        new Request(
            AccessRequests.principal(asker),
            AccessRequests.channel(job.place()),
            job.right().permission(),
            job.right().application(),
            job.right().environment(),
            arguments,
            Optional.of(targets(job.work().reach())),
            clock.instant());
    return touched(job.work().reach(), question).stream()
        .map(touched -> rules.decide(about(question, job.right().permission(), touched)))
        .filter(Decision.Denied.class::isInstance)
        .map(Decision::reason)
        .findFirst();
  }

  /** What the rules say to one environment and application. */
  private sealed interface TargetDecision {
    record No(CommandResult.Refused refused) implements TargetDecision {}

    /**
     * It may be done.
     *
     * @param atMost on how many nodes at the same time
     * @param rules ids of the rules that say so
     * @param needs what has to be approved first
     * @param confirm whether the number of nodes has to be confirmed
     */
    record Yes(int atMost, List<String> rules, ApprovalRequirements needs, boolean confirm)
        implements TargetDecision {}
  }

  /** What the rules allow on some nodes at a time becomes steps of so many. */
  private static Step<PlannedCommand> inSteps(PlannedCommand prepared, int most) {
    Planned.Work work = prepared.work();
    int nodes = work.reach().nodes().size();
    if (isUncounted(work.reach()) && most < Integer.MAX_VALUE) {
      return Step.end(
          CommandResult.Refused.denied(
              "The rules allow %d nodes at once, and how many this runs on at once is not known beforehand."
                  .formatted(most)));
    }
    if (nodes <= most) {
      return Step.on(prepared);
    }
    if (work.reach() instanceof Reach.Broadcast) {
      return Step.end(
          CommandResult.Refused.denied(
              "This would run on %d nodes at once; the rules allow %d. Name fewer nodes."
                  .formatted(nodes, most)));
    }
    if (nodes > (long) most * Rollout.MOST_STEPS) {
      return Step.end(
          CommandResult.Refused.denied(
              "This is for %,d nodes, but the rules allow %d at once: that takes more than %,d batches. Name fewer nodes."
                  .formatted(nodes, most, Rollout.MOST_STEPS)));
    }
    return Step.on(prepared.with(work.in(work.rollout().atMost(most, nodes))));
  }

  private static Request about(Request question, String permission, Touched touched) {
    return new Request(
        question.principal(),
        question.channel(),
        permission,
        touched.application(),
        touched.environment(),
        question.arguments(),
        question.targets(),
        question.time());
  }

  private TargetDecision decide(Request about) {
    return switch (rules.decide(about)) {
      case Decision.Denied denied -> new TargetDecision.No(CommandResult.Refused.denied(denied));
      case Decision.NeedsApproval needed ->
          new TargetDecision.Yes(
              needed.maxParallel().orElse(Integer.MAX_VALUE),
              needed.rules(),
              new ApprovalRequirements(needed.approvals()),
              needed.confirmAll());
      case Decision.Allowed allowed ->
          new TargetDecision.Yes(
              allowed.maxParallel().orElse(Integer.MAX_VALUE),
              allowed.rules(),
              ApprovalRequirements.NONE,
              allowed.confirmAll());
    };
  }

  private static boolean isUncounted(Reach reach) {
    return reach instanceof Reach.ChosenByBackend(String _, boolean one) && !one;
  }

  private Set<Touched> touched(Reach reach, Request question) {
    if (reach instanceof Reach.ChosenByBackend) {
      // A node of the same name elsewhere is another one.
      return Set.of(new Touched(question.env(), question.app()));
    }
    Set<String> names = Set.copyOf(reach.nodes());
    Set<Touched> touched = new LinkedHashSet<>();
    for (Node node : presence.nodes()) {
      if (names.contains(node.name())) {
        applications(node, question)
            .forEach(application -> touched.add(new Touched(node.environment(), application)));
      }
    }
    if (touched.isEmpty()) {
      touched.add(new Touched(question.env(), question.app()));
    }
    return touched;
  }

  /** The one that was named, or else all that the node runs. */
  private static List<String> applications(Node node, Request question) {
    if (!question.app().isEmpty()) {
      return List.of(question.app());
    }
    return node.applications().isEmpty() ? List.of("") : List.copyOf(node.applications().keySet());
  }

  /** A node that has just left still counts as one of the fleet it was chosen from. */
  private Targets targets(Reach reach) {
    if (isUncounted(reach)) {
      return Targets.uncounted();
    }
    int count = reach.nodes().size();
    boolean filtered =
        switch (reach) {
          case Reach.Frozen _, Reach.ChosenByBackend _ -> true;
          case Reach.Broadcast(String environment, String filter, var _) ->
              !environment.isEmpty() || !filter.isEmpty();
        };
    return new Targets(count, Math.max(count, presence.nodes().size()), filtered);
  }
}
