package dev.bandmaster.agent.job;

import dev.bandmaster.agent.outbox.ReplyOutbox;
import dev.bandmaster.wire.Reply;
import dev.bandmaster.wire.ReplyBody;
import java.time.InstantSource;

/** The replies of this node to one request, numbered in the order in which they are sent. */
public final class ReplyChannel {

  private final String request;
  private final String replyTo;
  private final NodeIdentity identity;
  private final ReplyOutbox outbox;
  private final InstantSource clock;
  private long sequence;

  ReplyChannel(
      String request,
      String replyTo,
      NodeIdentity identity,
      ReplyOutbox outbox,
      InstantSource clock) {
    this.request = request;
    this.replyTo = replyTo;
    this.identity = identity;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Sends the next reply. */
  public void send(ReplyBody body) {
    send(body, () -> {});
  }

  /** Sends the next reply and runs something once it can no longer be lost. */
  public synchronized void send(ReplyBody body, Runnable kept) {
    sequence++;
    outbox.send(
        replyTo,
        new Reply(request, identity.node(), identity.boot(), sequence, clock.instant(), body),
        kept);
  }
}
