package dev.bandmaster.bot.command;

import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Request;
import dev.bandmaster.acl.Targets;
import dev.bandmaster.bot.fleet.Presence;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.Rollout;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * May they on these nodes? The same question again, now that the plan says which nodes they are:
 * once for each environment and application that is touched, and with their number.
 */
final class AuthoriseReach implements Function<Prepared, Step<Prepared>> {

  private final AccessRules rules;
  private final Presence presence;
  private final InstantSource clock;

  AuthoriseReach(AccessRules rules, Presence presence, InstantSource clock) {
    this.rules = rules;
    this.presence = presence;
    this.clock = clock;
  }

  /** An environment and an application; either may be empty. */
  private record Touched(String environment, String application) {}

  @Override
  public Step<Prepared> apply(Prepared prepared) {
    Understood command = prepared.authorised().command();
    Reach reach = prepared.work().reach();
    Request question = AccessRequests.about(command, clock.instant()).with(targets(reach));
    int most = Integer.MAX_VALUE;
    for (Touched touched : touched(reach, question)) {
      switch (judge(question, prepared.right().permission(), touched)) {
        case Judgement.No(Ending.Refused refused) -> {
          return Step.end(refused);
        }
        case Judgement.Yes(int atMost) -> most = Math.min(most, atMost);
      }
    }
    return inSteps(prepared, most);
  }

  /** What the rules say to one environment and application. */
  private sealed interface Judgement {
    record No(Ending.Refused refused) implements Judgement {}

    /**
     * It may be done.
     *
     * @param atMost on how many nodes at the same time
     */
    record Yes(int atMost) implements Judgement {}
  }

  /** What the rules allow on some nodes at a time becomes steps of so many. */
  private static Step<Prepared> inSteps(Prepared prepared, int most) {
    Planned.Work work = prepared.work();
    int nodes = work.reach().nodes().size();
    if (nodes <= most) {
      return Step.on(prepared);
    }
    if (work.reach() instanceof Reach.Broadcast) {
      return Step.end(
          Ending.Refused.denied(
              "That would be done on %d nodes at once; the rules allow %d. Name fewer nodes."
                  .formatted(nodes, most)));
    }
    if (nodes > (long) most * Rollout.MOST_STEPS) {
      return Step.end(
          Ending.Refused.denied(
              "That is for %,d nodes, and the rules allow %d at once: more than %,d batches. Name fewer nodes."
                  .formatted(nodes, most, Rollout.MOST_STEPS)));
    }
    return Step.on(prepared.with(work.in(work.rollout().atMost(most, nodes))));
  }

  private Judgement judge(Request question, String permission, Touched touched) {
    Request about =
        new Request(
            question.principal(),
            question.channel(),
            permission,
            touched.application(),
            touched.environment(),
            question.arguments(),
            question.targets(),
            question.time());
    return switch (rules.decide(about)) {
      case Decision.Denied denied -> new Judgement.No(Ending.Refused.denied(denied));
      case Decision.NeedsApproval needed -> new Judgement.No(Ending.Refused.unapproved(needed));
      case Decision.Allowed allowed when allowed.confirmAll() ->
          new Judgement.No(
              Ending.Refused.denied(
                  "That would be done on all %d nodes. The rules want this confirmed, which cannot be asked in this version yet: narrow it down with a filter."
                      .formatted(question.targets().map(Targets::count).orElse(0))));
      case Decision.Allowed allowed ->
          new Judgement.Yes(allowed.maxParallel().orElse(Integer.MAX_VALUE));
    };
  }

  private Set<Touched> touched(Reach reach, Request question) {
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
    int count = reach.nodes().size();
    boolean filtered =
        switch (reach) {
          case Reach.Frozen _ -> true;
          case Reach.Broadcast(String environment, String filter, var _) ->
              !environment.isEmpty() || !filter.isEmpty();
        };
    return new Targets(count, Math.max(count, presence.nodes().size()), filtered);
  }
}
