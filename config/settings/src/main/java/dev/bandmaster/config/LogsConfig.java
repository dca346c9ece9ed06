package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The logs of a node that {@code logs} may show. What is not here is not shown.
 *
 * @param sources by the name of the app or unit; {@code system} is shown for the node itself
 * @param redact what is replaced in each line, beside what looks like a secret in any log
 * @param journalctl the beginning of the command that reads the journal, an argument array
 */
public record LogsConfig(
    Map<String, Source> sources, List<Pattern> redact, List<String> journalctl) {

  public static final LogsConfig NOTHING =
      new LogsConfig(Map.of(), List.of(), List.of("journalctl"));

  public LogsConfig {
    sources = Ordered.copy(sources);
    redact = List.copyOf(redact);
    journalctl = List.copyOf(journalctl);
  }

  /** Where the lines come from. */
  public sealed interface Source {
    /** Files that something appends lines to. */
    record Files(List<Path> files) implements Source {
      public Files {
        files = List.copyOf(files);
      }
    }

    /** What systemd's journal has of a unit. */
    record Journal(String unit) implements Source {}

    /** Reads exactly one of the two. */
    static Source read(Section section) {
      var files =
          section
              .list("files", Kinds.path(), "Log files, such as `/srv/web/shared/log/web.log`.")
              .orDefault(List.of());
      var unit =
          section
              .text(
                  "unit",
                  "A systemd unit whose journal is read, such as `nginx.service`. Exactly one of "
                      + "`files` and `unit`.")
              .where(
                  UnitDefinition::isName, "must be the full name of a unit, such as nginx.service")
              .orDefault("");
      section.exactlyOneOf("files", "unit");
      return unit.isEmpty() ? new Files(files) : new Journal(unit);
    }
  }

  static LogsConfig read(Section section) {
    return new LogsConfig(
        section
            .map(
                "sources",
                Kinds.section(Source::read),
                "Logs by the name of the app or unit; `system` is what `logs` shows for the node "
                    + "itself.")
            .orDefault(Map.of()),
        section
            .list(
                "redact",
                Kinds.text("a regular expression", LogsConfig::isPattern),
                "Regular expressions; what matches is replaced by `***` before a line leaves the "
                    + "node. Passwords, tokens and keys in usual forms are replaced in any case.")
            .orDefault(List.of())
            .stream()
            .map(Pattern::compile)
            .toList(),
        section
            .list(
                "journalctl",
                Kinds.text(),
                "The beginning of the command that reads the journal, such as `[sudo, -n, "
                    + "/usr/bin/journalctl]`.")
            .orDefault(NOTHING.journalctl()));
  }

  private static boolean isPattern(String text) {
    try {
      return Pattern.compile(text).matcher("").groupCount() >= 0;
    } catch (PatternSyntaxException _) {
      return false;
    }
  }
}
