package dev.bandmaster.testkit.failpoint;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The moment before or after a commit.
 *
 * @param name what the transaction writes: its tables in alphabetical order, such as {@code
 *     audit+inbox+outbox}
 * @param occurrence the how-manieth commit of this name in the life of the process, from 1
 * @param side which of the two moments
 */
public record Edge(String name, int occurrence, Side side) {
  private static final Pattern FORM = Pattern.compile("([\\w+]+)#(\\d+):(before|after)");

  public Edge {
    if (occurrence < 1) {
      throw new IllegalArgumentException("the first commit is number 1");
    }
  }

  /** Before the commit nothing of the transaction is kept, after it all is. */
  public enum Side {
    BEFORE,
    AFTER
  }

  /** Reads what {@link #toString} writes. */
  public static Edge parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("an edge looks like job+outbox#1:before, not " + text);
    }
    return new Edge(
        parts.group(1),
        Integer.parseInt(parts.group(2)),
        Side.valueOf(parts.group(3).toUpperCase(Locale.ROOT)));
  }

  @Override
  public String toString() {
    return name + "#" + occurrence + ":" + side.name().toLowerCase(Locale.ROOT);
  }
}
