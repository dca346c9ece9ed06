package dev.bandmaster.yaml;

/** One error in a file: its position, and a sentence that says what is wrong and how to fix it. */
public record Problem(Position position, String sentence) {
  @Override
  public String toString() {
    return position + ": " + sentence;
  }
}
