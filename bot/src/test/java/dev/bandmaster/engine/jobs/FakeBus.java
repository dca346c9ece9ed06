package dev.bandmaster.engine.jobs;

import dev.bandmaster.bus.AgentBus;
import dev.bandmaster.bus.BusListener;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.PublishResult;
import dev.bandmaster.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A bus that answers as it is told and remembers what was sent. */
public final class FakeBus implements AgentBus {
  /** What was published, in order. */
  public final List<Request> published = new CopyOnWriteArrayList<>();

  /** Seats whose replies are taken. */
  public final Set<String> adopted = ConcurrentHashMap.newKeySet();

  private final Queue<PublishResult> answers = new ConcurrentLinkedQueue<>();

  /** Which requests make it fail, however often they are sent. */
  public volatile Predicate<Request> broken = request -> false;

  /** The answers to the next requests; when there are no more, everything is sent. */
  public void answers(PublishResult... next) {
    answers.addAll(List.of(next));
  }

  @Override
  public void start(BusListener listener) {}

  @Override
  public void adopt(String seat) {
    adopted.add(seat);
  }

  @Override
  public void disown(String seat) {
    adopted.remove(seat);
  }

  @Override
  public PublishResult publish(Request request) {
    published.add(request);
    if (broken.test(request)) {
      throw new IllegalStateException("this request can never be sent");
    }
    PublishResult answer = answers.poll();
    return answer == null ? new PublishResult.Sent(List.of()) : answer;
  }

  @Override
  public String replyTo() {
    return "replies.bot-1";
  }

  @Override
  public BusState state() {
    return new BusState.Connected(Instant.EPOCH);
  }

  @Override
  public void close() {}
}
