package dev.bandmaster.model;

import java.util.regex.Pattern;

/**
 * What may be an alias and what it may stand for: the same in the configuration and in the chat.
 */
public final class AliasRules {

  /** Characters of the command that an alias stands for. */
  public static final int LONGEST_COMMAND = 500;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  private AliasRules() {}

  /** Whether a word can be an alias. */
  public static boolean isName(String word) {
    return NAME.matcher(word).matches();
  }

  /** Whether a text is one command on one line, and not too long. */
  public static boolean isCommand(String text) {
    return !text.isBlank() && text.length() <= LONGEST_COMMAND && text.lines().count() == 1;
  }
}
