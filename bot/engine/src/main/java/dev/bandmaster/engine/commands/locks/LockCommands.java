package dev.bandmaster.engine.commands.locks;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.DeployLock;
import dev.bandmaster.core.store.DeployQueue;
import dev.bandmaster.engine.commands.TimedReason;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.view.StartConditionText;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code lock}, {@code unlock} and {@code locks}: a person keeps others from deploying. */
public final class LockCommands {

  private static final Parameter ENVIRONMENT =
      Parameter.positional("env", new Parameter.Type.Environment(), "where");

  private static final CommandTraits LOCKING = CommandTraits.STANDARD.about(Topic.LOCKS);

  private static final CommandDeclaration LOCK =
      new CommandDeclaration(
          "lock",
          List.of(),
          "blocks deploys by others",
          List.of(
              ENVIRONMENT,
              Parameter.positional(
                      "app", new Parameter.Type.Application(), "which application (default: all)")
                  .optional(),
              Parameter.named(
                  "for", new Parameter.Type.Span(), "for how long (default: until unlocked)"),
              Parameter.rest("reason", new Parameter.Type.Text(), "[for 2h|until 18:30] why")),
          List.of(
              "lock prod web --for 2h investigating the error rate",
              "lock prod for 2h because release",
              "lock staging demo"),
          LOCKING);

  private static final CommandDeclaration UNLOCK =
      new CommandDeclaration(
          "unlock",
          List.of(),
          "lifts a lock",
          List.of(
              ENVIRONMENT,
              Parameter.positional(
                      "app", new Parameter.Type.Application(), "which application, as locked")
                  .optional()),
          List.of("unlock prod web"),
          LOCKING);

  private static final CommandDeclaration LOCKS =
      new CommandDeclaration(
          "locks", List.of(), "lists locks", List.of(), List.of("locks"), LOCKING);

  private final DeployQueue slots;
  private final StartConditionText inWords;
  private final InstantSource clock;

  private LockCommands(DeployQueue slots, StartConditionText inWords, InstantSource clock) {
    this.slots = slots;
    this.inWords = inWords;
    this.clock = clock;
  }

  /** The commands. */
  public static List<Command> all(
      DeployQueue slots, StartConditionText inWords, InstantSource clock) {
    LockCommands commands = new LockCommands(slots, inWords, clock);
    return List.of(
        new Command.ActionCommand(LOCK, commands::lock),
        new Command.ActionCommand(UNLOCK, commands::unlock),
        new Command.BuiltIn(LOCKS, (asker, arguments) -> commands.list()));
  }

  private Outcome lock(Asker asker, Arguments arguments) {
    Instant now = clock.instant();
    return switch (TimedReason.read(
        arguments.find("reason").orElse(""),
        arguments.span("for"),
        TimedReason.Times.END,
        now,
        inWords.times().zone())) {
      case TimedReason.NoTime _, TimedReason.TwoEnds _ ->
          new Outcome.Refused("Name one end: `for 2h`, `until 18:30` or `--for 2h`.");
      case TimedReason.Read(var _, var _, String reason) when reason.isBlank() ->
          new Outcome.Refused(
              "Why? Add a reason for others to see, for example `%s`."
                  .formatted(LOCK.examples().getFirst()));
      case TimedReason.Read(var _, Optional<Instant> until, var _)
          when until.filter(end -> !end.isAfter(now)).isPresent() ->
          new Outcome.Refused("That time has already passed.");
      case TimedReason.Read(var _, Optional<Instant> until, String reason) ->
          lock(asker, arguments, now, until, reason);
    };
  }

  private Outcome lock(
      Asker asker, Arguments arguments, Instant now, Optional<Instant> until, String reason) {
    String environment = arguments.word("env");
    String application = arguments.find("app").orElse("");
    Optional<DeployLock> other =
        standing(environment, application)
            .filter(lock -> !lock.owner().equals(asker.person().sender().principal()));
    if (other.isPresent()) {
      return new Outcome.Refused(inWords.of(other.get()));
    }
    DeployLock lock =
        new DeployLock(
            environment,
            application,
            asker.person().sender().principal(),
            asker.person().name(),
            asker.person().sender().user(),
            reason,
            now,
            until);
    return Outcome.done(
        "Locked. %s You can still deploy. To unlock: `%s`."
            .formatted(
                inWords.of(lock),
                application.isEmpty()
                    ? "unlock " + environment
                    : "unlock " + environment + " " + application),
        new Change.Lock(lock));
  }

  private Outcome unlock(Asker asker, Arguments arguments) {
    String environment = arguments.word("env");
    String application = arguments.find("app").orElse("");
    return standing(environment, application)
        .<Outcome>map(lock ->
            Outcome.done(
                "The lock on %s by %s is lifted. Its reason was: %s"
                    .formatted(lock.what(), lock.ownerName(), lock.reason()),
                new Change.Unlock(lock)))
        .orElseGet(() -> new Outcome.Refused("That is not locked. To list locks: `locks`."));
  }

  private Optional<DeployLock> standing(String environment, String application) {
    return slots.locks().stream()
        .filter(lock -> lock.environment().equals(environment))
        .filter(lock -> lock.application().equals(application))
        .findFirst();
  }

  private Message list() {
    List<DeployLock> locks = slots.locks();
    if (locks.isEmpty()) {
      return Message.sentence("Nothing is locked.");
    }
    List<Block> blocks = new ArrayList<>();
    locks.forEach(lock -> blocks.add(new Message.Paragraph(Text.plain("🔒 " + inWords.of(lock)))));
    return new Message(blocks);
  }
}
