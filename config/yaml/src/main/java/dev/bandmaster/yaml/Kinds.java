package dev.bandmaster.yaml;

import dev.bandmaster.model.Glob;
import dev.bandmaster.model.Names;
import dev.bandmaster.model.VersionName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The usual kinds of value. */
public final class Kinds {
  private Kinds() {}

  /** Any text that is not empty. */
  public static Kind<String> text() {
    return text("a string", text -> true);
  }

  /** Text of a certain shape. */
  public static Kind<String> text(String name, Predicate<String> shape) {
    return of(name, "?", text -> Optional.of(text).filter(given -> !given.isEmpty()).filter(shape));
  }

  /** See {@link Names}. */
  public static Kind<String> name() {
    return text("a name of letters, digits, '.', '-' and '_'", Names::isName);
  }

  public static Kind<Boolean> trueOrFalse() {
    return Shape.word(
        "true or false",
        false,
        word -> Optional.of(word).filter(w -> w.matches("true|false")).map(Boolean::valueOf));
  }

  /** A whole number; both bounds included. */
  public static Kind<Integer> integer(int least, int most) {
    return Shape.word(
        "a whole number from %d to %d".formatted(least, most),
        least,
        word ->
            Optional.of(word)
                .filter(w -> w.matches("-?[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most));
  }

  /** A length of time, such as {@code 500ms}, {@code 90s}, {@code 5m}, {@code 2h}, {@code 7d}. */
  public static Kind<Duration> duration(Duration least, Duration most) {
    var name = "a duration from %s to %s".formatted(Units.show(least), Units.show(most));
    return new Shape<>(
        name,
        least,
        text -> Units.duration(text).filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0),
        Units::show,
        false);
  }

  /** A size in bytes, such as {@code 512KiB}, {@code 1MiB} or {@code 100B}. */
  public static Kind<Long> size(long least, long most) {
    var name = "a size from %s to %s".formatted(Units.show(least), Units.show(most));
    return new Shape<>(
        name,
        least,
        text -> Units.size(text).filter(s -> s >= least && s <= most),
        Units::show,
        false);
  }

  /** An address with one of the given schemes. */
  public static Kind<URI> uri(String... schemes) {
    var allowed = List.of(schemes);
    return of(
        "a URL that begins with " + alternatives(allowed, scheme -> scheme + ":"),
        URI.create("about:blank"),
        text -> uri(text).filter(uri -> allowed.contains(uri.getScheme())));
  }

  /** A file or folder; relative ones start at the folder of the file that names them. */
  public static Kind<Path> path() {
    return new PathKind();
  }

  /** One of an enum's constants, written in lower case with dashes. */
  public static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
    var constants = List.of(type.getEnumConstants());
    return new Shape<>(
        "one of " + constants.stream().map(Kinds::word).collect(Collectors.joining(", ")),
        constants.getFirst(),
        text -> constants.stream().filter(c -> word(c).equals(text)).findFirst(),
        Kinds::word,
        false);
  }

  /** A list with at least one value. */
  public static <T> Kind<List<T>> listOf(Kind<T> item) {
    return new ListKind<>(item);
  }

  /** Freely named keys, each with a value of one kind. */
  public static <T> Kind<Map<String, T>> mapOf(Kind<T> item) {
    return mapOf(item, name -> Optional.empty());
  }

  /**
   * Keys of which only some are allowed, each with a value of one kind.
   *
   * @param refusal the rest of a sentence that begins with a key that is not allowed: {@code "is
   *     not a command"}; empty for one that is
   */
  public static <T> Kind<Map<String, T>> mapOf(
      Kind<T> item, Function<String, Optional<String>> refusal) {
    return new MapKind<>(
        item, refusal, Names::isName, "must be a name of letters, digits, '.', '-' and '_'");
  }

  /** Names of versions, each with a value of one kind. */
  public static <T> Kind<Map<String, T>> mapByVersion(Kind<T> item) {
    return new MapKind<>(
        item,
        name -> Optional.empty(),
        VersionName::isValid,
        "must be the name of a version: " + VersionName.RULE);
  }

  /** A section with its own keys. */
  public static <T> Kind<T> section(SectionReader<T> reader) {
    return new SectionKind<>(reader);
  }

  /** A kind that reads a text; an empty result is refused with {@code name}. */
  public static <T> Kind<T> of(
      String name, T placeholder, Function<String, Optional<T>> conversion) {
    return new Shape<>(name, placeholder, conversion, String::valueOf, false);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text)).filter(uri -> uri.getScheme() != null);
    } catch (URISyntaxException refused) {
      return Optional.empty();
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String alternatives(List<String> words, Function<String, String> show) {
    return words.stream().map(show).collect(Collectors.joining(" or "));
  }

  /** See {@link Glob}. */
  public static Kind<Glob> glob() {
    return of(
        "a pattern of at most 200 characters, with the wildcards * and ?",
        new Glob("?"),
        text ->
            Optional.of(text)
                .filter(given -> !given.isEmpty() && given.length() <= 200)
                .map(Glob::new));
  }
}
