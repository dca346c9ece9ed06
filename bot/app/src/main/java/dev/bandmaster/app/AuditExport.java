package dev.bandmaster.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.core.store.Audit;
import dev.bandmaster.core.store.Audit.Row;
import dev.bandmaster.core.store.AuditEntry;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The audit as text for other programs. */
final class AuditExport {

  /** Rows in memory at once. */
  private static final int PAGE = 500;

  private static final ObjectMapper JSON = new ObjectMapper();

  private AuditExport() {}

  /** How a row is written. */
  enum Format {
    /** A JSON object on a line of its own. */
    jsonl,
    /** Values in quotes, with a line of names at the top, as RFC 4180 has it. */
    csv
  }

  /**
   * Writes rows, oldest first.
   *
   * @param since those decided at this time or later
   * @param until those decided before this time
   * @param wanted of these, those that are wanted
   */
  static void write(
      Audit audit,
      Instant since,
      Instant until,
      Predicate<AuditEntry> wanted,
      Format format,
      Writer out)
      throws IOException {
    if (format == Format.csv) {
      out.write(String.join(",", NAMES) + "\r\n");
    }
    long number = 0;
    while (true) {
      List<Row> page = audit.after(number, PAGE);
      if (page.isEmpty()) {
        return;
      }
      for (Row row : page) {
        Instant at = row.entry().at();
        if (!at.isBefore(since) && at.isBefore(until) && wanted.test(row.entry())) {
          out.write(line(row, format));
        }
        number = row.number();
      }
    }
  }

  /** A row as a JSON object on a line of its own. */
  static String jsonLine(Row row) {
    try {
      return JSON.writeValueAsString(values(row)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and texts can be written", e);
    }
  }

  private static String line(Row row, Format format) {
    return switch (format) {
      case jsonl -> jsonLine(row);
      case csv ->
          values(row).values().stream()
              .map(value -> quoted(String.valueOf(value)))
              .collect(Collectors.joining(",", "", "\r\n"));
    };
  }

  /** An apostrophe keeps spreadsheets from interpreting text as a formula. */
  private static String quoted(String value) {
    boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + value.replace("\"", "\"\"") + '"';
  }

  private static final List<String> NAMES =
      List.of(
          "number",
          "at",
          "principal",
          "channel",
          "raw",
          "action",
          "env",
          "app",
          "job",
          "decision",
          "reason",
          "rules",
          "policy",
          "name",
          "delivery",
          "message",
          "digest",
          "state",
          "groups_age",
          "bypass",
          "envelope",
          "previous",
          "hash");

  private static Map<String, Object> values(Row row) {
    AuditEntry entry = row.entry();
    List<Object> values = new ArrayList<>();
    values.add(row.number());
    values.add(entry.at().toString());
    values.addAll(entry.texts());
    values.addAll(
        List.of(
            entry.more().name(),
            entry.more().delivery(),
            entry.more().message(),
            entry.more().digest(),
            entry.more().state(),
            entry.more().groupsAge(),
            entry.more().bypass(),
            entry.more().envelope().orElse(""),
            row.previous(),
            row.hash()));
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      named.put(NAMES.get(i), values.get(i));
    }
    return named;
  }
}
