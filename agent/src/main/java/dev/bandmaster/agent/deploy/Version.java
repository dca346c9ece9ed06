package dev.bandmaster.agent.deploy;

import dev.bandmaster.model.VersionName;

/**
 * A release's version, which is also the name of its directory.
 *
 * @param text as {@link VersionName} allows it
 */
record Version(String text) {

  Version {
    if (!isValid(text)) {
      throw new IllegalArgumentException("Not the name of a version: " + VersionName.RULE + ".");
    }
  }

  static boolean isValid(String text) {
    return VersionName.isValid(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
