package dev.bandmaster.config;

import dev.bandmaster.config.yaml.Kind;
import dev.bandmaster.config.yaml.Kinds;
import java.util.Optional;

/** Kinds of value that only our own files have. */
public final class Types {
  private Types() {}

  /** See {@link Glob}. */
  public static Kind<Glob> glob() {
    return Kinds.of(
        "a pattern of at most 200 characters, with * and ? for any",
        new Glob("?"),
        text ->
            Optional.of(text)
                .filter(given -> !given.isEmpty() && given.length() <= 200)
                .map(Glob::new));
  }

  /** A Slack channel, by id: names change, ids do not. */
  static Kind<String> channel() {
    return Kinds.text(
        "a channel id such as C0123ABCD", text -> text.matches("[CGD][A-Z0-9]{2,20}"));
  }

  /** A hexadecimal SHA-256. */
  static Kind<String> sha256() {
    return Kinds.text("a SHA-256 in 64 hexadecimal digits", text -> text.matches("[0-9a-f]{64}"));
  }
}
