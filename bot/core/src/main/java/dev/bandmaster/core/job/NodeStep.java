package dev.bandmaster.core.job;

import dev.bandmaster.model.VisibleText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of a node's work, as the node has reported it.
 *
 * @param name what the node calls it, at most {@value #LONGEST_NAME} characters
 * @param note what it said about it last, at most {@value #LONGEST_NOTE} characters; may be empty
 * @param from when it was reported first, counted from the backend's confirmation of the work
 * @param to when it was reported last
 */
public record NodeStep(String name, String note, Duration from, Duration to) {

  /** More steps than a reader follows; what a node reports beyond is not kept. */
  static final int MOST = 20;

  static final int LONGEST_NAME = 40;
  static final int LONGEST_NOTE = 200;

  public NodeStep {
    name = shortened(name, LONGEST_NAME);
    note = shortened(note, LONGEST_NOTE);
  }

  private static String shortened(String text, int longest) {
    String line = VisibleText.line(text);
    return line.length() <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, longest - 1))) + "…";
  }

  /** How long it took, as far as the node's reports tell. */
  public Duration took() {
    return to.minus(from);
  }

  /** The steps after a further report: of one that is known, or of one that begins. */
  static List<NodeStep> reported(List<NodeStep> steps, String name, String note, Duration at) {
    List<NodeStep> after = new ArrayList<>(steps);
    NodeStep fresh = new NodeStep(name, note, at, at);
    for (int i = after.size() - 1; i >= 0; i--) {
      NodeStep known = after.get(i);
      if (known.name().equals(fresh.name())) {
        Duration to = at.compareTo(known.to()) > 0 ? at : known.to();
        after.set(i, new NodeStep(known.name(), note, known.from(), to));
        return after;
      }
    }
    if (after.size() < MOST) {
      after.add(fresh);
    }
    return after;
  }
}
