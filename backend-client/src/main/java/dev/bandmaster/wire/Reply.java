package dev.bandmaster.wire;

import java.time.Instant;

/**
 * A node's answer to a request.
 *
 * @param request the id of the request
 * @param boot which start of the agent sent it; with {@code sequence} it tells replies apart that
 *     arrive twice
 * @param sequence grows with every reply of one boot
 */
public record Reply(
    String request, String node, String boot, long sequence, Instant sentAt, ReplyBody body) {
  public Reply {
    Text.name(request, "req");
    NodeName.require(node);
    Text.name(boot, "boot");
  }
}
