package dev.bandmaster.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client and a server at the two ends of a line that is broken in every way. */
@Timeout(60)
class FaultProxyTest {

  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private ServerSocket listening;
  private FaultProxy proxy;
  private Socket client;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    proxy = FaultProxy.to("test", listening.getLocalPort(), pauses::add);
    client = dial();
    server = listening.accept();
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    server.close();
    proxy.close();
    listening.close();
  }

  private Socket dial() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private static void send(Socket from, String text) throws IOException {
    from.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String receive(Socket to, int bytes) throws IOException {
    return new String(to.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
  }

  private static String receiveAll(Socket to) throws IOException {
    return new String(to.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void inClearWeatherEverythingPassesInBothDirections() throws IOException {
    send(client, "question");
    assertThat(receive(server, 8)).isEqualTo("question");
    send(server, "answer");
    assertThat(receive(client, 6)).isEqualTo("answer");
    assertThat(pauses).isEmpty();
  }

  @Test
  void aFarewellIsPassedOn() throws IOException {
    send(client, "last");
    client.shutdownOutput();

    assertThat(receiveAll(server)).isEqualTo("last");
    send(server, "still here");
    assertThat(receive(client, 10)).isEqualTo("still here");
  }

  @Test
  void aDelayHoldsUpEveryPiece() throws IOException {
    proxy.weather(new Weather.Delay(Duration.ofMinutes(3)));
    send(client, "late");

    assertThat(receive(server, 4)).isEqualTo("late");
    assertThat(pauses).containsExactly(Duration.ofMinutes(3));
  }

  @Test
  void aThrottleHoldsUpByTheByte() throws IOException {
    proxy.weather(new Weather.Throttle(10));
    send(client, "a".repeat(20));

    assertThat(receive(server, 20)).hasSize(20);
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aBlackHoleKeepsWhatIsSentUntilItIsOver() throws IOException {
    proxy.weather(new Weather.BlackHole());
    send(client, "where am I");
    try (Socket second = dial();
        Socket accepted = listening.accept()) {
      send(second, "and I");
      assertThat(server.getInputStream().available()).isZero();
      assertThat(accepted.getInputStream().available()).isZero();
      proxy.weather(new Weather.Clear());

      assertThat(receive(server, 10)).isEqualTo("where am I");
      assertThat(receive(accepted, 5)).isEqualTo("and I");
    }
  }

  @Test
  void aClosedLineRefusesNewConnectionsAndLeavesTheOldOnes() throws IOException {
    proxy.weather(new Weather.Closed());
    try (Socket second = dial()) {
      assertThatThrownBy(
              () -> {
                send(second, "hello");
                if (second.getInputStream().read() < 0) {
                  throw new IOException("closed");
                }
              })
          .isInstanceOf(IOException.class);
    }
    send(client, "hello");
    assertThat(receive(server, 5)).isEqualTo("hello");
    assertThat(proxy.accepted()).isEqualTo(2);
  }

  @Test
  void aResetBreaksBothEnds() {
    proxy.reset();

    assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> receive(server, 1)).isInstanceOf(IOException.class);
    assertThat(proxy.open()).isZero();
  }

  @Test
  void afterAResetTheLineCanBeDialledAgain() throws IOException {
    proxy.reset();
    try (Socket second = dial();
        Socket accepted = listening.accept()) {
      send(second, "again");
      assertThat(receive(accepted, 5)).isEqualTo("again");
    }
  }

  @Test
  void aHalfCloseEndsOneDirectionOnly() throws IOException {
    proxy.halfClose(Direction.BACK);

    assertThat(receiveAll(client)).isEmpty();
    send(client, "I can speak");
    assertThat(receive(server, 11)).isEqualTo("I can speak");
  }

  @Test
  void aCutLetsSoManyBytesThroughAndResets() throws IOException {
    send(client, "uncut ");
    assertThat(receive(server, 6)).isEqualTo("uncut ");
    proxy.cutAfter(Direction.THERE, 4);
    send(client, "cut here");

    // A reset may throw away what has arrived and was not read yet.
    assertThatThrownBy(
            () -> {
              if (receive(server, 5).length() < 5) {
                throw new IOException("ended");
              }
            })
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(IOException.class);
  }

  @Test
  void whoLeadsNowhereIsRefused() throws IOException {
    listening.close();
    try (Socket second = dial()) {
      assertThatThrownBy(
              () -> {
                if (second.getInputStream().read() < 0) {
                  throw new IOException("closed");
                }
              })
          .isInstanceOf(IOException.class);
    }
  }
}
