package dev.bandmaster.engine.pipeline;

import dev.bandmaster.engine.view.ReachText;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Subject;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Is it really meant? An emergency is asked about once more, and so is what goes to every node
 * there is where a rule says {@code fleet_wide: ask}, and what changes a protected environment and
 * was typed in words of one's own; with a dialog that names what would happen on how many nodes.
 * The button carries the command, and the person who clicks it needs every right for it.
 *
 * <p>The number of nodes can be confirmed in words too, see {@link ConfirmationCount}: it counts
 * only as long as it is the number of nodes there are. An emergency is confirmed with the button
 * alone.
 */
public final class Confirm implements Function<PlannedCommand, Step<PlannedCommand>> {

  /** The button's action. */
  public static final String ACTION = "command.confirm";

  /** Characters that a button can carry. */
  private static final int ROOM = 2_000;

  private final Predicate<String> isProtected;

  /**
   * @param isProtected whether an environment is protected
   */
  public Confirm(Predicate<String> isProtected) {
    this.isProtected = isProtected;
  }

  @Override
  public Step<PlannedCommand> apply(PlannedCommand prepared) {
    ParsedCommand command = prepared.authorised().command();
    boolean emergency =
        prepared.authorised().emergency().isPresent()
            && command.asked().manner() != CommandRequest.Manner.CONFIRMED;
    boolean everywhere =
        prepared.unfiltered() && !command.confirmed().equals(Optional.of(nodes(prepared)));
    boolean understood = command.free() && changesProtected(prepared);
    boolean doubtful = isDoubtful(prepared);
    if (!emergency && !everywhere && !understood && !doubtful) {
      return Step.on(prepared);
    }
    String typed = typed(prepared);
    if (command.asked().manner() == CommandRequest.Manner.RUNBOOK) {
      return Step.end(
          CommandResult.Refused.mistake(
              "A runbook cannot answer the confirmation that this needs. Write `%s` in its step, or name fewer nodes."
                  .formatted(typed)));
    }
    if (typed.length() > ROOM) {
      return Step.end(
          CommandResult.Refused.mistake(
              "This needs confirmation, but is too long for a button. Shorten the command."));
    }
    List<Block> blocks = new ArrayList<>();
    if (emergency) {
      blocks.addAll(emergency(prepared));
    }
    if (everywhere) {
      blocks.addAll(everywhere(prepared, typed, !emergency));
    }
    if (doubtful) {
      prepared
          .warnings()
          .doubts()
          .forEach(doubt -> blocks.add(new Message.Paragraph(Text.sentence("⚠️ " + doubt))));
    }
    if (doubtful && !understood && !emergency && !everywhere) {
      blocks.add(
          new Message.Paragraph(Text.EMPTY.bold(what(prepared)).and(": run it all the same?")));
    }
    if (understood && !emergency && !everywhere) {
      blocks.add(
          new Message.Paragraph(
              Text.plain("This changes a protected environment: ")
                  .bold(what(prepared))
                  .and(". Is that what you mean?")));
    }
    blocks.add(
        new Message.Buttons(
            List.of(
                emergency || everywhere
                    ? button(prepared, typed, emergency)
                    : new Button(
                        ACTION, typed, "Run it", Button.Style.PRIMARY, Optional.empty()))));
    return Step.end(CommandResult.Answered.with(new Message(blocks)));
  }

  /**
   * Whether something speaks against it where that matters, and nobody else is asked anyway. A
   * program that sends a command by the API cannot be asked; it is told beside the job.
   */
  private boolean isDoubtful(PlannedCommand prepared) {
    return !prepared.warnings().doubts().isEmpty()
        && !prepared.authorised().command().asked().place().isApi()
        && prepared.authorised().command().asked().manner() == CommandRequest.Manner.TYPED
        && prepared.authorised().needs().isEmpty()
        && changesProtected(prepared);
  }

  private boolean changesProtected(PlannedCommand prepared) {
    return prepared.work().effect() != Planned.Effect.READ_ONLY
        && prepared
            .work()
            .subject()
            .map(Subject::environment)
            .or(() -> prepared.authorised().command().arguments().find("env"))
            .map(isProtected::test)
            .orElse(true);
  }

  private static int nodes(PlannedCommand prepared) {
    return prepared.work().reach().nodes().size();
  }

  /** The command as somebody would type it who confirms the number of nodes. */
  private static String typed(PlannedCommand prepared) {
    String canonical = prepared.authorised().command().invocation().canonical();
    return prepared.unfiltered() ? ConfirmationCount.typed(canonical, nodes(prepared)) : canonical;
  }

  private static List<Block> emergency(PlannedCommand prepared) {
    return List.of(
        new Message.Paragraph(
            Text.plain("🚨 ")
                .bold(what(prepared))
                .and(
                    " would start now, without approval and despite any freeze: "
                        + prepared.authorised().emergency().orElse(""))),
        new Message.Footnote(
            Text.plain(
                "The security channel is notified and the audit log records it."
                    + (prepared.freeze().isEmpty() ? "" : " " + prepared.freeze()))));
  }

  /**
   * @param inWords whether words are enough to confirm it
   */
  private static List<Block> everywhere(PlannedCommand prepared, String typed, boolean inWords) {
    Text all =
        Text.plain("⚠️ This goes to ")
            .bold("all %d node%s".formatted(nodes(prepared), nodes(prepared) == 1 ? "" : "s"))
            .and(": no filter is given.");
    Optional<Integer> confirmed = prepared.authorised().command().confirmed();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            confirmed
                .map(number ->
                    all.and(" You confirmed %d, which is not their number.".formatted(number)))
                .orElse(all)));
    if (inWords) {
      blocks.add(
          new Message.Footnote(
              Text.plain("To confirm, use the button or ")
                  .code(typed)
                  .and(" or name fewer nodes.")));
    }
    return blocks;
  }

  private static Button button(PlannedCommand prepared, String typed, boolean emergency) {
    String reason = prepared.authorised().emergency().map(why -> " Reason: " + why).orElse("");
    int nodes = nodes(prepared);
    return emergency
        ? new Button(
            ACTION,
            typed,
            "Start now",
            Button.Style.DANGER,
            Optional.of(
                new Message.Confirmation(
                    "Start without approval?", what(prepared) + ", now." + reason, "Start", "No")))
        : new Button(
            ACTION,
            typed,
            "Run on all " + nodes,
            Button.Style.DANGER,
            Optional.of(
                new Message.Confirmation(
                    "Run everywhere?",
                    "%s, on %d nodes.%s".formatted(prepared.work().title(), nodes, reason),
                    "Run",
                    "No")));
  }

  /** What runs where, as in {@code web 1.4.2 on 8 nodes in prod}. */
  private static String what(PlannedCommand prepared) {
    return prepared
        .work()
        .subject()
        .map((Subject subject) ->
            "%s %s on %s in %s"
                .formatted(
                    subject.application(),
                    subject.version(),
                    ReachText.of(prepared.work().reach()),
                    subject.environment()))
        .orElseGet(() -> prepared.work().title());
  }
}
