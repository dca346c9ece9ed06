package dev.bandmaster.engine.intake;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.store.Approvals;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.engine.view.ApprovalButtons.Action;
import dev.bandmaster.engine.view.ApprovalButtons.Value;
import java.util.Optional;

/**
 * What somebody would type who wants what a button of a request for approval does. A button counts
 * only where the bot has put it, and only if it carries what the bot has given it.
 */
public final class ApprovalClicks {

  private final Approvals approvals;
  private final Outbox outbox;

  public ApprovalClicks(Approvals approvals, Outbox outbox) {
    this.approvals = approvals;
    this.outbox = outbox;
  }

  /** What a click comes to. */
  public sealed interface Meaning {
    /**
     * It is this command.
     *
     * @param place where it is said: where the request is, or in the direct messages of the person
     *     who clicked in their home tab
     */
    record Typed(String text, ConversationRef place) implements Meaning {}

    /** It does not count; the reason is a sentence. */
    record Foreign(String reason) implements Meaning {}
  }

  public Meaning of(Action action, Inbound.ButtonClick clicked) {
    return known(clicked.value())
        .map(approval ->
            isInHomeTab(clicked)
                ? new Meaning.Typed(typed(action, approval), clicked.place())
                : isOnItsMessage(approval, clicked)
                    ? new Meaning.Typed(typed(action, approval), placeOf(approval, clicked))
                    : copied(approval))
        .orElseGet(ApprovalClicks::foreign);
  }

  /** Nobody but the bot draws a home tab. */
  private static boolean isInHomeTab(Inbound.ButtonClick clicked) {
    return clicked.message().isEmpty() && clicked.place().kind() == ConversationRef.Kind.DIRECT;
  }

  /** The same of a dialog that such a button opened, which does not say on which message it was. */
  Optional<Meaning> of(Inbound.DialogSubmitted sent) {
    return Action.ofId(sent.dialog())
        .map(action ->
            known(sent.memory())
                .map(approval ->
                    sent.place().kind() == ConversationRef.Kind.DIRECT
                            || sent.place().channel().equals(approval.place().channel())
                            || isAskedByApi(approval)
                        ? new Meaning.Typed(typed(action, approval), sent.place())
                        : copied(approval))
                .orElseGet(ApprovalClicks::foreign));
  }

  /** The command behind a button with this value, as the dialog for the reason needs it. */
  public Optional<String> begun(Action action, String value) {
    return known(value).map(approval -> typed(action, approval));
  }

  private Optional<Approval> known(String value) {
    return Value.read(value).flatMap(read -> approvals.find(read.request()).filter(read::fits));
  }

  /**
   * What was asked by the API is answered where the click was: its own place is not in the chat.
   */
  private static ConversationRef placeOf(Approval approval, Inbound.ButtonClick clicked) {
    return isAskedByApi(approval) ? clicked.place() : approval.place();
  }

  private static boolean isAskedByApi(Approval approval) {
    return approval.place().isApi();
  }

  /** Until it is known where the message is, its channel has to do. */
  private boolean isOnItsMessage(Approval approval, Inbound.ButtonClick clicked) {
    if (isAskedByApi(approval)) {
      return outbox.timestamp(approval.messageId()).filter(clicked.message()::equals).isPresent();
    }
    return clicked.place().channel().equals(approval.place().channel())
        && outbox.timestamp(approval.messageId()).map(clicked.message()::equals).orElse(true);
  }

  private static String typed(Action action, Approval approval) {
    return switch (action) {
      case APPROVE -> "approve " + approval.number();
      case REJECT -> "reject " + approval.number();
      case START -> "start " + approval.number();
    };
  }

  private static Meaning foreign() {
    return new Meaning.Foreign(
        "Your click does not count: this button was changed. To list what awaits approval: `pending`.");
  }

  private static Meaning copied(Approval approval) {
    return new Meaning.Foreign(
        "Your click does not count: this is a copy of the request. Run `approve %d` or `reject %d <reason>` instead."
            .formatted(approval.number(), approval.number()));
  }
}
