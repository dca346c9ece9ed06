package dev.bandmaster.core.backend;

/**
 * What a backend can do.
 *
 * @param knowsTargets whether targets are known before work reports them; without it their number
 *     is unknown when a job is planned
 * @param cancel whether running work can be stopped
 * @param liveOutput whether output and progress arrive while work runs
 * @param broadcast whether work can be sent to all targets that match a filter
 * @param batches whether work can be limited to some of its targets, as rollouts need
 * @param repeatable whether a wave whose arrival is unknown may be sent again because it would run
 *     once
 */
public record Capabilities(
    boolean knowsTargets,
    boolean cancel,
    boolean liveOutput,
    boolean broadcast,
    boolean batches,
    boolean repeatable) {

  /** Everything. */
  public static final Capabilities ALL = new Capabilities(true, true, true, true, true, true);
}
