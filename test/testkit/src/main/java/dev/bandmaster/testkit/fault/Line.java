package dev.bandmaster.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One connection through a proxy: two sockets and a thread for each direction. */
final class Line {
  private static final int PIECE = 8 * 1024;
  private static final long UNCUT = Long.MAX_VALUE;
  private static final long NANOS_A_SECOND = 1_000_000_000L;

  private final Socket client;
  private final Socket server;
  private final Sky sky;
  private final Pause pause;
  private final Consumer<Line> whenOver;
  private final Map<Direction, AtomicLong> left = new EnumMap<>(Direction.class);
  private final AtomicInteger open = new AtomicInteger(Direction.values().length);

  Line(Socket client, Socket server, Sky sky, Pause pause, Consumer<Line> whenOver)
      throws IOException {
    this.client = client;
    this.server = server;
    this.sky = sky;
    this.pause = pause;
    this.whenOver = whenOver;
    for (Direction direction : Direction.values()) {
      left.put(direction, new AtomicLong(UNCUT));
    }
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
  }

  void start(String name) {
    Thread.ofVirtual().name(name + "-there").start(() -> carry(Direction.THERE));
    Thread.ofVirtual().name(name + "-back").start(() -> carry(Direction.BACK));
  }

  private Socket from(Direction direction) {
    return direction == Direction.THERE ? client : server;
  }

  private Socket to(Direction direction) {
    return direction == Direction.THERE ? server : client;
  }

  private AtomicLong left(Direction direction) {
    AtomicLong bytes = left.get(direction);
    if (bytes == null) {
      throw new IllegalStateException("every direction has a length");
    }
    return bytes;
  }

  private void carry(Direction direction) {
    byte[] piece = new byte[PIECE];
    try {
      InputStream in = from(direction).getInputStream();
      OutputStream out = to(direction).getOutputStream();
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        if (!pass(direction, piece, read, out)) {
          reset();
          return;
        }
      }
      to(direction).shutdownOutput();
    } catch (IOException e) {
      // One end is gone, so the other has to be.
      reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reset();
    } finally {
      over();
    }
  }

  /** Lets a piece through as the weather allows; false once the line is cut. */
  private boolean pass(Direction direction, byte[] piece, int length, OutputStream out)
      throws IOException, InterruptedException {
    switch (sky.awaitPassage()) {
      case Weather.Clear(), Weather.Closed(), Weather.BlackHole() -> {}
      case Weather.Delay(Duration by) -> pause.pass(by);
      case Weather.Throttle(int bytesPerSecond) ->
          pause.pass(Duration.ofNanos(length * NANOS_A_SECOND / bytesPerSecond));
    }
    AtomicLong bytes = left(direction);
    long before = bytes.getAndUpdate(now -> now == UNCUT ? UNCUT : Math.max(now - length, 0));
    int passing = (int) Math.min(before, length);
    out.write(piece, 0, passing);
    out.flush();
    return passing == length;
  }

  void cutAfter(Direction direction, long bytes) {
    left(direction).set(bytes);
  }

  void halfClose(Direction direction) {
    try {
      to(direction).shutdownOutput();
    } catch (IOException e) {
      // It is closed altogether.
    }
  }

  void reset() {
    abort(client);
    abort(server);
    whenOver.accept(this);
  }

  private void over() {
    if (open.decrementAndGet() == 0) {
      reset();
    }
  }

  /** Closes with a reset instead of a farewell. */
  static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already.
    }
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing more can be done to it.
    }
  }
}
