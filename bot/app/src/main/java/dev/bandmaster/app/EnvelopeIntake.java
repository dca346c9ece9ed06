package dev.bandmaster.app;

import dev.bandmaster.core.chat.EnvelopeSink;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.inbox.InboxWorker;
import java.util.Optional;

/**
 * Stores what the chat delivers in the inbox, from its start on; what comes earlier is not
 * acknowledged, so the chat delivers it again. Safe for use by many threads.
 */
final class EnvelopeIntake implements EnvelopeSink {
  private final InboxMetrics metrics = new InboxMetrics();
  private volatile Optional<InboxWorker> inbox = Optional.empty();

  void start(InboxWorker worker) {
    inbox = Optional.of(worker);
  }

  @Override
  public Stored store(String dedupeKey, Kind kind, String id, String rawEnvelope) {
    InboxWorker worker =
        inbox.orElseThrow(() -> new StoreUnavailable("the bot has not started yet"));
    return metrics.take(worker, dedupeKey, kind, id, rawEnvelope);
  }

  InboxMetrics metrics() {
    return metrics;
  }
}
