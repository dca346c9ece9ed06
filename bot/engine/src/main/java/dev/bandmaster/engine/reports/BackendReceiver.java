package dev.bandmaster.engine.reports;

import dev.bandmaster.core.backend.BackendListener;
import dev.bandmaster.core.backend.BackendState;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.engine.alerts.FailureReporter;
import dev.bandmaster.engine.alerts.FleetWatch;
import dev.bandmaster.engine.fleet.Announcements;
import dev.bandmaster.engine.fleet.Enrolments;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.jobs.JobEngine;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.TargetReport;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what a backend reports to the parts that it concerns. */
public final class BackendReceiver implements BackendListener {
  private static final Logger LOG = LoggerFactory.getLogger(BackendReceiver.class);

  private final JobEngine engine;
  private final Presence presence;
  private final Enrolments enrolments;
  private final ExecutionBackend backend;
  private final Announcements announcements;
  private final FleetWatch watch;
  private final FailureReporter failures;
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong replies = new AtomicLong();
  private final AtomicLong discarded = new AtomicLong();
  private volatile boolean blocked;

  public BackendReceiver(
      JobEngine engine,
      Presence presence,
      Enrolments enrolments,
      ExecutionBackend backend,
      Announcements announcements,
      FleetWatch watch,
      FailureReporter failures) {
    this.watch = watch;
    this.failures = failures;
    this.engine = engine;
    this.presence = presence;
    this.enrolments = enrolments;
    this.backend = backend;
    this.announcements = announcements;
    presence.onWrongClock(failures::wrongClock);
  }

  @Override
  public void reports(String lease, List<TargetReport> batch) {
    try {
      engine.replied(lease, backend.name(), batch).join();
      replies.addAndGet(batch.size());
      watch.answered(batch.stream().map(TargetReport::node).collect(Collectors.toSet()));
    } catch (CompletionException e) {
      if (e.getCause() instanceof LeaseLost lost) {
        throw lost;
      }
      throw e;
    }
  }

  @Override
  public void presence(List<PresenceEvent> batch) {
    watch.receive(batch);
    try {
      if (presence.observe(batch)) {
        backend.refresh();
      }
    } finally {
      watch.taken();
    }
  }

  @Override
  public void enrolment(Enrolment enrolment) {
    if (enrolments.ask(enrolment)) {
      backend.refresh();
    }
  }

  @Override
  public void alert(AlertEvent alert) {
    failures.raised(alert);
  }

  @Override
  public void rejected(RejectedMessage message) {
    rejected.incrementAndGet();
    failures.rejected(message);
    LOG.warn(
        "Dropped an untrusted message that names '{}' as sender: {} ({})",
        message.source(),
        message.reason(),
        message.kind());
  }

  @Override
  public void discarded(String what, String reason) {
    discarded.incrementAndGet();
    LOG.warn("A report to {} could not be processed and is discarded: {}", what, reason);
  }

  @Override
  public void stateChanged(BackendState state) {
    boolean wasBlocked = blocked;
    blocked = state instanceof BackendState.Blocked;
    switch (state) {
      case BackendState.Connected _ -> {
        LOG.info("Backend {} is connected", backend.name());
        announcements.connected();
        // A broker that has just been short of memory is not asked to carry the whole fleet.
        if (!wasBlocked) {
          backend.refresh();
        }
      }
      case BackendState.Blocked(String reason, var _) ->
          LOG.warn("Backend {} accepts no messages: {}", backend.name(), reason);
      case BackendState.Disconnected(String reason, var _) -> {
        watch.cut();
        LOG.warn("Backend {} is unreachable, retrying: {}", backend.name(), reason);
      }
      case BackendState.Refused(String reason, var _) ->
          LOG.error("Backend {} refuses the bot: {}", backend.name(), reason);
      case BackendState.Closed _ -> LOG.info("Backend {} is closed", backend.name());
    }
  }

  /** How many replies were taken since the start. */
  public long receivedReplies() {
    return replies.get();
  }

  /** How many messages were dropped since the start. */
  public long rejectedMessages() {
    return rejected.get();
  }

  /** How many messages were given up since the start because they could not be processed. */
  public long discardedMessages() {
    return discarded.get();
  }

  /** Whether the broker is connected and takes no messages. */
  public boolean isBlocked() {
    return blocked;
  }
}
