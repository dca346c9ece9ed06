package dev.bandmaster.agent.deploy;

import java.util.regex.Pattern;

/**
 * A release's version, which is also the name of its directory.
 *
 * @param text 1 to 64 letters, digits and {@code . _ + -}, beginning with a letter or digit
 */
record Version(String text) {

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

  Version {
    if (!isValid(text)) {
      throw new IllegalArgumentException(
          "A version is 1 to 64 letters, digits and . _ + - and starts with a letter "
              + "or digit.");
    }
  }

  static boolean isValid(String text) {
    return SHAPE.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
