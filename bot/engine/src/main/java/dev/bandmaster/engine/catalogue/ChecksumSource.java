package dev.bandmaster.engine.catalogue;

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
   * @param template address, filled like {@link Application#artifact}
   */
  record Beside(String template) implements ChecksumSource {}
}
