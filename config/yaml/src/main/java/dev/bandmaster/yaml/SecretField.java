package dev.bandmaster.yaml;

import dev.bandmaster.model.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A secret about to be read: {@code token} holds it, {@code token_file} names a file that holds it,
 * {@code token_env} names an environment variable that holds it. Never two of them, so that nobody
 * has to know which one wins.
 */
public final class SecretField {
  /** A token or key is short; a longer file is the wrong file. */
  private static final long LONGEST_FILE = 64 * 1024;

  private final Section section;
  private final String key;
  private final String description;
  private final List<Demand> demands = new ArrayList<>();

  SecretField(Section section, String key, String description) {
    this.section = section;
    this.key = key;
    this.description = description;
    keys().forEach(section::know);
  }

  private record Demand(Predicate<String> test, String sentence) {}

  /**
   * Refuses secrets that fail the test; of several tests the first counts. The sentence never shows
   * the secret.
   *
   * @param newDemand the rest of a sentence that begins with the key
   */
  public SecretField where(Predicate<String> newTest, String newDemand) {
    demands.add(new Demand(newTest, newDemand));
    return this;
  }

  /** The secret; a file without it is refused. */
  public Secret required() {
    describe("required");
    if (keys().stream().noneMatch(section::has)) {
      section.missing(key, kind());
    }
    return read().orElseGet(() -> Secret.of("unreadable"));
  }

  /** The secret, if the file has one. */
  public Optional<Secret> optional() {
    describe("optional");
    return read();
  }

  private Optional<Secret> read() {
    var present = keys().stream().filter(section::has).toList();
    if (present.size() > 1) {
      section.refuse(
          present.getLast(),
          "and '%s' both set the same secret; keep one of them".formatted(present.getFirst()));
      return Optional.empty();
    }
    var text = inline().or(this::fromFile).or(this::fromEnvironment);
    if (text.isPresent()) {
      for (Demand demand : demands) {
        if (!demand.test().test(text.get())) {
          section.refuse(present.getFirst(), demand.sentence());
          return Optional.empty();
        }
      }
    }
    return text.map(Secret::of);
  }

  private Optional<String> inline() {
    return section.value(key).flatMap(value -> kind().read(value));
  }

  private Optional<String> fromFile() {
    return section
        .value(key + "_file")
        .flatMap(value -> Kinds.path().read(value).flatMap(file -> content(value, file)));
  }

  private Optional<String> content(Value value, Path file) {
    try {
      if (Files.size(file) > LONGEST_FILE) {
        return value.refuse(
            "names %s, which is longer than %s and therefore not a secret"
                .formatted(file, Units.show(LONGEST_FILE)));
      }
      if (PrivateFiles.isOpenToOthers(file)) {
        return value.refuse(
            "names %1$s, which every user of this machine can read or change; run: chmod 600 %1$s"
                .formatted(file));
      }
      var content = Files.readString(file, StandardCharsets.UTF_8).strip();
      return content.isEmpty()
          ? value.refuse("names %s, which is empty".formatted(file))
          : Optional.of(content);
    } catch (IOException unreadable) {
      return value.refuse("names %s, which is not readable".formatted(file));
    }
  }

  private Optional<String> fromEnvironment() {
    return section
        .value(key + "_env")
        .flatMap(value ->
            Kinds.text()
                .read(value)
                .flatMap(name ->
                    section
                        .environment()
                        .get(name)
                        .filter(content -> !content.isBlank())
                        .map(String::strip)
                        .or(() ->
                            value.refuse(
                                "names the environment variable %s, which is not set"
                                    .formatted(name)))));
  }

  private void describe(String fallback) {
    section.describe(key, kind().name(), fallback, description);
  }

  private Kind<String> kind() {
    return Kinds.text(
        "a secret (or '%1$s_file', or '%1$s_env')".formatted(key), text -> !text.isBlank());
  }

  private List<String> keys() {
    return List.of(key, key + "_file", key + "_env");
  }
}
