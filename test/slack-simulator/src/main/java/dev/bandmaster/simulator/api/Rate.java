package dev.bandmaster.simulator.api;

/**
 * How often a method may be called.
 *
 * @param perMinute calls a minute in the long run
 * @param burst calls at once after a pause
 */
public record Rate(int perMinute, int burst) {
  /** Slack's tier 1 promises 1+ a minute; what is tolerated in practice is more. */
  public static final Rate TIER_1 = new Rate(20, 20);

  /** Tier 2: 20+ a minute. */
  public static final Rate TIER_2 = new Rate(20, 20);

  /** Tier 3: 50+ a minute. */
  public static final Rate TIER_3 = new Rate(50, 50);

  /** Tier 4: 100+ a minute. */
  public static final Rate TIER_4 = new Rate(100, 100);

  /** Methods that may be called hundreds of times a minute. */
  public static final Rate HUNDREDS = new Rate(600, 100);

  /** One message a second in each channel, short bursts tolerated. */
  public static final Rate POST_PER_CHANNEL = new Rate(60, 10);

  /** Several hundred messages a minute in the whole workspace. */
  public static final Rate POST_PER_WORKSPACE = new Rate(300, 100);
}
