package dev.bandmaster.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one rule for names of versions: Semantic Versioning with pre-release and build metadata, such
 * as {@code 1.2.3-rc.1+build.5}, with or without a {@code v} before it, dates such as {@code
 * 2026-11-29} and tags such as {@code release_42}. Each is safe as the name of a folder.
 */
public final class VersionName {

  /** Longest name of a version, in characters. */
  public static final int LONGEST = 100;

  /** The rule as a regular expression, the same as in the schemas of the agents' actions. */
  public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._+-]{0,99}";

  /** In words, for people who typed something else. */
  public static final String RULE =
      "use letters, digits and . _ + -, at most 100 characters, beginning with a letter or digit";

  private static final Pattern NAME = Pattern.compile(PATTERN);

  /** What nobody takes for the name of anything else. */
  private static final Pattern NUMBERED = Pattern.compile("[vV]?[0-9][A-Za-z0-9._+-]{0,98}");

  private static final Pattern PREFIXED = Pattern.compile("[vV][0-9].*");

  private VersionName() {}

  /** Whether this may name a version. */
  public static boolean isValid(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether this is a version by its looks: it begins with a digit, or with a v and a digit. */
  public static boolean looksLikeOne(String text) {
    return NUMBERED.matcher(text).matches();
  }

  /**
   * The other spelling of the same version: {@code 1.4.2} for {@code v1.4.2}, and the other way
   * round; empty for names that do not begin with a number.
   */
  public static Optional<String> otherSpelling(String version) {
    if (PREFIXED.matcher(version).matches()) {
      return Optional.of(version.substring(1));
    }
    return looksLikeOne(version) && version.length() < LONGEST
        ? Optional.of("v" + version)
        : Optional.empty();
  }
}
