package dev.bandmaster.yaml;

/** One thing that is wrong in a file: where, and the sentence that says what and how to mend it. */
public record Problem(Position position, String sentence) {
  @Override
  public String toString() {
    return position + ": " + sentence;
  }
}
