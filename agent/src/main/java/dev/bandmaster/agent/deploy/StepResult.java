package dev.bandmaster.agent.deploy;

/** How one step of a deploy ended. */
sealed interface StepResult {

  /** Done; the note is reported to the caller and may be empty. */
  record Done(String note) implements StepResult {}

  /** It failed; the reason is a sentence. */
  record Failed(String reason) implements StepResult {}

  static StepResult done(String note) {
    return new Done(note);
  }

  static StepResult failed(String reason) {
    return new Failed(reason);
  }
}
