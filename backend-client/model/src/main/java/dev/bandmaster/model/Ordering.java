package dev.bandmaster.model;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Which of two values is larger: as numbers when both are numbers, otherwise as versions, part by
 * part.
 */
final class Ordering {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final Pattern SEPARATORS =
      Pattern.compile("[.\\-+_]|(?<=[0-9])(?=[^0-9])|(?<=[^0-9])(?=[0-9])");

  private Ordering() {}

  static int compare(String left, String right) {
    if (NUMBER.matcher(left).matches() && NUMBER.matcher(right).matches()) {
      return new BigDecimal(left).compareTo(new BigDecimal(right));
    }
    String[] lefts = SEPARATORS.split(left, -1);
    String[] rights = SEPARATORS.split(right, -1);
    for (int i = 0; i < Math.min(lefts.length, rights.length); i++) {
      int order = comparePart(lefts[i], rights[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(lefts.length, rights.length);
  }

  private static int comparePart(String left, String right) {
    boolean numbers = NUMBER.matcher(left).matches() && NUMBER.matcher(right).matches();
    return numbers ? new BigDecimal(left).compareTo(new BigDecimal(right)) : left.compareTo(right);
  }
}
