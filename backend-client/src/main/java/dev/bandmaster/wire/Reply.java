package dev.bandmaster.wire;

import java.time.Instant;

/**
 * A node's answer to a request.
 *
 * @param request the id of the request
 * @param boot which start of the agent sent it; with {@code sequence} it tells replies apart that
 *     arrive twice
 * @param sequence counts the replies of one node to one request in one boot, from 1
 */
public record Reply(
    String request, String node, String boot, long sequence, Instant sentAt, ReplyBody body) {
  public Reply {
    Text.name(request, "req");
    NodeName.require(node);
    Text.name(boot, "boot");
  }
}
