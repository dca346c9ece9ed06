package dev.bandmaster.engine.webhooks;

import java.util.concurrent.atomic.LongAdder;

/** What became of a source's deliveries since the start. */
public final class DeliveryCounts {
  private final LongAdder taken = new LongAdder();
  private final LongAdder known = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();

  void take() {
    taken.increment();
  }

  void know() {
    known.increment();
  }

  /** Theirs is the mistake, or it was ours. */
  void refuse(int status) {
    (status < 500 ? refused : failed).increment();
  }

  long of(WebhookReceiver.Fate fate) {
    return switch (fate) {
      case TAKEN -> taken.sum();
      case KNOWN -> known.sum();
      case REFUSED -> refused.sum();
      case FAILED -> failed.sum();
    };
  }
}
