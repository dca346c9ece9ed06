package dev.bandmaster.agent.job;

import dev.bandmaster.agent.outbox.ReplyOutbox;
import java.time.InstantSource;

/** Opens a channel of replies for each request. */
public final class ReplyChannels {

  private final NodeIdentity identity;
  private final ReplyOutbox outbox;
  private final InstantSource clock;

  /** Channels of one node that lead to one outbox. */
  public ReplyChannels(NodeIdentity identity, ReplyOutbox outbox, InstantSource clock) {
    this.identity = identity;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** A channel whose numbers begin anew; one for each time a request arrives or is reported. */
  public ReplyChannel open(String request, String replyTo) {
    return new ReplyChannel(request, replyTo, identity, outbox, clock);
  }
}
