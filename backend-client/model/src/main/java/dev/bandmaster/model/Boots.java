package dev.bandmaster.model;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The ids of an agent's starts. Those of one node compare as texts: the larger is the newer, so
 * that a late reply of an earlier start is known as such.
 */
public final class Boots {
  private Boots() {}

  /**
   * The id of a start.
   *
   * @param incarnation larger than at any earlier start of this node, and not negative
   * @param random tells two starts apart that believe to be the same one, such as those of a node
   *     whose disk was copied
   */
  public static String id(long incarnation, RandomGenerator random) {
    if (incarnation < 0) {
      throw new IllegalArgumentException("the incarnation is negative");
    }
    return String.format(Locale.ROOT, "%016x-%08x", incarnation, random.nextInt());
  }
}
