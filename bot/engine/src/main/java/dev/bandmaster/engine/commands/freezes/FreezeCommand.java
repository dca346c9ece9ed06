package dev.bandmaster.engine.commands.freezes;

import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.freeze.FreezeScope;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.DeclaredFreezes;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.view.StartConditionText;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Topic;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code freeze}: nothing is deployed for a time. Needs the right where nothing is deployed. */
final class FreezeCommand implements Command.ActionHandler {

  /** Instead of an environment: all of them. */
  private static final String EVERYWHERE = "*";

  /** More than anybody oversees; a mistake in a script must not fill the store. */
  private static final int MOST = 200;

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
              "freeze",
              List.of(),
              "blocks deploys for a time",
              List.of(
                  Parameter.positional(
                      "env", new Parameter.Type.Word(), "the environment, or * for all"),
                  Parameter.named(
                      "app", new Parameter.Type.Application(), "which application (default: all)"),
                  Parameter.named("for", new Parameter.Type.Span(), "how long, instead of 'to'"),
                  Parameter.rest(
                      "when",
                      new Parameter.Type.Text(),
                      "[from <when>] to <when> or for <span>, reason")),
              List.of(
                  "freeze prod from 18:00 to 2026-12-27T08:00 holiday sales",
                  "freeze * --for 2h network maintenance"))
          .about(Topic.LOCKS);

  private final DeclaredFreezes freezes;
  private final Catalogue catalogue;
  private final StartConditionText inWords;
  private final InstantSource clock;

  FreezeCommand(
      DeclaredFreezes freezes,
      Catalogue catalogue,
      StartConditionText inWords,
      InstantSource clock) {
    this.freezes = freezes;
    this.catalogue = catalogue;
    this.inWords = inWords;
    this.clock = clock;
  }

  /** A rule for one environment is none for all of them. */
  @Override
  public Right right(String permission, Arguments arguments) {
    return new Right(
        permission,
        arguments.find("env").filter(name -> !name.equals(EVERYWHERE)).orElse(""),
        arguments.find("app").orElse(""));
  }

  @Override
  public Optional<String> missing(Arguments arguments) {
    String name = arguments.word("env");
    if (name.equals(EVERYWHERE) || catalogue.environments().contains(name)) {
      return Optional.empty();
    }
    return Optional.of(
        "There is no environment '%s'%s"
            .formatted(
                name,
                Nearest.to(name, catalogue.environments())
                    .map(near -> ". Did you mean '" + near + "'?")
                    .orElse(". Use * for all.")));
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments) {
    return switch (FreezeArguments.read(
        arguments.find("when").orElse(""),
        arguments.span("for"),
        clock.instant(),
        inWords.times().zone())) {
      case FreezeArguments.Mistaken(String reason) -> new Outcome.Refused(reason);
      case FreezeArguments.Read span when span.reason().isBlank() ->
          new Outcome.Refused(
              "Why? Add a reason for others to see, for example `%s`."
                  .formatted(DECLARATION.examples().getFirst()));
      case FreezeArguments.Read span when span.reason().length() > Freeze.LONGEST_REASON ->
          new Outcome.Refused(
              "The reason is longer than %d characters. Refer to a ticket instead."
                  .formatted(Freeze.LONGEST_REASON));
      case FreezeArguments.Read span -> declared(asker, scope(arguments), span);
    };
  }

  private static FreezeScope scope(Arguments arguments) {
    return new FreezeScope(
        arguments.words("env").stream().filter(name -> !name.equals(EVERYWHERE)).toList(),
        arguments.words("app"));
  }

  private Outcome declared(Asker asker, FreezeScope scope, FreezeArguments.Read span) {
    if (freezes.all().size() >= MOST) {
      return new Outcome.Refused(
          "There are already %d freezes. Lift some first; to list them: `freezes`."
              .formatted(MOST));
    }
    long number = freezes.nextNumber();
    Freeze freeze =
        new Freeze(
            new Freeze.Origin.Person(
                number, asker.person().sender().principal(), asker.person().name()),
            scope,
            span.from(),
            span.until(),
            span.reason());
    return Outcome.done(
        "%s Running deploys continue; no new ones start. To lift it: `unfreeze %d`."
            .formatted(inWords.whole(freeze), number),
        new Change.DeclareFreeze(number, freeze));
  }
}
