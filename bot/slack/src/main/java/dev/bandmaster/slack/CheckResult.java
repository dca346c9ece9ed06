package dev.bandmaster.slack;

/** One thing that was checked. */
public sealed interface CheckResult {

  /** What was checked. */
  String what();

  /** It is as it should be. */
  record Ok(String what) implements CheckResult {}

  /**
   * It is not.
   *
   * @param problem what is wrong
   * @param fix what to do about it
   */
  record Problem(String what, String problem, String fix) implements CheckResult {}
}
