package dev.bandmaster.bot.command;

import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Message.Confirmation;
import dev.bandmaster.plugin.Planned.Subject;
import dev.bandmaster.plugin.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Is it really meant? An emergency is asked about once more, with a dialog that names environment
 * and version. The button carries the command, and whoever clicks it needs every right for it.
 */
final class ConfirmEmergency implements Function<Prepared, Step<Prepared>> {

  /** The button's action. */
  static final String ACTION = "emergency.confirm";

  /** Characters that a button can carry. */
  private static final int ROOM = 2_000;

  @Override
  public Step<Prepared> apply(Prepared prepared) {
    Optional<String> emergency = prepared.authorised().emergency();
    Understood command = prepared.authorised().command();
    if (emergency.isEmpty() || command.asked().manner() == Asked.Manner.CONFIRMED) {
      return Step.on(prepared);
    }
    String canonical = command.invocation().canonical();
    if (canonical.length() > ROOM) {
      return Step.end(Ending.Refused.mistake("That is too long for an emergency. Say it shorter."));
    }
    String what = what(prepared);
    return Step.end(
        Ending.Answered.with(
            Message.of(
                new Message.Paragraph(
                    Text.plain("🚨 ")
                        .bold(what)
                        .and(
                            " would begin at once, without approval and in spite of any freeze: "
                                + emergency.get())),
                new Message.Footnote(
                    Text.plain(
                        "It is announced to those who look after security, and kept in the audit."
                            + (prepared.freeze().isEmpty() ? "" : " " + prepared.freeze()))),
                new Message.Buttons(
                    List.of(
                        new Button(
                            ACTION,
                            canonical,
                            "Begin at once",
                            Button.Style.DANGER,
                            Optional.of(
                                new Confirmation(
                                    "Begin without approval?",
                                    what + ", now. Reason: " + emergency.get(),
                                    "Begin",
                                    "No"))))))));
  }

  /** What runs where, as in {@code web 1.4.2 on 8 nodes in prod}. */
  private static String what(Prepared prepared) {
    int nodes = prepared.work().reach().nodes().size();
    return prepared
        .work()
        .subject()
        .map((Subject subject) ->
            "%s %s on %d node%s in %s"
                .formatted(
                    subject.application(),
                    subject.version(),
                    nodes,
                    nodes == 1 ? "" : "s",
                    subject.environment()))
        .orElseGet(() -> prepared.work().title());
  }
}
