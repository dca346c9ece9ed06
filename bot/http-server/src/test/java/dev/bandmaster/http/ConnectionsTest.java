package dev.bandmaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which connection makes room, and what takes too long. */
class ConnectionsTest {
  private static final HttpBounds SMALL =
      HttpBounds.STANDARD
          .withConnections(4, 3)
          .withBodies(100, 250)
          .withTimes(
              new HttpBounds.Times(
                  Duration.ofSeconds(10),
                  Duration.ofSeconds(20),
                  Duration.ofSeconds(60),
                  Duration.ofSeconds(30)));

  private final Refusals refusals = new Refusals();
  private final Connections connections = new Connections(SMALL, refusals);

  /** A connection that remembers what was done to it. */
  private static final class Line implements Connections.Link {
    private long received;
    private boolean streaming;
    private boolean upgraded;
    private Optional<Refusal> refused = Optional.empty();
    private Optional<Refusal> bodyRefused = Optional.empty();
    private boolean closed;

    @Override
    public long received() {
      return received;
    }

    @Override
    public boolean isStreaming() {
      return streaming;
    }

    @Override
    public boolean isUpgraded() {
      return upgraded;
    }

    @Override
    public void refuse(Refusal refusal) {
      if (bodyRefused.isEmpty() && !closed) {
        refused = Optional.of(refusal);
      }
      closed = true;
    }

    @Override
    public void close() {
      closed = true;
    }

    /** The same connection, seen as what brings its body. */
    Connections.Body body() {
      return refusal -> bodyRefused = Optional.of(refusal);
    }
  }

  private static long seconds(long count) {
    return Duration.ofSeconds(count).toNanos();
  }

  private Connections.Entry open(String address, Line line, long second) {
    return connections.open(address, line, seconds(second)).orElseThrow();
  }

  @Test
  void trustT17_theLongestUnfinishedMakesRoomAndWhatIsHandledStays() {
    Line handled = new Line();
    connections.begin(open("a", handled, 0), Optional.empty(), 0);
    Line old = new Line();
    open("b", old, 1);
    Line young = new Line();
    open("c", young, 2);
    open("d", new Line(), 3);
    open("e", new Line(), 4);
    assertThat(connections.count()).isEqualTo(4);
    assertThat(old.refused).contains(Refusal.TOO_MANY_CONNECTIONS);
    assertThat(young.closed || handled.closed).isFalse();
  }

  @Test
  void trustT17_oneAddressMakesRoomAmongItsOwn() {
    Line other = new Line();
    open("b", other, 0);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      lines.add(new Line());
      open("a", lines.getLast(), 1 + i);
    }
    assertThat(connections.count()).isEqualTo(4);
    assertThat(other.closed).isFalse();
    assertThat(lines.stream().filter(line -> line.closed)).hasSize(7);
  }

  @Test
  void trustT17_whereAllIsBeingHandledTheNewOneIsRefused() {
    for (String address : List.of("a", "b", "c", "d")) {
      connections.begin(open(address, new Line(), 0), Optional.empty(), 0);
    }
    Line late = new Line();
    assertThat(connections.open("e", late, seconds(1))).isEmpty();
    assertThat(late.refused).contains(Refusal.TOO_MANY_CONNECTIONS);
    assertThat(connections.count()).isEqualTo(4);
  }

  @Test
  void trustT17_anIdleConnectionOfAnHonestClientGoesLast() {
    Line honest = new Line();
    Connections.Entry entry = open("a", honest, 0);
    connections.begin(entry, Optional.empty(), 0);
    connections.finish(entry, 0);
    for (int i = 0; i < 20; i++) {
      open("x" + i, new Line(), 1 + i);
    }
    assertThat(honest.closed).isFalse();
  }

  @Test
  void trustT17_aByteNowAndThenDoesNotExtendTheTimeForHeaders() {
    Line first = new Line();
    open("a", first, 0);
    Line second = new Line();
    Connections.Entry kept = open("b", second, 0);
    connections.begin(kept, Optional.empty(), 0);
    connections.finish(kept, seconds(1));
    for (int i = 2; i <= 10; i++) {
      first.received++;
      connections.expire(seconds(i));
    }
    assertThat(first.closed).isFalse();
    connections.expire(seconds(11));
    assertThat(first.refused).contains(Refusal.TOO_SLOW);
    assertThat(second.closed).as("an idle connection has more time").isFalse();
    second.received++;
    connections.expire(seconds(20));
    connections.expire(seconds(31));
    assertThat(second.refused).as("once a request has begun").contains(Refusal.TOO_SLOW);
  }

  @Test
  void trustT17_aSlowBodyIsRefusedAndThenCutOff() {
    Line slow = new Line();
    Connections.Entry entry = open("a", slow, 0);
    connections.begin(entry, Optional.of(slow.body()), 0);
    connections.receive(entry, 5);
    connections.expire(seconds(21));
    assertThat(slow.bodyRefused).contains(Refusal.TOO_SLOW);
    assertThat(slow.closed).isFalse();
    connections.expire(seconds(30));
    assertThat(slow.closed).isTrue();
    assertThat(connections.count()).isZero();
    assertThat(connections.bodyBytes()).isZero();
  }

  @Test
  void trustT17_theLargestUnfinishedBodyIsGivenUpWhenAllTogetherAreTooLarge() {
    Line large = new Line();
    Connections.Entry largeEntry = open("a", large, 0);
    connections.begin(largeEntry, Optional.of(large.body()), 0);
    connections.receive(largeEntry, 200);
    Line small = new Line();
    Connections.Entry smallEntry = open("b", small, 0);
    connections.begin(smallEntry, Optional.of(small.body()), 0);
    connections.receive(smallEntry, 60);
    assertThat(large.bodyRefused).contains(Refusal.TOO_MANY_BODIES);
    assertThat(small.bodyRefused).isEmpty();
    assertThat(connections.bodyBytes()).isEqualTo(60);
  }

  @Test
  void trustT17_onlyAStreamOutlastsTheTimeOfARequest() {
    Line hanging = new Line();
    connections.begin(open("a", hanging, 0), Optional.empty(), 0);
    Line stream = new Line();
    stream.streaming = true;
    connections.begin(open("b", stream, 0), Optional.empty(), 0);
    Line socket = new Line();
    socket.upgraded = true;
    Connections.Entry upgraded = open("c", socket, 0);
    connections.begin(upgraded, Optional.empty(), 0);
    connections.finish(upgraded, 0);
    connections.expire(seconds(61));
    assertThat(hanging.closed).isTrue();
    assertThat(stream.closed || socket.closed).isFalse();
  }

  @Test
  void trustT17_whateverHappensTheBoundsHold() {
    long seed = new Random().nextLong();
    System.out.println("seed of the random walk over connections: " + seed);
    Random random = new Random(seed);
    List<Connections.Entry> known = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextLong(seconds(3));
      Optional<Connections.Entry> any =
          known.isEmpty() ? Optional.empty() : Optional.of(known.get(random.nextInt(known.size())));
      switch (random.nextInt(6)) {
        case 0, 1 ->
            connections
                .open(List.of("a", "b", "c").get(random.nextInt(3)), new Line(), now)
                .ifPresent(known::add);
        case 2 -> {
          Line line = new Line();
          long at = now;
          Optional<Connections.Body> body =
              random.nextBoolean() ? Optional.of(line.body()) : Optional.empty();
          any.filter(entry -> connections.begin(entry, body, at))
              .filter(entry -> body.isPresent())
              .ifPresent(entry -> connections.receive(entry, random.nextInt(120)));
        }
        case 3 -> any.ifPresent(connections::close);
        case 4 -> {
          long at = now;
          any.ifPresent(entry -> connections.finish(entry, at));
        }
        default -> connections.expire(now);
      }
      if (known.size() > 50) {
        known.removeFirst();
      }
      assertThat(connections.count()).as("seed %d, step %d", seed, i).isBetween(0, 4);
      assertThat(connections.bodyBytes()).as("seed %d, step %d", seed, i).isBetween(0L, 250L);
    }
  }

  @Test
  void trustT17_ratesAreCountedForAsManyAddressesAsAreRemembered() {
    RequestRates rates = new RequestRates(new HttpBounds.Rate(10, 3, 100));
    for (int i = 0; i < 3; i++) {
      assertThat(rates.take("a", 0)).isTrue();
    }
    assertThat(rates.take("a", 0)).isFalse();
    assertThat(rates.take("b", 0)).as("another address").isTrue();
    assertThat(rates.take("a", Duration.ofMillis(100).toNanos())).as("a tenth later").isTrue();
    for (int i = 0; i < 10_000; i++) {
      rates.take("x" + i, 0);
    }
    assertThat(rates.addresses()).isEqualTo(100);
  }
}
