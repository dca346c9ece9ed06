package dev.bandmaster.model;

import java.util.regex.Pattern;

/**
 * The rule for a node's name. Dots, upper case and any script are welcome; what is refused are the
 * characters that mean something where people type names: blanks, quotes, parentheses, commas, and
 * the brackets of {@link NodeSet}.
 */
public final class NodeName {
  /** Longest name, in characters: a DNS name has at most 253, real ones stay far below. */
  public static final int LONGEST = 200;

  private static final Pattern UNWELCOME =
      Pattern.compile("[\\s\\p{Z}\\p{Cntrl}\\p{Cs}\"'`,;()\\[\\]*?&|!=<>~]");

  private NodeName() {}

  /** Whether {@code name} may name a node. */
  public static boolean isValid(String name) {
    return !name.isEmpty() && name.length() <= LONGEST && !UNWELCOME.matcher(name).find();
  }

  /**
   * Returns {@code name} when it may name a node.
   *
   * @throws IllegalArgumentException with a sentence for the person who chose the name
   */
  public static String require(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "a node's name has 1 to "
              + LONGEST
              + " characters and no blanks, quotes, commas, brackets or wildcards");
    }
    return name;
  }
}
