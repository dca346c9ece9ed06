package dev.bandmaster.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which nodes are meant: all that a filter matches, or one of them.
 *
 * <pre>
 * selection = filter | selector "(" filter ")"
 * selector  = "any" | "random" | "least-loaded" | "round-robin"
 * </pre>
 *
 * <p>A selector stands directly before its parenthesis and around the whole filter.
 *
 * @param selector how one node is chosen; empty for all nodes that match
 */
public record NodeSelection(Optional<Selector> selector, NodeFilter filter) {

  private static final String WORDS =
      Arrays.stream(Selector.values()).map(Selector::word).collect(Collectors.joining("|"));

  private static final Pattern SELECTOR =
      Pattern.compile(
          "\\s*(" + WORDS + ")\\((.*)\\)\\s*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private static final Pattern BEGINNING =
      Pattern.compile("\\s*(" + WORDS + ")\\(.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  /** How one of several nodes is chosen, among those that are present. */
  public enum Selector {
    /** Whichever; the first by name. */
    ANY,
    /** By chance. */
    RANDOM,
    /** The one with the lowest load for each of its processors. */
    LEAST_LOADED,
    /** Each in its turn. */
    ROUND_ROBIN;

    /** As it is typed. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What reading gave. */
  public sealed interface Parsed {
    /** It can be used. */
    record Valid(NodeSelection selection) implements Parsed {}

    /**
     * It has a mistake.
     *
     * @param reason a sentence for the person who typed it
     * @param column where, from 1
     */
    record Invalid(String reason, int column) implements Parsed {}
  }

  /** Reads a selection; a blank text means all nodes. Never throws. */
  public static Parsed parse(String text) {
    if (text.length() > NodeFilter.LONGEST) {
      return parsed(Optional.empty(), text, 0);
    }
    Matcher matcher = SELECTOR.matcher(text);
    if (!matcher.matches()) {
      return parsed(Optional.empty(), text, 0);
    }
    return parsed(Optional.of(selector(matcher.group(1))), matcher.group(2), matcher.start(2));
  }

  private static Parsed parsed(Optional<Selector> selector, String filter, int offset) {
    return switch (NodeFilter.parse(filter)) {
      case NodeFilter.Parsed.Valid(NodeFilter valid) ->
          new Parsed.Valid(new NodeSelection(selector, valid));
      case NodeFilter.Parsed.Invalid(String reason, int column) ->
          new Parsed.Invalid(reason, column + offset);
    };
  }

  private static Selector selector(String word) {
    return Arrays.stream(Selector.values())
        .filter(each -> each.word().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow();
  }

  /** Whether a text chooses one node of several. */
  public static boolean chooses(String text) {
    return text.length() <= NodeFilter.LONGEST && SELECTOR.matcher(text).matches();
  }

  /** Whether a word begins as a selector does; then it cannot be a node's name. */
  static boolean begins(String text) {
    return BEGINNING.matcher(text).matches();
  }

  /**
   * The same selection among the nodes for which a further condition holds. A list of names with
   * commas means any of them.
   *
   * @param condition a filter, such as {@code env=staging}
   */
  public static String within(String condition, String text) {
    Matcher matcher = SELECTOR.matcher(text);
    if (text.length() <= NodeFilter.LONGEST && matcher.matches()) {
      return "%s(%s)"
          .formatted(
              matcher.group(1).toLowerCase(Locale.ROOT), within(condition, matcher.group(2)));
    }
    if (text.isBlank()) {
      return condition;
    }
    return "%s and (%s)".formatted(condition, String.join(" or ", text.split(",")));
  }
}
