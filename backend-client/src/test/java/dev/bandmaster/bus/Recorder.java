package dev.bandmaster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.wire.AlertEvent;
import dev.bandmaster.wire.EnrolledNodes;
import dev.bandmaster.wire.Enrolment;
import dev.bandmaster.wire.PresenceEvent;
import dev.bandmaster.wire.RejectedMessage;
import dev.bandmaster.wire.Reply;
import dev.bandmaster.wire.ReplyBody;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Keeps what a bot's bus hears, and enrols every node by its first key. */
final class Recorder implements BusListener {
  final List<Reply> replies = new CopyOnWriteArrayList<>();
  final List<PresenceEvent> presence = new CopyOnWriteArrayList<>();
  final List<RejectedMessage> rejected = new CopyOnWriteArrayList<>();
  final List<AlertEvent> alerts = new CopyOnWriteArrayList<>();
  final AtomicInteger failuresToThrow = new AtomicInteger();
  private final EnrolledNodes directory;

  Recorder(EnrolledNodes directory) {
    this.directory = directory;
  }

  @Override
  public void replies(List<Reply> batch) {
    if (failuresToThrow.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("the store is busy (on purpose)");
    }
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
        .filter(reply -> reply.request().equals(request) && reply.body() instanceof ReplyBody.Final)
        .map(Reply::node)
        .sorted()
        .toList();
  }

  /**
   * Waits until something holds; the deadline is generous and only there so that a failure ends.
   */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(2_000_000);
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }
}
