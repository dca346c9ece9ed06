package dev.bandmaster.yaml;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads YAML files without mercy and with manners: every mistake is reported at once, each with its
 * file, its line and what to write instead; a file with a mistake is refused as a whole.
 *
 * <p>Immutable; may be used by many threads.
 */
public final class StrictYaml {
  private final Limits limits;
  private final Environment environment;

  public StrictYaml(Limits limits, Environment environment) {
    this.limits = limits;
    this.environment = environment;
  }

  /** Standard limits; {@code ${NAME}} from this process's environment. */
  public static StrictYaml standard() {
    return new StrictYaml(Limits.STANDARD, Environment.ofProcess());
  }

  /**
   * Reads a file.
   *
   * @throws BadConfigException with every mistake, also when the file cannot be read at all
   */
  public <T> Loaded<T> load(Path file, SectionReader<T> reader) {
    var absolute = file.toAbsolutePath().normalize();
    return parse(name(absolute), folder(absolute), content(absolute), reader);
  }

  /**
   * Reads a text as if it were a file.
   *
   * @param name how problems call it
   * @param directory where relative paths start
   * @throws BadConfigException with every mistake
   */
  public <T> Loaded<T> parse(String name, Path directory, String text, SectionReader<T> reader) {
    var problems = new Problems(limits.problems());
    var root = new TreeBuilder(name, limits, problems).build(text);
    var value =
        root.map(mapping ->
            Section.reading(new Reading(directory, environment, problems), mapping, "")
                .readWith(reader));
    problems.throwIfAny();
    return new Loaded<>(value.orElseThrow(), problems.warnings());
  }

  private String content(Path file) {
    try {
      if (Files.size(file) > 4L * limits.characters()) { // a character takes at most four bytes
        throw refused(
            file,
            "the file is longer than the maximum of %d characters".formatted(limits.characters()));
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException missing) {
      throw refused(file, "file not found: " + file);
    } catch (CharacterCodingException binary) {
      throw refused(file, "the file is not UTF-8 text");
    } catch (IOException unreadable) {
      throw refused(file, "the file cannot be read: " + unreadable.getMessage());
    }
  }

  private static BadConfigException refused(Path file, String sentence) {
    return new BadConfigException(List.of(new Problem(new Position(name(file), 1, 1), sentence)));
  }

  private static String name(Path file) {
    var name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }

  private static Path folder(Path file) {
    var parent = file.getParent();
    return parent == null ? file : parent;
  }
}
