package dev.bandmaster.model;

import java.util.regex.Pattern;

/**
 * The rule for names of environments, applications, versions and everything else that the
 * configuration names: they fit into routing keys, file names and sentences.
 */
public final class Names {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private Names() {}

  /**
   * Whether this is a name: letters, digits, dot, dash and underscore, at most 100 characters,
   * beginning with a letter or digit.
   */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
