package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A module that others have written: a program that reads JSON and prints JSON lines.
 *
 * @param command an absolute path, and its arguments as they are; no shell sees them
 * @param schema file with the JSON Schema of its input
 * @param summary one line for people
 * @param timeout how long a run may take
 */
public record ExecConfig(List<String> command, Path schema, String summary, Duration timeout) {

  /** Characters of a summary: it travels in the node's description. */
  private static final int LONGEST_SUMMARY = 200;

  public ExecConfig {
    command = List.copyOf(command);
  }

  static ExecConfig read(Section section) {
    ExecConfig module =
        new ExecConfig(
            section
                .list(
                    "command",
                    Kinds.text(),
                    "Absolute path of the program, and its arguments. It runs without a shell.")
                .required(),
            section.path("schema", "File with the JSON Schema (2020-12) of its input.").required(),
            section
                .text("summary", "One line that says what it does.")
                .where(
                    text -> text.length() <= LONGEST_SUMMARY,
                    "must have at most " + LONGEST_SUMMARY + " characters")
                .required(),
            section
                .duration(
                    "timeout", Duration.ofSeconds(1), Duration.ofHours(1), "Maximum run time.")
                .orDefault(Duration.ofSeconds(30)));
    if (module.command().isEmpty() || !module.command().getFirst().startsWith("/")) {
      section.refuse("command", "must begin with an absolute path");
    }
    return module;
  }
}
