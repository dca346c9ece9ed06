package dev.bandmaster.bot.command;

import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Request;
import dev.bandmaster.acl.Targets;
import dev.bandmaster.bot.fleet.Presence;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Planned.Reach;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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
    return touched(reach, question).stream()
        .map(touched -> refusal(question, touched))
        .flatMap(Optional::stream)
        .findFirst()
        .map(refused -> Step.<Prepared>end(refused))
        .orElseGet(() -> Step.on(prepared));
  }

  private Optional<Ending.Refused> refusal(Request question, Touched touched) {
    Request about =
        new Request(
            question.principal(),
            question.channel(),
            question.action(),
            touched.application(),
            touched.environment(),
            question.arguments(),
            question.targets(),
            question.time());
    return switch (rules.decide(about)) {
      case Decision.Denied denied -> Optional.of(Ending.Refused.denied(denied));
      case Decision.NeedsApproval needed -> Optional.of(Ending.Refused.unapproved(needed));
      case Decision.Allowed allowed ->
          limit(allowed, question.targets()).map(Ending.Refused::denied);
    };
  }

  /** What a rule allows only after a question or in steps, neither of which can be done yet. */
  private static Optional<String> limit(Decision.Allowed allowed, Optional<Targets> targets) {
    int count = targets.map(Targets::count).orElse(0);
    if (allowed.confirmAll()) {
      return Optional.of(
          "That would be done on all %d nodes. The rules want this confirmed, which cannot be asked in this version yet: narrow it down with a filter."
              .formatted(count));
    }
    if (allowed.maxParallel().isPresent() && count > allowed.maxParallel().getAsInt()) {
      return Optional.of(
          "That would be done on %d nodes at once; the rules allow %d. Name fewer nodes."
              .formatted(count, allowed.maxParallel().getAsInt()));
    }
    return Optional.empty();
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
