package dev.bandmaster.engine.pipeline;

import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Request;
import dev.bandmaster.core.chat.Person;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Is it an emergency? Anyone who has the right for it, besides the right to do what is done, may do
 * it without waiting for approval or for the end of a freeze. Never for people of other
 * organisations, guests or bots, whatever the rules say.
 */
public final class Emergencies implements Function<Authorised, Step<Authorised>> {

  /** The option that says so, and the name of the right it needs. */
  static final String EMERGENCY = "emergency";

  /** Characters: the person who reads it afterwards has to understand it. */
  private static final int SHORTEST_REASON = 10;

  private static final int LONGEST_REASON = 500;

  private final boolean enabled;
  private final AccessRules rules;
  private final InstantSource clock;

  public Emergencies(boolean enabled, AccessRules rules, InstantSource clock) {
    this.enabled = enabled;
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public Step<Authorised> apply(Authorised authorised) {
    ParsedCommand command = authorised.command();
    Optional<String> reason = command.arguments().find(EMERGENCY).map(String::strip);
    if (reason.isEmpty()) {
      return Step.on(authorised);
    }
    if (!enabled) {
      return Step.end(
          CommandResult.Refused.denied(
              "Emergencies are disabled: the configuration has no 'approvals.emergency'. Leave out `--emergency` and request approval."));
    }
    if (reason.get().length() < SHORTEST_REASON || reason.get().length() > LONGEST_REASON) {
      return Step.end(
          CommandResult.Refused.mistake(
              "Why is this an emergency? Give a reason of %d to %d characters; it is posted and kept in the audit log."
                  .formatted(SHORTEST_REASON, LONGEST_REASON)));
    }
    if (command.asked().manner() == CommandRequest.Manner.RUNBOOK) {
      return Step.end(CommandResult.Refused.denied("A step of a runbook cannot be an emergency."));
    }
    if (command.asked().manner() == CommandRequest.Manner.SCHEDULED) {
      return Step.end(CommandResult.Refused.denied("A scheduled command cannot be an emergency."));
    }
    return against(authorised.because(reason.get()), AccessRequests.about(command, clock.instant()))
        .<Step<Authorised>>map(Step::end)
        .orElseGet(() -> Step.on(authorised.because(reason.get())));
  }

  /** Why an emergency may not be declared where this is about; empty if it may, or is none. */
  Optional<CommandResult.Refused> against(Authorised authorised, Request about) {
    if (authorised.emergency().isEmpty()) {
      return Optional.empty();
    }
    if (authorised.command().person().kind() != Person.Kind.MEMBER) {
      return Optional.of(
          CommandResult.Refused.denied("Only members of this workspace may declare an emergency."));
    }
    Request question =
        new Request(
            about.principal(),
            about.channel(),
            EMERGENCY,
            about.app(),
            about.env(),
            about.arguments(),
            about.targets(),
            about.time());
    return switch (rules.decide(question)) {
      case Decision.Allowed _ -> Optional.empty();
      case Decision.Denied denied -> Optional.of(CommandResult.Refused.denied(denied));
      case Decision.NeedsApproval _ ->
          Optional.of(
              CommandResult.Refused.denied(
                  "A rule requires approval for emergencies, but an emergency cannot wait for approval. Leave out `--emergency`."));
    };
  }
}
