package dev.bandmaster.agent.job;

import dev.bandmaster.agent.outbox.ReplyOutbox;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import java.time.InstantSource;

/**
 * Opens a channel of replies for each request and numbers the replies of all of them in the order
 * in which they are handed over. One count for all, since a request may arrive twice and then has
 * two channels, and the caller drops messages with a lower number than an earlier one.
 */
public final class ReplyChannels {

  private final NodeIdentity identity;
  private final ReplyOutbox outbox;
  private final InstantSource clock;
  private long sequence;

  /** Channels of one node that lead to one outbox. */
  public ReplyChannels(NodeIdentity identity, ReplyOutbox outbox, InstantSource clock) {
    this.identity = identity;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** A channel for a request; one for each time it arrives or is reported. */
  public ReplyChannel open(String request, String replyTo) {
    return new ReplyChannel(request, replyTo, this);
  }

  void awaitRoom() {
    outbox.awaitRoom();
  }

  synchronized void send(String request, String replyTo, ReportBody body, Runnable kept) {
    sequence++;
    outbox.send(
        replyTo,
        new TargetReport(
            request, identity.node(), identity.boot(), sequence, clock.instant(), body),
        kept);
  }
}
