package dev.bandmaster.app;

import dev.bandmaster.core.store.AuditEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The program's command line with a configuration, run inside this process.
 *
 * @param config the file that each command gets as {@code --config}
 */
record Typed(Path config) {

  /**
   * A command line with a configuration that has what every bot needs.
   *
   * @param broker the address of a broker, which need not be there
   * @param more further lines of the configuration
   */
  static Typed in(Path folder, String broker, String... more) throws IOException {
    return new Typed(
        Files.writeString(
            folder.resolve("bandmaster.yaml"),
            """
            slack: {app_token: xapp-1, bot_token: xoxb-1}
            bus: {uri: "%s", keys: keys}
            store: {sqlite: {file: bandmaster.db}}
            policy: policy.yaml
            environments: {staging: {protected: false}}
            %s
            """
                .formatted(broker, String.join("\n", more))));
  }

  /** What a command has left behind. */
  record Ended(int code, String out, String err) {
    static Ended well(String sentence) {
      return new Ended(0, sentence + System.lineSeparator(), "");
    }
  }

  Ended run(String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--config", config.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  /** Something for the audit. */
  static AuditEntry entry(Instant at, String raw, String decision) {
    return new AuditEntry(at, "slack:T1:U1", "C1", raw, "ping", "", "", "", decision, "", "", "");
  }
}
