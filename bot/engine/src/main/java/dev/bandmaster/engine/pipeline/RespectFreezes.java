package dev.bandmaster.engine.pipeline;

import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Request;
import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.freeze.Freezes;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.engine.view.StartConditionText;
import dev.bandmaster.plugin.CommandDeclaration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Is it frozen? A freeze beats every allow, and nobody passes, no matter who declared it. What has
 * to be approved first is asked about meanwhile, with a warning; it does not begin before the
 * freeze is over. An emergency passes, and so do the commands that the configuration allows, such
 * as going back, for those who may deploy there.
 */
public final class RespectFreezes implements Function<PlannedCommand, Step<PlannedCommand>> {

  private final Freezes freezes;
  private final StartConditionText words;
  private final CommandRegistry registry;
  private final AccessRules rules;
  private final InstantSource clock;

  /** Makes the stage. */
  public RespectFreezes(
      Freezes freezes,
      StartConditionText words,
      CommandRegistry registry,
      AccessRules rules,
      InstantSource clock) {
    this.freezes = freezes;
    this.words = words;
    this.registry = registry;
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public Step<PlannedCommand> apply(PlannedCommand prepared) {
    Optional<Freeze> freeze =
        prepared.work().subject().flatMap(subject -> freezes.against(subject, clock.instant()));
    if (freeze.isEmpty() || mayPass(prepared)) {
      return Step.on(prepared);
    }
    boolean goesOn =
        !prepared.authorised().needs().isEmpty() || prepared.authorised().emergency().isPresent();
    return goesOn
        ? Step.on(prepared.during(words.of(freeze.get())))
        : Step.end(
            CommandResult.Refused.usage(
                sentence(freeze.get(), prepared.authorised().command().invocation().canonical()),
                List.of(
                    "schedule %s %s"
                        .formatted(
                            words.firstMinuteAfter(freeze.get().until()),
                            prepared.authorised().command().invocation().canonical())),
                Optional.empty()));
  }

  /**
   * Whether the command goes on during a freeze, and the asker may deploy what it goes back from.
   */
  private boolean mayPass(PlannedCommand prepared) {
    ParsedCommand command = prepared.authorised().command();
    Right right = prepared.right();
    if (!freezes.allow(command.invocation().canonical(), right.permission())) {
      return false;
    }
    Request about = AccessRequests.about(command, clock.instant());
    List<String> deploying =
        registry.commands().stream()
            .map(Command::declaration)
            .filter(declared ->
                declared.traits().undoneBy().filter(right.permission()::equals).isPresent())
            .map(CommandDeclaration::name)
            .toList();
    return deploying.isEmpty()
        || deploying.stream()
            .map(action ->
                new Request(
                    about.principal(),
                    about.channel(),
                    action,
                    right.application(),
                    right.environment(),
                    Map.of(),
                    about.targets(),
                    about.time()))
            .anyMatch(question -> !(rules.decide(question) instanceof Decision.Denied));
  }

  private String sentence(Freeze freeze, String command) {
    return "%s Nothing was done. Wait, add `--dry-run` to see the plan, or run `schedule %s %s`."
        .formatted(words.of(freeze), words.firstMinuteAfter(freeze.until()), command);
  }
}
