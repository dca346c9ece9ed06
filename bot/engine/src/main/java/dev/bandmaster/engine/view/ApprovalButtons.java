package dev.bandmaster.engine.view;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.chat.ButtonAction;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Message.Button.Style;
import dev.bandmaster.plugin.Message.Confirmation;
import dev.bandmaster.plugin.Planned;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The buttons of a request for approval. They carry the request's id and the beginning of its
 * digest, and nothing that decides anything: the code that handles the click looks everything up.
 */
public final class ApprovalButtons {
  private static final Pattern VALUE =
      Pattern.compile("([0-9A-Za-z-]{1,64})\\.([0-9a-f]{%d})".formatted(Approval.SHORT_DIGEST));

  private ApprovalButtons() {}

  /** What the buttons do. */
  public enum Action implements ButtonAction {
    APPROVE("approval.approve"),
    /** Asks for the reason before it counts. */
    REJECT("approval.reject"),
    /** Lets go what was approved and held. */
    START("approval.start");

    private final String id;

    Action(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    public static Optional<Action> ofId(String id) {
      return ButtonAction.find(Action.class, id);
    }
  }

  /**
   * What a button carries.
   *
   * @param request id of the request
   * @param shortDigest the beginning of the digest of what was shown with the button
   */
  public record Value(String request, String shortDigest) {

    public static Value of(Approval approval) {
      return new Value(approval.id(), approval.shortDigest());
    }

    /** Reads what a button brought back; empty if no button of ours carries that. */
    public static Optional<Value> read(String value) {
      Matcher parts = VALUE.matcher(value);
      return parts.matches()
          ? Optional.of(new Value(parts.group(1), parts.group(2)))
          : Optional.empty();
    }

    /** Whether the button showed what the request is about. */
    public boolean fits(Approval approval) {
      return request.equals(approval.id()) && shortDigest.equals(approval.shortDigest());
    }

    @Override
    public String toString() {
      return request + "." + shortDigest;
    }
  }

  /** The buttons in the request's state; none once it is decided. */
  public static List<Button> of(Approval approval, Job job) {
    if (job.state().status().isFinal()) {
      return List.of();
    }
    return switch (approval.state().status()) {
      case PENDING ->
          List.of(
              approval.tally().isComplete()
                  ? start(approval, job)
                  : button(
                      Action.APPROVE, approval, "Approve", Style.PRIMARY, confirm(approval, job)),
              button(Action.REJECT, approval, "Reject", Style.DANGER, Optional.empty()));
      case APPROVED -> approval.isHeld() ? List.of(start(approval, job)) : List.of();
      case DENIED, EXPIRED, CANCELLED, SUPERSEDED, DISPATCHED, LAPSED -> List.of();
    };
  }

  /** What all have agreed to, and what was held or kept from beginning. */
  private static Button start(Approval approval, Job job) {
    return button(Action.START, approval, "Start", Style.PRIMARY, confirm(approval, job));
  }

  private static Button button(
      Action action,
      Approval approval,
      String label,
      Style style,
      Optional<Confirmation> confirmation) {
    return new Button(action.id(), Value.of(approval).toString(), label, style, confirmation);
  }

  /** In a protected environment nobody approves by touching a telephone in the wrong place. */
  private static Optional<Confirmation> confirm(Approval approval, Job job) {
    if (!approval.snapshot().isProtected()) {
      return Optional.empty();
    }
    boolean starts = approval.tally().isComplete();
    String environment = approval.right().environment();
    return Optional.of(
        new Confirmation(
            (starts ? "Start" : "Approve")
                + (environment.isEmpty()
                    ? " it?"
                    : (starts ? " in " : " for ") + environment + "?"),
            "%s%s on %s, as job %d of %s."
                .formatted(
                    what(job),
                    environment.isEmpty() ? "" : " in " + environment,
                    ReachText.of(job.work().reach()),
                    job.number(),
                    job.askerName()),
            starts ? "Start" : "Approve",
            "Not now"));
  }

  private static String what(Job job) {
    return job.work()
        .subject()
        .filter(subject -> !subject.version().isEmpty())
        .map(subject -> subject.application() + " " + subject.version() + before(job))
        .orElseGet(job::canonical);
  }

  /** What it takes the place of, where that is one version. */
  private static String before(Job job) {
    List<String> versions =
        job.work().differences().stream().map(Planned.Difference::from).distinct().toList();
    return versions.size() == 1 && !versions.getFirst().isEmpty()
        ? " (replaces " + versions.getFirst() + ")"
        : "";
  }
}
