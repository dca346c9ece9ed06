package dev.bandmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bus.Acknowledgement;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.BusUnavailable;
import dev.bandmaster.bus.Incoming;
import dev.bandmaster.bus.NodeBus;
import dev.bandmaster.bus.RequestHandler;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeEvent;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A bus in memory that can be away, and remembers what it was given in order. */
public final class FakeNodeBus implements NodeBus {

  private final List<TargetReport> replies = new CopyOnWriteArrayList<>();
  private final List<NodeEvent> events = new CopyOnWriteArrayList<>();
  private final List<String> receipts = new CopyOnWriteArrayList<>();
  private volatile @Nullable RequestHandler handler;
  private volatile boolean away;
  private volatile @Nullable CountDownLatch stuck;
  private volatile Predicate<TargetReport> refused = reply -> false;

  @Override
  public void start(RequestHandler requests) {
    handler = requests;
    requests.stateChanged(state());
  }

  @Override
  public void reply(String replyTo, TargetReport reply) throws BusUnavailable {
    CountDownLatch release = stuck;
    if (release != null) {
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new BusUnavailable("interrupted", e);
      }
    }
    if (refused.test(reply)) {
      throw new BusUnavailable("the broker refused the reply (on purpose)", null);
    }
    take(reply);
  }

  private synchronized void take(TargetReport reply) throws BusUnavailable {
    if (away) {
      throw new BusUnavailable("the broker is away", null);
    }
    replies.add(reply);
  }

  @Override
  public void announce(NodeEvent event) throws BusUnavailable {
    if (away) {
      throw new BusUnavailable("the broker is away", null);
    }
    events.add(event);
  }

  @Override
  public BusState state() {
    return away
        ? new BusState.Disconnected("the broker is away", Instant.EPOCH)
        : new BusState.Connected(Instant.EPOCH);
  }

  @Override
  public void close() {
    away = true;
  }

  /** Confirms no reply from now on, and does not say that it does not. */
  void getStuck() {
    stuck = new CountDownLatch(1);
  }

  void getUnstuck() {
    CountDownLatch release = stuck;
    stuck = null;
    if (release != null) {
      release.countDown();
    }
  }

  /** Takes no replies such as these, for ever. */
  void refuse(Predicate<TargetReport> which) {
    refused = which;
  }

  void goAway() {
    away = true;
    handler().stateChanged(state());
  }

  void comeBack() {
    away = false;
    handler().stateChanged(state());
  }

  /** Delivers a request as the real bus would once it has found it genuine. */
  void deliver(Request request) {
    deliver(new Incoming.Genuine(request, false, receipt(request.id())));
  }

  void deliver(Incoming incoming) {
    handler().request(incoming);
  }

  Acknowledgement receipt(String id) {
    return new Acknowledgement() {
      @Override
      public void done() {
        receipts.add(id + " done");
      }

      @Override
      public void again() {
        receipts.add(id + " again");
      }
    };
  }

  List<String> receipts() {
    return receipts;
  }

  public List<NodeEvent> events() {
    return events;
  }

  List<ReportBody> repliesTo(String id) {
    return replies.stream().filter(r -> r.request().equals(id)).map(TargetReport::body).toList();
  }

  List<TargetReport> replies() {
    return replies;
  }

  String outputOf(String id) {
    return repliesTo(id).stream()
        .filter(ReportBody.Output.class::isInstance)
        .map(body -> ((ReportBody.Output) body).text())
        .collect(Collectors.joining());
  }

  /** Waits for the final of a request. */
  ReportBody.Final finalOf(String id) {
    eventually(() -> find(id).isPresent());
    return find(id).orElseThrow();
  }

  ReportBody.Final finalOf(String id, FinalCode code) {
    ReportBody.Final end = finalOf(id);
    assertThat(end.code()).as(end.message()).isEqualTo(code);
    return end;
  }

  private Optional<ReportBody.Final> find(String id) {
    return repliesTo(id).stream()
        .filter(ReportBody.Final.class::isInstance)
        .map(ReportBody.Final.class::cast)
        .findFirst();
  }

  private RequestHandler handler() {
    RequestHandler known = handler;
    if (known == null) {
      throw new IllegalStateException("The bus has not been started.");
    }
    return known;
  }

  static void eventually(BooleanSupplier condition) {
    Instant deadline = Instant.now().plusSeconds(120);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited for too long").isBefore(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }
}
