package dev.bandmaster.engine.webhooks;

/** A body that cannot be understood. It is caught where the reading of bodies begins. */
final class BadBody extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean tooMuch;

  private BadBody(String message, boolean tooMuch) {
    super(message);
    this.tooMuch = tooMuch;
  }

  /**
   * It is not as it should be.
   *
   * @param message a sentence that says where, and what is wanted there
   */
  static BadBody because(String message) {
    return new BadBody(message, false);
  }

  /** There is more in it than is taken at once. */
  static BadBody tooMuch(String message) {
    return new BadBody(message, true);
  }

  DeliveryRefusal refusal() {
    String sentence = String.valueOf(getMessage());
    return tooMuch
        ? DeliveryRefusal.of(413, "too_many_alerts", sentence)
        : DeliveryRefusal.malformed(sentence);
  }
}
