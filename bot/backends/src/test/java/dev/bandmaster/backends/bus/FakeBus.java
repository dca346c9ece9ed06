package dev.bandmaster.backends.bus;

import dev.bandmaster.bus.AgentBus;
import dev.bandmaster.bus.BusListener;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.PublishResult;
import dev.bandmaster.wire.Request;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A bus without a broker: it keeps what was published and answers as configured. */
public final class FakeBus implements AgentBus {
  public final BlockingQueue<Request> published = new LinkedBlockingQueue<>();
  public final Queue<PublishResult> results = new ArrayDeque<>();
  final Set<String> leases = new TreeSet<>();
  BusState state = new BusState.Disconnected("not yet", Instant.EPOCH);
  @Nullable BusListener listener;

  @Override
  public void start(BusListener newListener) {
    listener = newListener;
  }

  BusListener started() {
    if (listener == null) {
      throw new IllegalStateException("the bus is not started");
    }
    return listener;
  }

  @Override
  public void acquire(String lease) {
    leases.add(lease);
  }

  @Override
  public void release(String lease) {
    leases.remove(lease);
  }

  @Override
  public PublishResult publish(Request request) {
    published.add(request);
    PublishResult next = results.poll();
    return next == null ? new PublishResult.Sent(List.of()) : next;
  }

  @Override
  public String replyTo() {
    return "bot-1";
  }

  @Override
  public BusState state() {
    return state;
  }

  @Override
  public void close() {
    state = new BusState.Closed(Instant.EPOCH);
  }
}
