package dev.bandmaster.core.store;

import java.util.Optional;
import java.util.Set;

/** Which version of a plugin planned which job, as long as the job has not ended. */
public interface PluginVersions {

  /** The version that planned this job; empty for commands that come with the bot. */
  Optional<Version> plannerOf(String job);

  /** The versions that planned jobs which have not ended. */
  Set<Version> inUse();

  /**
   * A version of a plugin.
   *
   * @param plugin its name
   * @param sha256 the checksum of its jar, 64 hexadecimal digits
   */
  record Version(String plugin, String sha256) {}
}
