package dev.bandmaster.acl;

import java.util.Optional;

/**
 * A number of nodes up to which something holds: a number, or a share of the fleet.
 *
 * @param percent whether {@code amount} is a percentage, rounded down but never below one node
 */
public record TargetLimit(int amount, boolean percent) {
  public TargetLimit {
    if (amount < 1 || (percent && amount > 100)) {
      throw new IllegalArgumentException("a limit is at least 1, and at most 100 %");
    }
  }

  boolean allows(Targets targets) {
    return targets.count() <= most(targets.fleet());
  }

  private long most(int fleet) {
    return percent ? Math.max(1, (long) fleet * amount / 100) : amount;
  }

  /** Reads {@code 10} or {@code 25%}. */
  static Optional<TargetLimit> parse(String text) {
    return Optional.of(text)
        .filter(given -> given.matches("[1-9][0-9]{0,5}|([1-9][0-9]?|100)%"))
        .map(given ->
            new TargetLimit(Integer.parseInt(given.replace("%", "")), given.endsWith("%")));
  }

  @Override
  public String toString() {
    return amount + (percent ? " %" : "");
  }
}
