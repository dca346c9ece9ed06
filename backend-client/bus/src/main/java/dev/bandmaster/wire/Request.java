package dev.bandmaster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.model.Bounds;
import dev.bandmaster.model.Target;
import java.time.Duration;
import java.time.Instant;

/**
 * What the bot asks of nodes. All of it is inside the signature.
 *
 * @param id a UUIDv7; a node runs each id once
 * @param idempotencyKey the same for a request and its retries; the id when there is no retry
 * @param sentAt when it was signed; nodes refuse it when it differs from their clock by more than
 *     {@code ttl}
 * @param ttl how long it may wait before it starts; 1 s to 31 days
 * @param deadline when the asker stops waiting for the end of the work
 * @param sender name of the bot
 * @param collective the fleet it is for
 * @param capability what a node must offer, such as {@code deploy}
 * @param action what to do, such as {@code rollback}
 * @param arguments a JSON object that the action's schema describes
 * @param replyTo the asking replica's reply address
 * @param trace an id that follows the command through logs; may be empty
 */
public record Request(
    String id,
    String idempotencyKey,
    Instant sentAt,
    Duration ttl,
    Instant deadline,
    String sender,
    Caller caller,
    String collective,
    Target target,
    String capability,
    String action,
    JsonNode arguments,
    Delivery delivery,
    String replyTo,
    String trace) {
  /** Shortest and longest time that a request may wait. */
  public static final Duration SHORTEST_TTL = Duration.ofSeconds(1);

  public static final Duration LONGEST_TTL = Duration.ofDays(31);

  public Request {
    Bounds.name(id, "id");
    Bounds.name(idempotencyKey, "idem");
    Bounds.name(sender, "sender");
    Bounds.name(collective, "collective");
    Bounds.name(capability, "capability");
    Bounds.name(action, "action");
    Bounds.name(replyTo, "replyTo");
    Bounds.nameOrEmpty(trace, "trace");
    if (ttl.compareTo(SHORTEST_TTL) < 0 || ttl.compareTo(LONGEST_TTL) > 0) {
      throw new IllegalArgumentException("ttl is " + ttl + "; it must be between 1 s and 31 days");
    }
    if (!arguments.isObject()) {
      throw new IllegalArgumentException("args must be a JSON object");
    }
    arguments = arguments.deepCopy();
  }

  /** The same request for others. */
  public Request withTarget(Target other) {
    return new Request(
        id,
        idempotencyKey,
        sentAt,
        ttl,
        deadline,
        sender,
        caller,
        collective,
        other,
        capability,
        action,
        arguments,
        delivery,
        replyTo,
        trace);
  }
}
