package dev.bandmaster.engine.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ordinary requests and questions, and the command that each comes to: {@code who deployed web
 * last?} is {@code history web}. They are the lines of {@code phrases.txt}, where their form is
 * described.
 */
final class Phrases {

  /** What is longer is no question. */
  private static final int LONGEST = 200;

  /** A name, of whatever: {@code web}, {@code web1}, {@code 1.4.2}, {@code env=prod}. */
  private static final String NAME = "([\\w.*=/+-]+)";

  private static final String PLACE = "(?: (?:in|on|to|at|for) (?:the )?" + NAME + ")?";

  private static final String IS = "(?:'s| is| are)";

  /** Words before a command that change nothing about it. */
  private static final Pattern COURTESY =
      Pattern.compile(
          "(?:(?:please|pls|hey|ok|just|can you|could you|would you|will you|i want to|i'd like to"
              + "|i would like to|i need to|let's|lets|go ahead and|show|show me|give me|tell me"
              + "|get me|list) ){1,4}(?:(?:all|the|my|me|us) ){0,2}");

  /** Words at the end that change nothing either. */
  private static final Pattern THANKS = Pattern.compile(",? (?:please|pls|thanks|thank you)$");

  private static final List<Phrase> ALL = read();

  /** Those that begin with one certain word, by that word. */
  private static final Map<String, List<Phrase>> BY_FIRST_WORD =
      ALL.stream().collect(Collectors.groupingBy(Phrase::firstWord));

  /**
   * A way of saying something.
   *
   * @param words what is said
   * @param command what it comes to
   */
  private record Phrase(Pattern words, String command) {

    /** The word it begins with; empty if it may begin with several. */
    String firstWord() {
      String expression = words.pattern();
      int end = 0;
      while (end < expression.length() && Character.isLowerCase(expression.charAt(end))) {
        end++;
      }
      return expression.substring(0, end);
    }

    Optional<String> of(String said) {
      Matcher matcher = words.matcher(said);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      StringBuilder line = new StringBuilder(command);
      for (int group = 1; group <= matcher.groupCount(); group++) {
        String name = matcher.group(group);
        if (name != null) {
          line.append(' ').append(name);
        }
      }
      return Optional.of(line.toString());
    }
  }

  private Phrases() {}

  /**
   * The command that is meant; empty if this is no such phrase.
   *
   * @param command whether a word is that of a command
   */
  static Optional<String> command(String typed, Predicate<String> command) {
    if (typed.length() > LONGEST || typed.strip().lines().count() > 1) {
      return Optional.empty();
    }
    return among(ALL, typed, command).or(() -> withoutCourtesy(typed, command));
  }

  /**
   * The same for a text that begins with the word of a command: {@code where is web} is not about
   * an application named {@code is}.
   */
  static Optional<String> command(String typed, String firstWord, Predicate<String> command) {
    List<Phrase> phrases = BY_FIRST_WORD.getOrDefault(firstWord, List.of());
    return phrases.isEmpty() || typed.length() > LONGEST
        ? Optional.empty()
        : among(phrases, typed, command);
  }

  private static Optional<String> among(
      List<Phrase> phrases, String typed, Predicate<String> command) {
    String said = normal(typed);
    return phrases.stream()
        .flatMap(phrase -> phrase.of(said).stream())
        .filter(line -> command.test(first(line)))
        .findFirst();
  }

  /** {@code please ping staging} is {@code ping staging}. The command itself stays as typed. */
  private static Optional<String> withoutCourtesy(String typed, Predicate<String> command) {
    String line = plain(typed).strip();
    String lower = line.toLowerCase(Locale.ROOT);
    Matcher courtesy = COURTESY.matcher(lower);
    if (!courtesy.lookingAt()) {
      return Optional.empty();
    }
    Matcher thanks = THANKS.matcher(lower).region(courtesy.end(), lower.length());
    int end = thanks.find() ? thanks.start() : line.length();
    return Optional.of(line.substring(courtesy.end(), end))
        .filter(found -> command.test(first(found)));
  }

  private static String first(String line) {
    return line.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static String normal(String typed) {
    String words =
        plain(typed)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[?!.,\\s]+$", "")
            .replaceAll("\\s+", " ")
            .strip();
    return THANKS
        .matcher(words.replaceFirst("^(?:hey|ok|so|and|hi|please),? ", ""))
        .replaceFirst("");
  }

  /** Telephones write other apostrophes. */
  private static String plain(String text) {
    return text.replace('\u2019', '\'').replace('\u2018', '\'');
  }

  private static List<Phrase> read() {
    try (InputStream file =
        Objects.requireNonNull(Phrases.class.getResourceAsStream("phrases.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Phrases::phrase)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read phrases.txt", e);
    }
  }

  private static Phrase phrase(String line) {
    int arrow = line.lastIndexOf(" => ");
    String words =
        line.substring(0, arrow)
            .replace("{name}", NAME)
            .replace("{place}", PLACE)
            .replace("{is}", IS);
    return new Phrase(Pattern.compile(words), line.substring(arrow + 4));
  }
}
