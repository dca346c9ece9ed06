package dev.bandmaster.bootstrapper;

/**
 * What Ansible counted on one host; none of it is negative.
 *
 * @param unreachable attempts that did not reach the host
 * @param skipped tasks that did not apply
 * @param ok tasks that went well, changed or not
 * @param changed tasks that changed something
 * @param failures tasks that failed
 */
public record HostStats(int unreachable, int skipped, int ok, int changed, int failures) {
  public HostStats {
    if (unreachable < 0 || skipped < 0 || ok < 0 || changed < 0 || failures < 0) {
      throw new IllegalArgumentException("a count is negative");
    }
  }

  /** Whether the host was reached and nothing failed on it. */
  public boolean isGood() {
    return unreachable == 0 && failures == 0;
  }

  /** The sum of this and another host's; no sum exceeds the largest number. */
  public HostStats and(HostStats other) {
    return new HostStats(
        sum(unreachable, other.unreachable),
        sum(skipped, other.skipped),
        sum(ok, other.ok),
        sum(changed, other.changed),
        sum(failures, other.failures));
  }

  private static int sum(int one, int other) {
    return (int) Math.min((long) one + other, Integer.MAX_VALUE);
  }
}
