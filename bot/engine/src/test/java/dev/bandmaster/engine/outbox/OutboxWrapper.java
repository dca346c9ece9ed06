package dev.bandmaster.engine.outbox;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An outbox in front of another, of which a test changes what it needs. */
class OutboxWrapper implements Outbox {
  private final Outbox outbox;

  OutboxWrapper(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public List<Item> due(Instant now, Held held, int perLane, int limit) {
    return outbox.due(now, held, perLane, limit);
  }

  @Override
  public List<Claim> claim(String holder, Instant now, Duration lease, List<String> ids) {
    return outbox.claim(holder, now, lease, ids);
  }

  @Override
  public void releaseClaims(String holder) {
    outbox.releaseClaims(holder);
  }

  @Override
  public Optional<Instant> nextAttempt(Instant now) {
    return outbox.nextAttempt(now);
  }

  @Override
  public Settled sent(Claim claim, String timestamp) {
    return outbox.sent(claim, timestamp);
  }

  @Override
  public void postpone(Claim claim, Instant next, boolean uncertain, String reason) {
    outbox.postpone(claim, next, uncertain, reason);
  }

  @Override
  public void repost(Claim claim) {
    outbox.repost(claim);
  }

  @Override
  public void park(Claim claim, String reason, Optional<Change.PostMessage> word) {
    outbox.park(claim, reason, word);
  }

  @Override
  public Optional<Outbound> content(String id) {
    return outbox.content(id);
  }

  @Override
  public Optional<String> at(String channel, String timestamp) {
    return outbox.at(channel, timestamp);
  }

  @Override
  public Shown shown(String id) {
    return outbox.shown(id);
  }

  @Override
  public boolean areUntouched(List<String> ids) {
    return outbox.areUntouched(ids);
  }

  @Override
  public long waiting() {
    return outbox.waiting();
  }

  @Override
  public long parked() {
    return outbox.parked();
  }
}
