package dev.bandmaster.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Stores as a released schema has written them, filled with {@link StoredRows}. */
final class StoredFixtures {
  private StoredFixtures() {}

  /** The SQLite file of a schema. */
  static void unpack(int schema, Path file) {
    try (InputStream packed = resource("schema-" + schema + ".sqlite.gz");
        InputStream unpacked = new GZIPInputStream(packed)) {
      Files.copy(unpacked, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fills an empty PostgreSQL schema. */
  static void load(int schema, PostgresqlSchema target) {
    try (InputStream dump = resource("schema-" + schema + ".postgresql.sql")) {
      target.execute(new String(dump.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    InputStream resource = StoredFixtures.class.getResourceAsStream("/stored/" + name);
    if (resource == null) {
      throw new IllegalStateException("there is no " + name);
    }
    return resource;
  }
}
