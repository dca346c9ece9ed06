package dev.bandmaster.model;

/**
 * How busy a node is.
 *
 * @param average the one-minute load average; negative where the system has none
 * @param cores processors that the system reports, at least 1
 */
public record Load(double average, int cores) {
  public Load {
    if (Double.isNaN(average) || Double.isInfinite(average) || cores < 1) {
      throw new IllegalArgumentException("load needs a finite average and at least one core");
    }
  }
}
