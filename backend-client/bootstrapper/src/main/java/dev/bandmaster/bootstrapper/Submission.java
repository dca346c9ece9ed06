package dev.bandmaster.bootstrapper;

/** What became of a request that starts work. Reasons and texts are bounded and fit for people. */
public sealed interface Submission {

  /** The work is in the service's queue; its result is asked for by this id. */
  record Accepted(String job) implements Submission {}

  /**
   * The service answered with the outcome itself.
   *
   * @param good whether the status code says that it went well
   * @param text at most {@value Answers#LONGEST_TEXT} characters; may be empty
   */
  record Outcome(boolean good, String text) implements Submission {}

  /** The request certainly did not arrive; it may be sent again. */
  record NotSent(String reason) implements Submission {}

  /** The request may have arrived, and its work may run. It must not be sent again. */
  record Unknown(String reason) implements Submission {}
}
