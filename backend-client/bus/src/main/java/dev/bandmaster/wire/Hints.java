package dev.bandmaster.wire;

/**
 * What stands around a message and is not signed. It steers the message through the broker; when it
 * contradicts the signed content, somebody changed it on the way and the message is rejected.
 *
 * @param routingKey the key under which it arrived
 * @param correlationId the id of the request; may be empty
 * @param replyTo the reply address; may be empty
 */
public record Hints(String routingKey, String correlationId, String replyTo) {
  /** Whether the correlation is absent or as signed. */
  boolean correlatesWith(String request) {
    return correlationId.isEmpty() || correlationId.equals(request);
  }

  boolean answersTo(String address) {
    return replyTo.isEmpty() || replyTo.equals(address);
  }
}
