package dev.bandmaster.app;

import dev.bandmaster.core.chat.EnvelopeSink;
import dev.bandmaster.engine.inbox.InboxWorker;
import java.util.concurrent.atomic.LongAdder;

/**
 * Hands what the chat platform delivers to the inbox and counts it. Safe for use by many threads.
 */
final class InboxMetrics {
  private final LongAdder received = new LongAdder();
  private final LongAdder duplicates = new LongAdder();

  EnvelopeSink.Stored take(
      InboxWorker inbox, String dedupeKey, EnvelopeSink.Kind kind, String envelope, String raw) {
    boolean fresh = inbox.take(dedupeKey, stored(kind), envelope, raw);
    (fresh ? received : duplicates).increment();
    return fresh ? EnvelopeSink.Stored.STORED : EnvelopeSink.Stored.DUPLICATE;
  }

  /** How the sort of a delivery is stored. */
  private static String stored(EnvelopeSink.Kind kind) {
    return switch (kind) {
      case EVENT -> "EVENT";
      case INTERACTION -> "INTERACTION";
      case SLASH -> "SLASH";
    };
  }

  long received() {
    return received.sum();
  }

  long duplicates() {
    return duplicates.sum();
  }
}
