package dev.bandmaster.app.cli;

/** What a script reads of how it went. */
final class ExitCode {
  /** Done, and well. */
  static final int OK = 0;

  /** The job failed, or the bot cannot be reached. */
  static final int FAILED = 1;

  /** Refused: by the policy, by an approver, or since it cannot be done. */
  static final int REFUSED = 2;

  /** The job waits for approval, and nobody waits for it. */
  static final int WAITS = 3;

  private ExitCode() {}
}
