package dev.bandmaster.bus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and a broker and can cut every connection. */
final class CuttableProxy implements AutoCloseable {
  private final URI broker;
  private final ServerSocket server;
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

  void cut() {
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
        pump(client, upstream);
        pump(upstream, client);
      } catch (IOException closed) {
        cut();
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    Thread.ofVirtual()
        .name("proxy-pump")
        .start(() -> {
          try {
            from.getInputStream().transferTo(to.getOutputStream());
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
