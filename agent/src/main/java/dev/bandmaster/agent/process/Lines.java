package dev.bandmaster.agent.process;

import java.util.function.Consumer;

/**
 * Makes lines of text that arrives in pieces. What is longer than a line may be is passed on raw.
 */
public final class Lines {
  private final int longest;
  private final Consumer<String> line;
  private final Consumer<String> raw;
  private final StringBuilder begun = new StringBuilder();
  private boolean isLong;

  /**
   * @param longest characters of a line
   * @param line takes a whole line, without its end
   * @param raw takes the pieces of a line that is too long
   */
  public Lines(int longest, Consumer<String> line, Consumer<String> raw) {
    this.longest = longest;
    this.line = line;
    this.raw = raw;
  }

  /** Takes the next piece. */
  public void text(String text) {
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      begun.append(text, from, end);
      end("\n");
      from = end + 1;
    }
    begun.append(text, from, text.length());
    if (begun.length() > longest) {
      raw.accept(begun.toString());
      begun.setLength(0);
      isLong = true;
    }
  }

  /** There is no more: what has begun is a line too. */
  public void finish() {
    if (!begun.isEmpty()) {
      end("");
    }
  }

  private void end(String end) {
    String whole = begun.toString();
    begun.setLength(0);
    if (isLong || whole.length() > longest) {
      isLong = false;
      raw.accept(whole + end);
    } else {
      line.accept(whole);
    }
  }
}
