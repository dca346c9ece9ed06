package dev.bandmaster.engine.oncall;

import java.time.Instant;

/** Says who is on call in one team. */
@FunctionalInterface
public interface DutySource {

  /**
   * Who is on call. May take as long as its own limits say.
   *
   * @throws DutyUnknown if that cannot be found out now
   */
  Duty at(Instant now) throws DutyUnknown, InterruptedException;

  /** It cannot be found out who is on call; the message is a sentence without secrets. */
  final class DutyUnknown extends Exception {
    private static final long serialVersionUID = 1L;

    public DutyUnknown(String sentence) {
      super(sentence);
    }
  }
}
