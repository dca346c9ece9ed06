package dev.bandmaster.config;

import dev.bandmaster.model.WebAddress;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.util.List;
import java.util.Map;

/** Where the SHA-256 of a release comes from. */
public sealed interface ChecksumSource {

  /** Written in the configuration, by version; versions that are not listed cannot be deployed. */
  record Listed(Map<String, String> byVersion) implements ChecksumSource {
    public Listed {
      byVersion = Map.copyOf(byVersion);
    }
  }

  /**
   * A file beside the release, whose first word is the hash, as {@code sha256sum} writes it.
   *
   * @param template address, filled like {@code artifact}
   */
  record Beside(String template) implements ChecksumSource {}

  /** Of an app that has no releases to fetch: there is nothing to check. */
  static ChecksumSource none(Section section) {
    for (String key : List.of("sha256", "checksum")) {
      if (section.has(key)) {
        section.refuse(key, "checks what 'artifact' names, and there is no 'artifact'");
      }
    }
    return new Listed(Map.of());
  }

  static ChecksumSource read(Section section) {
    var listed =
        section
            .field(
                "sha256",
                Kinds.mapByVersion(Types.sha256()),
                "SHA-256 by version; unlisted versions cannot be deployed.")
            .optional();
    var beside =
        section
            .text(
                "checksum",
                "URL of a file that begins with the SHA-256, in the format of `sha256sum`, "
                    + "with the same placeholders as `artifact`. Exactly one of `checksum` and "
                    + "`sha256`.")
            .where(template -> !WebAddress.holdsCredentials(template), AppConfig.NO_CREDENTIALS)
            .optional();
    section.exactlyOneOf("checksum", "sha256");
    return listed
        .<ChecksumSource>map(Listed::new)
        .or(() -> beside.map(Beside::new))
        .orElseGet(() -> new Listed(Map.of()));
  }
}
