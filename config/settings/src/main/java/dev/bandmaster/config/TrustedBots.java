package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.nio.file.Path;
import java.util.List;

/**
 * The public keys of the bots a node listens to, as lines that {@code bandmaster keys} prints: id,
 * keys, first and last moment at which they count.
 */
public sealed interface TrustedBots {

  /** Written in the configuration. */
  record Listed(List<String> lines) implements TrustedBots {
    public Listed {
      lines = List.copyOf(lines);
    }
  }

  /** In a file with one key a line. */
  record InFile(Path file) implements TrustedBots {}

  static TrustedBots read(Section section) {
    var listed =
        section
            .list(
                "keys",
                Kinds.text(),
                "Public keys, each a line as printed by `bandmaster keys`; it includes the "
                    + "key's validity period.")
            .optional();
    var file =
        section
            .path("keys_file", "A file of such lines. Exactly one of `keys` and `keys_file`.")
            .optional();
    section.exactlyOneOf("keys", "keys_file");
    return listed
        .<TrustedBots>map(Listed::new)
        .or(() -> file.map(InFile::new))
        .orElseGet(() -> new Listed(List.of()));
  }
}
