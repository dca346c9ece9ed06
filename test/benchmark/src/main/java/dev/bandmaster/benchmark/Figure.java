package dev.bandmaster.benchmark;

import java.util.OptionalDouble;

/**
 * Something measured.
 *
 * @param name what was measured
 * @param value how much
 * @param unit of the value and the target
 * @param target the most it should be; empty for a figure that is there to compare with
 */
record Figure(String name, double value, String unit, OptionalDouble target) {

  /** A figure that should stay below a target. */
  static Figure atMost(double target, String name, double value, String unit) {
    return new Figure(name, value, unit, OptionalDouble.of(target));
  }

  /** A figure to compare others with. */
  static Figure plain(String name, double value, String unit) {
    return new Figure(name, value, unit, OptionalDouble.empty());
  }

  /** Whether the target is kept; true where there is none. */
  boolean met() {
    return target.isEmpty() || value <= target.getAsDouble();
  }
}
