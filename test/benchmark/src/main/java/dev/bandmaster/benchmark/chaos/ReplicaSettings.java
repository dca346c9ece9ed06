package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.testkit.ShippedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shipped configuration of the bot, with what a chaos run needs to be otherwise. */
final class ReplicaSettings {
  private ReplicaSettings() {}

  /** With deadlines for the impatient, on SQLite. */
  static Path sqlite(Path folder) throws IOException {
    return write(folder.resolve("sqlite.yaml"), impatient());
  }

  /** The same on PostgreSQL, so that there can be two. */
  static Path postgresql(Path folder, String url, String user, String password) throws IOException {
    return write(
        folder.resolve("postgresql.yaml"),
        replace(
            impatient(),
            "  sqlite:\n    file: ${BANDMASTER_DATA:-../data}/bandmaster.db\n",
            "  postgresql:\n    url: %s\n    user: %s\n%s"
                .formatted(
                    url, user, password.isEmpty() ? "" : "    password: " + password + "\n")));
  }

  private static String impatient() throws IOException {
    String shipped = Files.readString(ShippedFiles.config("bandmaster.yaml"));
    return replace(shipped, "    adhoc: 45s\n", "    adhoc: 30s\n    codeupdate: 45s\n");
  }

  private static String replace(String text, String what, String by) throws IOException {
    if (!text.contains(what)) {
      throw new IOException("config/bandmaster.yaml has no lines " + what.strip());
    }
    return text.replace(what, by);
  }

  private static Path write(Path file, String text) throws IOException {
    return Files.writeString(file, text);
  }
}
