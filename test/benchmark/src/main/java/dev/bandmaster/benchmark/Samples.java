package dev.bandmaster.benchmark;

import java.util.List;

/**
 * Measurements of the same thing.
 *
 * @param sorted at least one, the smallest first
 */
record Samples(List<Double> sorted) {

  Samples {
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    sorted = sorted.stream().sorted().toList();
  }

  double median() {
    return quantile(0.5);
  }

  double worst() {
    return sorted.getLast();
  }

  /** The nearest-rank quantile: the smallest value with at least that share at or below it. */
  double quantile(double share) {
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }
}
