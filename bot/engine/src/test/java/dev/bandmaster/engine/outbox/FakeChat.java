package dev.bandmaster.engine.outbox;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.Outbound;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A chat that answers as configured, can take its time, and remembers every attempt. */
class FakeChat implements Chat {
  /** An attempt to send. */
  record Attempt(String id, Outbound item, Optional<String> previous, boolean uncertain) {}

  /** A message that was taken away. */
  record Retracted(String channel, String timestamp) {}

  final List<Retracted> retracted = new CopyOnWriteArrayList<>();

  /** What is shown, by item: what arrived last. */
  final Map<String, Outbound> shown;

  private final List<String> arrivals = new CopyOnWriteArrayList<>();

  final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<Sent>> answers = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

  private final Set<String> broken = ConcurrentHashMap.newKeySet();

  FakeChat() {
    this.shown = new ConcurrentHashMap<>();
  }

  /** Another way to the same place. */
  FakeChat(FakeChat same) {
    this.shown = same.shown;
  }

  /** How often an item has arrived. */
  long arrived(String id) {
    return arrivals.stream().filter(id::equals).count();
  }

  /** The answers to the next attempts at an item; afterwards all is well. */
  void answers(String id, Sent... next) {
    answers.computeIfAbsent(id, fresh -> new ConcurrentLinkedQueue<>()).addAll(List.of(next));
  }

  /** Makes attempts at an item take until the latch is open. */
  CountDownLatch holds(String id) {
    CountDownLatch gate = new CountDownLatch(1);
    gates.put(id, gate);
    return gate;
  }

  /** Makes every attempt at an item fail in a way that nobody has thought of. */
  void breaks(String id) {
    broken.add(id);
  }

  List<Attempt> at(String id) {
    return attempts.stream().filter(attempt -> attempt.id().equals(id)).toList();
  }

  @Override
  public Sent send(String id, Outbound item, Optional<String> previous, boolean uncertain) {
    attempts.add(new Attempt(id, item, previous, uncertain));
    if (broken.contains(id)) {
      throw new IllegalStateException("a fault");
    }
    CountDownLatch gate = gates.get(id);
    if (gate != null) {
      pass(gate);
    }
    Queue<Sent> next = answers.get(id);
    Sent answer = next == null ? null : next.poll();
    if (answer == null || answer instanceof Sent.Done) {
      shown.put(id, item);
      arrivals.add(id);
    }
    return answer == null ? new Sent.Done(previous.orElse("ts-" + id)) : answer;
  }

  @Override
  public void retract(String channel, String timestamp) {
    retracted.add(new Retracted(channel, timestamp));
  }

  private static void pass(CountDownLatch gate) {
    try {
      if (!gate.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the gate was never opened");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
