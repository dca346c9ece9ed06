package dev.bandmaster.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The short way to write many node names: {@code web[001-084,090],db1}. Numbers keep their leading
 * zeros, and what was folded expands to exactly the same names.
 */
public final class NodeSet {
  /** A run of digits that fits a {@code long}; longer ones are never counted with. */
  private static final Pattern NUMBER = Pattern.compile("(?<![0-9])[0-9]{1,18}(?![0-9])");

  private NodeSet() {}

  /** Writes names briefly: numbers that follow each other become ranges in brackets. */
  public static String fold(Collection<String> names) {
    var sorted = new TreeSet<>(names);
    Map<Frame, Integer> sizes = new HashMap<>();
    for (String name : sorted) {
      frames(name).forEach(frame -> sizes.merge(frame, 1, Integer::sum));
    }
    var folded = new ArrayList<String>();
    Map<Frame, List<String>> numbers = new LinkedHashMap<>();
    for (String name : sorted) {
      frames(name).stream()
          .max(
              Comparator.<Frame>comparingInt(frame -> sizes.getOrDefault(frame, 0))
                  .thenComparingInt(frame -> frame.before().length()))
          .ifPresentOrElse(
              frame ->
                  numbers
                      .computeIfAbsent(frame, unseen -> new ArrayList<>())
                      .add(frame.numberIn(name)),
              () -> folded.add(name));
    }
    numbers.forEach((frame, found) -> folded.add(frame.with(ranges(found))));
    folded.sort(Comparator.naturalOrder());
    return String.join(",", folded);
  }

  /**
   * Reads what {@link #fold} writes, or a person. Names separated by commas or blanks, each with
   * any number of brackets.
   *
   * @throws IllegalArgumentException with a sentence for the person, also when more than {@code
   *     most} names come out
   */
  public static List<String> expand(String text, int most) {
    var names = new LinkedHashSet<String>();
    for (String word : words(text)) {
      for (String name : expandWord(word, most)) {
        names.add(NodeName.require(name));
        if (names.size() > most) {
          throw new IllegalArgumentException("more than " + most + " nodes are named");
        }
      }
    }
    return List.copyOf(names);
  }

  /** A name with a hole where one of its numbers was. */
  private record Frame(String before, String after) {
    String numberIn(String name) {
      return name.substring(before.length(), name.length() - after.length());
    }

    String with(List<Range> ranges) {
      if (ranges.size() == 1 && ranges.getFirst().isSingle()) {
        return before + ranges.getFirst().low + after;
      }
      return before
          + "["
          + String.join(",", ranges.stream().map(Range::toString).toList())
          + "]"
          + after;
    }
  }

  private static final class Range {
    private final String low;
    private String high;

    Range(String number) {
      low = number;
      high = number;
    }

    boolean isSingle() {
      return low.equals(high);
    }

    /** The number that would continue this range, written as {@link #expand} will write it. */
    String next() {
      return padded(Long.parseLong(high) + 1, low.length());
    }

    @Override
    public String toString() {
      return isSingle() ? low : low + "-" + high;
    }
  }

  private static List<Frame> frames(String name) {
    return NUMBER
        .matcher(name)
        .results()
        .map((MatchResult run) ->
            new Frame(name.substring(0, run.start()), name.substring(run.end())))
        .toList();
  }

  private static List<Range> ranges(List<String> numbers) {
    var ordered = new ArrayList<>(numbers);
    ordered.sort(
        Comparator.<String>comparingLong(Long::parseLong).thenComparingInt(String::length));
    var ranges = new ArrayList<Range>();
    Map<String, Range> open = new HashMap<>();
    for (String number : ordered) {
      Range range = open.remove(number);
      if (range == null) {
        range = new Range(number);
        ranges.add(range);
      } else {
        range.high = number;
      }
      open.put(range.next(), range);
    }
    return ranges;
  }

  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean inside = false;
    for (char c : (text + ",").toCharArray()) {
      if (inside ? c == '[' : c == ']') {
        throw new IllegalArgumentException("the brackets in the node names do not pair up");
      }
      inside = c == '[' || (inside && c != ']');
      if (!inside && (c == ',' || Character.isWhitespace(c))) {
        if (!word.isEmpty()) {
          words.add(word.toString());
        }
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    if (inside) {
      throw new IllegalArgumentException("a bracket in the node names is not closed");
    }
    return words;
  }

  private static List<String> expandWord(String word, int most) {
    int open = word.indexOf('[');
    if (open < 0) {
      return List.of(word);
    }
    int close = word.indexOf(']', open);
    var names = new ArrayList<String>();
    List<String> tails = expandWord(word.substring(close + 1), most);
    for (String range : word.substring(open + 1, close).split(",", -1)) {
      for (String number : numbers(range, most)) {
        for (String tail : tails) {
          names.add(word.substring(0, open) + number + tail);
        }
        if (names.size() > most) {
          throw new IllegalArgumentException("more than " + most + " nodes are named");
        }
      }
    }
    return names;
  }

  private static List<String> numbers(String range, int most) {
    String[] ends = range.strip().split("-", -1);
    boolean digits = List.of(ends).stream().allMatch(end -> end.matches("[0-9]{1,18}"));
    if (!digits || ends.length > 2) {
      throw new IllegalArgumentException("brackets contain numbers and ranges, such as web[1-3,7]");
    }
    long low = Long.parseLong(ends[0]);
    long high = Long.parseLong(ends[ends.length - 1]);
    if (high < low || high - low >= most) {
      throw new IllegalArgumentException(
          "the range " + low + "-" + high + " is empty or too large");
    }
    if (ends.length == 1) {
      return List.of(ends[0]);
    }
    var numbers = new ArrayList<String>();
    for (long number = low; number <= high; number++) {
      numbers.add(padded(number, ends[0].length()));
    }
    return numbers;
  }

  private static String padded(long number, int width) {
    String digits = Long.toString(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
