package dev.bandmaster.bot.outbox;

import dev.bandmaster.bot.store.Outbox;
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
  public List<Item> due(Instant now, int limit) {
    return outbox.due(now, limit);
  }

  @Override
  public Optional<Instant> nextAttempt() {
    return outbox.nextAttempt();
  }

  @Override
  public void sent(String id, long version, String timestamp) {
    outbox.sent(id, version, timestamp);
  }

  @Override
  public void postpone(String id, Instant next, boolean uncertain, String reason) {
    outbox.postpone(id, next, uncertain, reason);
  }

  @Override
  public void repost(String id) {
    outbox.repost(id);
  }

  @Override
  public void park(String id, String reason) {
    outbox.park(id, reason);
  }

  @Override
  public long waiting() {
    return outbox.waiting();
  }

  @Override
  public long parked() {
    return outbox.parked();
  }

  @Override
  public Optional<String> timestamp(String id) {
    return outbox.timestamp(id);
  }
}
