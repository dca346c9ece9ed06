package dev.bandmaster.agent.intake;

import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;

/** What one stage says about a request. */
sealed interface Verdict {

  /** Nothing against it here; the next stage decides. */
  record Pass() implements Verdict {}

  /** It is not run; the reason is a sentence for the person who asked. */
  record Refuse(FinalCode code, String reason) implements Verdict {}

  /** It was run before; this is how it ended. */
  record EndedBefore(ReportBody.Final end) implements Verdict {}

  /** It is running; its final follows. */
  record AlreadyRunning() implements Verdict {}

  /** The answer of a stage that has nothing against a request. */
  static Verdict pass() {
    return new Pass();
  }
}
