package dev.bandmaster.engine.reports;

import dev.bandmaster.backends.bus.PresenceCaller;
import dev.bandmaster.bus.BusListener;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.NotForUs;
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

/** Takes what arrives from the bus to whom it concerns. */
public final class BackendReceiver implements BusListener {
  private static final Logger LOG = LoggerFactory.getLogger(BackendReceiver.class);

  private final JobEngine desk;
  private final Presence presence;
  private final Enrolments enrolments;
  private final PresenceCaller call;
  private final Announcements announcements;
  private final FleetWatch watch;
  private final FailureReporter failures;
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong replies = new AtomicLong();
  private final AtomicLong discarded = new AtomicLong();
  private volatile boolean blocked;

  public BackendReceiver(
      JobEngine desk,
      Presence presence,
      Enrolments enrolments,
      PresenceCaller call,
      Announcements announcements,
      FleetWatch watch,
      FailureReporter failures) {
    this.watch = watch;
    this.failures = failures;
    this.desk = desk;
    this.presence = presence;
    this.enrolments = enrolments;
    this.call = call;
    this.announcements = announcements;
  }

  @Override
  public void replies(String seat, List<TargetReport> batch) {
    try {
      desk.replied(seat, batch).join();
      replies.addAndGet(batch.size());
      watch.answered(batch.stream().map(TargetReport::node).collect(Collectors.toSet()));
    } catch (CompletionException e) {
      if (e.getCause() instanceof LeaseLost lost) {
        throw new NotForUs(String.valueOf(lost.getMessage()));
      }
      throw e;
    }
  }

  @Override
  public void presence(List<PresenceEvent> batch) {
    watch.heard(batch);
    try {
      if (presence.observe(batch)) {
        call.soon();
      }
    } finally {
      watch.taken();
    }
  }

  @Override
  public void enrolment(Enrolment enrolment) {
    if (enrolments.ask(enrolment)) {
      call.soon();
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
        "A message that claims to be from '{}' is dropped: {} ({})",
        message.source(),
        message.reason(),
        message.kind());
  }

  @Override
  public void discarded(String routingKey, String reason) {
    discarded.incrementAndGet();
    LOG.warn("A message to {} could not be processed and is discarded: {}", routingKey, reason);
  }

  @Override
  public void stateChanged(BusState state) {
    boolean wasBlocked = blocked;
    blocked = state instanceof BusState.Blocked;
    switch (state) {
      case BusState.Connected _ -> {
        LOG.info("The bus is connected");
        announcements.connected();
        // A broker that has just been short of memory is not asked to carry the whole fleet.
        if (!wasBlocked) {
          call.soon();
        }
      }
      case BusState.Blocked(String reason, var _) ->
          LOG.warn("The broker takes no messages: {}", reason);
      case BusState.Disconnected(String reason, var _) -> {
        watch.cut();
        LOG.warn("The bus is away, trying again: {}", reason);
      }
      case BusState.Refused(String reason, var _) ->
          LOG.error("The broker refuses the bot: {}", reason);
      case BusState.Closed _ -> LOG.info("The bus is closed");
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
