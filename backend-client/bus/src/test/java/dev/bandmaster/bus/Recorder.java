package dev.bandmaster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.EnrolledNodes;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Keeps what a bot's bus receives, and enrols every node by its first key. */
final class Recorder implements BusListener {
  final List<TargetReport> replies = new CopyOnWriteArrayList<>();
  final List<PresenceEvent> presence = new CopyOnWriteArrayList<>();
  final List<RejectedMessage> rejected = new CopyOnWriteArrayList<>();
  final List<AlertEvent> alerts = new CopyOnWriteArrayList<>();
  final AtomicInteger failuresToThrow = new AtomicInteger();

  /** The leases whose replies were received. */
  final Set<String> leases = ConcurrentHashMap.newKeySet();

  /** Done before each batch. */
  volatile Runnable before = () -> {};

  /** Whether a batch of replies began before the one before had ended. */
  volatile boolean atTheSameTime;

  private final AtomicInteger inWork = new AtomicInteger();

  /** Leases that are held elsewhere. */
  final Set<String> lostLeases = ConcurrentHashMap.newKeySet();

  private final EnrolledNodes directory;

  Recorder(EnrolledNodes directory) {
    this.directory = directory;
  }

  @Override
  public void replies(String lease, List<TargetReport> batch) {
    if (inWork.getAndIncrement() > 0) {
      atTheSameTime = true;
    }
    try {
      before.run();
      take(lease, batch);
    } finally {
      inWork.decrementAndGet();
    }
  }

  private void take(String lease, List<TargetReport> batch) {
    if (failuresToThrow.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("the store is busy (on purpose)");
    }
    if (lostLeases.contains(lease)) {
      throw new NotForUs("the seat is held elsewhere (on purpose)");
    }
    leases.add(lease);
    replies.addAll(batch);
  }

  @Override
  public void presence(List<PresenceEvent> batch) {
    presence.addAll(batch);
  }

  @Override
  public void enrolment(Enrolment enrolment) {
    directory.acceptFirst(enrolment);
  }

  @Override
  public void rejected(RejectedMessage message) {
    rejected.add(message);
  }

  @Override
  public void stateChanged(BusState state) {}

  @Override
  public void alert(AlertEvent alert) {
    alerts.add(alert);
  }

  List<String> finalsOf(String request) {
    return replies.stream()
        .filter(
            reply -> reply.request().equals(request) && reply.body() instanceof ReportBody.Final)
        .map(TargetReport::node)
        .sorted()
        .toList();
  }

  static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until something holds; the deadline is generous and only there so that a failure ends.
   */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(2_000_000);
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }
}
