package dev.bandmaster.agent;

import java.util.Optional;

/** The version of this program, as its jar says. */
public final class AgentVersion {

  private AgentVersion() {}

  /** The version, or {@code development} when the program was not started from a jar. */
  public static String text() {
    return Optional.ofNullable(AgentVersion.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
