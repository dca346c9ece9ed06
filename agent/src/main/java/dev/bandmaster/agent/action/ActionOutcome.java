package dev.bandmaster.agent.action;

import dev.bandmaster.agent.process.Cancellation;
import dev.bandmaster.agent.process.ProgramOutcome;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import org.jspecify.annotations.Nullable;

/**
 * How an action ended.
 *
 * @param message one sentence for the person who asked; longer ones are cut to what a final carries
 * @param exit the exit status of the program that decided the end, if one did
 * @param data what the action returns; JSON null when nothing
 */
public record ActionOutcome(FinalCode code, String message, @Nullable Integer exit, Data data) {

  /** Longest message, in characters, a little below what a final reply may carry. */
  private static final int LONGEST_MESSAGE = 3_900;

  public ActionOutcome {
    if (message.length() > LONGEST_MESSAGE) {
      message = message.substring(0, LONGEST_MESSAGE) + "…";
    }
  }

  /** Success. */
  public static ActionOutcome ok(String message) {
    return ok(message, Data.none());
  }

  /** Success, with this result. */
  public static ActionOutcome ok(String message, Data data) {
    return new ActionOutcome(FinalCode.OK, message, null, data);
  }

  /** It was tried and failed. */
  public static ActionOutcome failed(String reason) {
    return of(FinalCode.FAILED, reason);
  }

  /** An end without exit status or data. */
  public static ActionOutcome of(FinalCode code, String message) {
    return new ActionOutcome(code, message, null, Data.none());
  }

  /** The end of an action that is one program. */
  public static ActionOutcome of(ProgramOutcome outcome, Cancellation cancellation) {
    return switch (outcome) {
      case ProgramOutcome.Exited(int code) ->
          code == 0
              ? new ActionOutcome(FinalCode.OK, "", code, Data.none())
              : new ActionOutcome(FinalCode.FAILED, outcome.inWords(), code, Data.none());
      case ProgramOutcome.TimedOut _ -> of(FinalCode.TIMEOUT, outcome.inWords());
      case ProgramOutcome.NotStarted(String reason) -> failed(reason);
      case ProgramOutcome.Stopped _ -> stopped(cancellation.reason());
    };
  }

  /** The outcome of a cancelled action. */
  public static ActionOutcome stopped(Cancellation.@Nullable Reason reason) {
    return switch (reason) {
      case TIMEOUT -> of(FinalCode.TIMEOUT, "It timed out; its processes were killed.");
      case SHUTDOWN ->
          of(
              FinalCode.LOST,
              "The agent was stopped while this was running; its processes were killed.");
      case REQUESTED -> of(FinalCode.CANCELLED, "Cancelled; its processes were killed.");
      case null -> of(FinalCode.LOST, "Interrupted; its processes were killed.");
    };
  }

  /** What the bus carries. */
  public ReportBody.Final asFinal() {
    return new ReportBody.Final(code, message, exit, data);
  }
}
