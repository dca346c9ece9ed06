package dev.bandmaster.testkit.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A line between two programs on this machine that can be broken: the one that connects to {@link
 * #port} speaks with the one that listens on the target's port. Safe for use by many threads.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int DIAL_MILLIS = 5_000;

  private final String name;
  private final int target;
  private final Pause pause;
  private final ServerSocket door;
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private final Sky sky = new Sky();
  private final AtomicLong accepted = new AtomicLong();

  private FaultProxy(String name, int target, Pause pause, ServerSocket door) {
    this.name = name;
    this.target = target;
    this.pause = pause;
    this.door = door;
  }

  /**
   * Opens a line in clear weather.
   *
   * @param name of its threads
   * @param target the port on the loopback address to which it leads
   */
  public static FaultProxy to(String name, int target) throws IOException {
    return to(name, target, Pause.REAL);
  }

  /** The same with time as a parameter. */
  public static FaultProxy to(String name, int target, Pause pause) throws IOException {
    ServerSocket door = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    FaultProxy proxy = new FaultProxy(name, target, pause, door);
    Thread.ofVirtual().name(name + "-door").start(proxy::accept);
    return proxy;
  }

  /** The port on the loopback address to connect to. */
  public int port() {
    return door.getLocalPort();
  }

  /** What the line is for. */
  public String name() {
    return name;
  }

  /** How many connections were opened so far, refused ones included. */
  public long accepted() {
    return accepted.get();
  }

  /** How many connections are open. */
  public int open() {
    return lines.size();
  }

  /** Changes the weather for all connections, those to come included. */
  public void weather(Weather now) {
    sky.change(now);
  }

  /** Breaks every open connection with a reset, in the middle of whatever is on its way. */
  public void reset() {
    lines.forEach(Line::reset);
  }

  /** Tells one side of every open connection that the other has nothing more to say. */
  public void halfClose(Direction direction) {
    lines.forEach(line -> line.halfClose(direction));
  }

  /**
   * Resets each open connection once so many further bytes have passed on it.
   *
   * @param bytes 0 or more; the byte after them does not pass
   */
  public void cutAfter(Direction direction, long bytes) {
    lines.forEach(line -> line.cutAfter(direction, bytes));
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        accepted.incrementAndGet();
        if (sky.now() instanceof Weather.Closed) {
          Line.abort(client);
        } else {
          connect(client);
        }
      } catch (IOException e) {
        // The door was closed, or somebody left before being let in.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server = new Socket();
    try {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), DIAL_MILLIS);
    } catch (IOException nobodyThere) {
      server.close();
      Line.abort(client);
      return;
    }
    Line line = new Line(client, server, sky, pause, lines::remove);
    lines.add(line);
    line.start(name);
  }

  /** Stops listening and breaks all connections. */
  @Override
  public void close() throws IOException {
    door.close();
    reset();
    sky.change(new Weather.Clear());
  }
}
