package dev.bandmaster.model;

import java.time.Instant;

/**
 * A node's answer to a request.
 *
 * @param request the id of the request
 * @param boot which start of the agent sent it, from {@link Boots}; with {@code sequence} it tells
 *     replies apart that arrive twice
 * @param sequence grows with every reply of one boot
 */
public record TargetReport(
    String request, String node, String boot, long sequence, Instant sentAt, ReportBody body) {
  public TargetReport {
    Bounds.name(request, "req");
    NodeName.require(node);
    Bounds.name(boot, "boot");
  }

  /**
   * Whether this was said after the reply with {@code otherBoot} and {@code otherSequence}. Nothing
   * that is known is older than an empty boot.
   *
   * <p>Use it to drop what comes twice or too late, with one exception: a {@link ReportBody.Final}
   * of the boot that was seen last counts also when something with a higher number overtook it,
   * which can happen when two programs take from one reply queue.
   */
  public boolean isNewerThan(String otherBoot, long otherSequence) {
    int order = boot.compareTo(otherBoot);
    return order > 0 || (order == 0 && sequence > otherSequence);
  }

  /** Whether this comes from an earlier start of the agent than {@code otherBoot}. */
  public boolean isOfAnOlderBootThan(String otherBoot) {
    return boot.compareTo(otherBoot) < 0;
  }
}
