package dev.bandmaster.engine.catalogue;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The order of versions: numbers in them count as numbers, so 1.10 is newer than 1.9. */
final class Versions {

  private static final Pattern PART = Pattern.compile("\\d+|[^\\d.]+");

  static final Comparator<String> OLDEST_FIRST = Versions::compare;
  static final Comparator<String> NEWEST_FIRST = OLDEST_FIRST.reversed();

  private Versions() {}

  private static int compare(String left, String right) {
    List<String> leftParts = parts(left);
    List<String> rightParts = parts(right);
    for (int i = 0; i < Math.min(leftParts.size(), rightParts.size()); i++) {
      int difference = comparePart(leftParts.get(i), rightParts.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return compareTails(leftParts, rightParts);
  }

  /** 1.4.1 is newer than 1.4, but 1.4-rc1 is older: what begins with a word comes before. */
  private static int compareTails(List<String> left, List<String> right) {
    if (left.size() == right.size()) {
      return 0;
    }
    boolean leftIsLonger = left.size() > right.size();
    String tail = (leftIsLonger ? left : right).get(Math.min(left.size(), right.size()));
    return leftIsLonger == isNumber(tail) ? 1 : -1;
  }

  private static int comparePart(String left, String right) {
    boolean bothNumbers = isNumber(left) && isNumber(right);
    if (bothNumbers) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    // A number is newer than a word, so that 1.4.1 comes after 1.4rc1 as 1.4 does.
    return isNumber(left) == isNumber(right)
        ? left.compareTo(right)
        : Boolean.compare(isNumber(left), isNumber(right));
  }

  private static boolean isNumber(String part) {
    return Character.isDigit(part.charAt(0));
  }

  private static List<String> parts(String version) {
    return PART.matcher(version).results().map(MatchResult::group).toList();
  }
}
