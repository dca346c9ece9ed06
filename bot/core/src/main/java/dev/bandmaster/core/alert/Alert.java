package dev.bandmaster.core.alert;

import dev.bandmaster.core.fleet.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Something that is wrong.
 *
 * @param key the same for every word about the same thing
 * @param name what is wrong, in a word or two: a node's name, mostly
 * @param text how it is wrong, as the end of a sentence that begins with the name
 * @param node empty if it concerns none, or more than one
 * @param applications what it concerns there
 * @param labels more to choose by; what the other fields say is not repeated
 * @param names of all that it stands for, where it stands for many
 * @param since when it began
 * @param quiet after how long without a further word it is over; empty if its end is reported
 */
public record Alert(
    String key,
    Severity severity,
    String name,
    String text,
    String node,
    List<String> applications,
    Map<String, String> labels,
    List<String> names,
    Instant since,
    Optional<Duration> quiet) {

  /** Characters of a text: it is one line of a message. */
  public static final int LONGEST_TEXT = 500;

  private static final int LONGEST_NAME = 150;

  public Alert {
    name = shortened(name, LONGEST_NAME);
    text = shortened(text, LONGEST_TEXT);
    applications = List.copyOf(applications);
    labels = Map.copyOf(new TreeMap<>(labels));
    names = List.copyOf(names);
  }

  private static String shortened(String text, int longest) {
    String line = text.replaceAll("[\\r\\n]+", " ").strip();
    return line.length() <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, longest - 1))) + "…";
  }

  /** Of a severity, with a name and a text. */
  public static Alert of(
      String key, Severity severity, String name, String text, String node, Instant since) {
    return new Alert(
        key, severity, name, text, node, List.of(), Map.of(), List.of(), since, Optional.empty());
  }

  /** The same, which concerns these applications. */
  public Alert on(List<String> running) {
    return new Alert(key, severity, name, text, node, running, labels, names, since, quiet);
  }

  /** The same, which stands for many. */
  public Alert standingFor(List<String> many) {
    return new Alert(key, severity, name, text, node, applications, labels, many, since, quiet);
  }

  /** The same, with more to choose by. */
  public Alert labelled(Map<String, String> more) {
    return new Alert(key, severity, name, text, node, applications, more, names, since, quiet);
  }

  /** The same, which is over when nothing more is seen of it for so long. */
  public Alert overAfter(Duration silence) {
    return new Alert(
        key, severity, name, text, node, applications, labels, names, since, Optional.of(silence));
  }
}
