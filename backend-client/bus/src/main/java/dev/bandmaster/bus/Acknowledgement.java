package dev.bandmaster.bus;

/** The receipt for one delivery. Any thread; calls after the first do nothing. */
public interface Acknowledgement {
  /** The request is safe here; the broker forgets it. */
  void done();

  /**
   * The request could not be kept; the broker delivers it again, here or (any-one work) elsewhere.
   */
  void again();
}
