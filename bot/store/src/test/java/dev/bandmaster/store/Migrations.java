package dev.bandmaster.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The statements of one migration, to run them again in a test. */
public final class Migrations {
  private Migrations() {}

  /** For SQLite. */
  public static List<String> sqlite(String file) throws IOException {
    return statements(file, Schema.SQLITE);
  }

  /** For PostgreSQL. */
  public static List<String> postgresql(String file) throws IOException {
    return statements(file, Schema.POSTGRESQL);
  }

  private static List<String> statements(String file, Map<String, String> placeholders)
      throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Schema.class.getResourceAsStream("/db/migration/" + file))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
        text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
      }
      return Arrays.stream(text.split(";\n")).filter(statement -> !statement.isBlank()).toList();
    }
  }
}
