package dev.bandmaster.app;

import dev.bandmaster.core.store.Audit;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.Ticker;
import dev.bandmaster.wire.BotKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once a day the end of the audit is signed and goes where a person who can write to the database
 * cannot reach it: to the log and to the operators' channel.
 */
final class AuditAnchors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditAnchors.class);

  private static final Duration TICK = Duration.ofMinutes(1);

  /** Longer than a day, so that each day has one anchor, whichever replica is first. */
  private static final Duration MEMORY = Duration.ofDays(3);

  private final Audit audit;
  private final Supplier<Optional<BotKeys>> keys;
  private final OperatorNotifier operators;
  private final InstantSource clock;
  private final Ticker ticker = new Ticker("audit-anchors", TICK, this::look);
  private String done = "";

  AuditAnchors(
      Audit audit,
      Supplier<Optional<BotKeys>> keys,
      OperatorNotifier operators,
      InstantSource clock) {
    this.audit = audit;
    this.keys = keys;
    this.operators = operators;
    this.clock = clock;
  }

  void start() {
    ticker.start();
  }

  void look() {
    try {
      Instant now = clock.instant();
      String day = now.atZone(ZoneOffset.UTC).toLocalDate().toString();
      if (day.equals(done)) {
        return;
      }
      Audit.Head head = audit.head();
      Optional<BotKeys> signing = keys.get();
      if (head.number() > 0 && signing.isPresent()) {
        operators.sendOnce(
            "audit",
            day,
            MEMORY,
            "The audit log of %s, to be kept: %s"
                .formatted(day, AuditAnchor.of(head, now, signing.get()).line()));
        done = day;
      }
    } catch (StoreUnavailable away) {
      LOG.warn("Cannot anchor the audit log now: {}", away.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Cannot anchor the audit log", e);
    }
  }

  @Override
  public void close() {
    ticker.close();
  }
}
