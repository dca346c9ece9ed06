package dev.bandmaster.bus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and a broker and can cut every connection, or read nothing from clients
 * for a while, as a broker does that is in trouble.
 */
final class CuttableProxy implements AutoCloseable {
  private final URI broker;
  private final ServerSocket server;
  private boolean held;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  CuttableProxy(String uri) throws IOException {
    broker = URI.create(uri);
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  /** The broker's address by way of this proxy. */
  String uri() {
    String path = broker.getRawPath();
    return "amqp://" + broker.getRawUserInfo() + "@127.0.0.1:" + server.getLocalPort() + path;
  }

  /** Passes nothing on to the broker until {@link #release}; loses nothing. */
  synchronized void hold() {
    held = true;
  }

  synchronized void release() {
    held = false;
    notifyAll();
  }

  private synchronized void pass() throws IOException {
    try {
      while (held) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  void cut() {
    release();
    sockets.forEach(CuttableProxy::close);
    sockets.clear();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket upstream =
            new Socket(broker.getHost(), broker.getPort() < 0 ? 5672 : broker.getPort());
        sockets.add(client);
        sockets.add(upstream);
        pump(client, upstream, this::pass);
        pump(upstream, client, () -> {});
      } catch (IOException closed) {
        cut();
      }
    }
  }

  private interface Gate {
    void pass() throws IOException;
  }

  private static void pump(Socket from, Socket to, Gate gate) {
    Thread.ofVirtual()
        .name("proxy-pump")
        .start(() -> {
          try {
            var buffer = new byte[8_192];
            int read = from.getInputStream().read(buffer);
            while (read >= 0) {
              gate.pass();
              to.getOutputStream().write(buffer, 0, read);
              read = from.getInputStream().read(buffer);
            }
          } catch (IOException cut) {
            close(from);
          } finally {
            close(to);
          }
        });
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Override
  public void close() {
    close(server);
    cut();
  }
}
