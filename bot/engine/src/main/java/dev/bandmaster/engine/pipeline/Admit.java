package dev.bandmaster.engine.pipeline;

import dev.bandmaster.acl.Request;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Are they one of us? A person who may use no command at all here gets that answer, and not a word
 * of theirs is read: no mistake, hint or suggestion tells an outsider what there is.
 */
public final class Admit implements Function<Identified, Step<Identified>> {

  private final CommandRegistry registry;
  private final PermissionCheck rights;
  private final AccessRules rules;
  private final InstantSource clock;

  public Admit(
      CommandRegistry registry, PermissionCheck rights, AccessRules rules, InstantSource clock) {
    this.registry = registry;
    this.rights = rights;
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public Step<Identified> apply(Identified identified) {
    Asker asker = new Asker(identified.person(), identified.asked().place());
    boolean welcome =
        registry.commands().stream()
            .anyMatch(command -> rights.mayEver(asker, command.declaration().name()));
    return welcome ? Step.on(identified) : Step.end(CommandResult.Refused.denied(reason(asker)));
  }

  /** The rules' own words on the least that anybody could ask for. */
  private String reason(Asker asker) {
    Request help =
        new Request(
            AccessRequests.principal(asker.person()),
            AccessRequests.channel(asker.place()),
            Help.DECLARATION.name(),
            "",
            "",
            Map.of(),
            Optional.empty(),
            clock.instant());
    return rules.decide(help).reason();
  }
}
