package dev.bandmaster.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Connections to a server on this machine that never send a whole, honest request. They go on only
 * when told to, so that a test decides how much happens.
 */
public final class HostileClients implements AutoCloseable {
  /** How much of a huge body is offered at once. In bytes. */
  private static final int LARGE = 16 << 10;

  private final List<Client> clients = new ArrayList<>();

  /** What such a client does. */
  public enum Kind {
    /** Connects and says nothing. */
    SILENT("", ""),
    /** Begins with headers and sends no more of them. */
    UNFINISHED_HEADERS(
        "GET /health/live HTTP/1.1\r\nHost: x\r\nX-Fill: %s".formatted("y".repeat(4_000)), ""),
    /** Sends a header byte by byte. */
    SLOW_HEADERS("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: ", "z"),
    /** Sends headers without an end. */
    ENDLESS_HEADERS("GET /health/live HTTP/1.1\r\nHost: x\r\n", "X-More: y\r\n".repeat(100)),
    /** Announces a body and sends it byte by byte. */
    SLOW_BODY(post("Content-Length: 100000\r\n\r\n{"), " "),
    /** Announces a body larger than any memory, and sends it. */
    HUGE_BODY(post("Content-Length: 9000000000000\r\n\r\n"), "q".repeat(LARGE)),
    /** Sends a body in chunks that never end. */
    ENDLESS_BODY(
        post("Transfer-Encoding: chunked\r\n\r\n"), "2000\r\n%s\r\n".formatted("c".repeat(0x2000))),
    /** Sends one request and then bytes that are none. */
    PIPELINED_JUNK(
        "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n\u0001\u0002\u0003\r\n\r\n", "!\r\n");

    private final String first;
    private final String next;

    Kind(String first, String next) {
      this.first = first;
      this.next = next;
    }
  }

  private static String post(String rest) {
    return "POST /webhooks/any HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + rest;
  }

  private static final class Client {
    private final SocketChannel channel;
    private final Kind kind;
    private final StringBuilder answer = new StringBuilder();
    private boolean ended;

    private Client(SocketChannel channel, Kind kind) {
      this.channel = channel;
      this.kind = kind;
    }

    private void go(String text) {
      try {
        if (!ended && !text.isEmpty()) {
          channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
        }
      } catch (IOException refused) {
        // What the server has said until then is read all the same.
      }
    }

    private void read() {
      ByteBuffer buffer = ByteBuffer.allocate(1_024);
      try {
        int read = ended ? 0 : channel.read(buffer);
        while (read > 0) {
          if (answer.length() < 64) {
            answer.append(new String(buffer.array(), 0, read, StandardCharsets.ISO_8859_1));
          }
          buffer.clear();
          read = channel.read(buffer);
        }
        ended |= read < 0;
      } catch (IOException reset) {
        ended = true;
      }
    }
  }

  private HostileClients() {}

  /**
   * Connects and sends the beginning.
   *
   * @param port on 127.0.0.1
   * @param count how many in all, of each kind in turn
   */
  public static HostileClients open(int port, int count, Kind... kinds) throws IOException {
    HostileClients all = new HostileClients();
    try {
      for (int i = 0; i < count; i++) {
        SocketChannel channel =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        Client client = new Client(channel, kinds[i % kinds.length]);
        all.clients.add(client);
        client.go(client.kind.first);
      }
    } catch (IOException failed) {
      all.close();
      throw failed;
    }
    return all;
  }

  /** Sends a little more on each connection that is still open. */
  public void goOn() {
    for (Client client : clients) {
      client.go(client.kind.next);
      client.read();
    }
  }

  /** Reads what was answered, without sending anything. */
  public void listen() {
    clients.forEach(Client::read);
  }

  /** How many connections were made. */
  public int count() {
    return clients.size();
  }

  /** How many the server has ended, as far as was read. */
  public long ended() {
    return clients.stream().filter(client -> client.ended).count();
  }

  /** How often each status was the first answer. */
  public Map<Integer, Long> answers() {
    Map<Integer, Long> counts = new TreeMap<>();
    for (Client client : clients) {
      if (client.answer.length() > 12 && client.answer.indexOf("HTTP/1.1 ") == 0) {
        counts.merge(Integer.parseInt(client.answer.substring(9, 12)), 1L, Long::sum);
      }
    }
    return counts;
  }

  @Override
  public void close() {
    for (Client client : clients) {
      try {
        client.channel.close();
      } catch (IOException closed) {
        // It is gone.
      }
    }
  }
}
