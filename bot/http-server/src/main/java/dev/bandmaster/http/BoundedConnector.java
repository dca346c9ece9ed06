package dev.bandmaster.http;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

/** Accepts connections and enters each into the table of {@link Connections}. */
final class BoundedConnector extends ServerConnector implements SelectorManager.AcceptListener {
  /** Of an IPv6 address: what one customer usually has to choose from. In bytes. */
  private static final int NETWORK = 8;

  private final Connections connections;
  private final LongSupplier nanos;
  private final boolean isTls;
  private final Map<SelectableChannel, Peer> peers = new ConcurrentHashMap<>();

  /** One connection, as the table may act on it. */
  private static final class Peer implements Connections.Link {
    private final SocketChannel channel;
    private final boolean isTls;
    private volatile @Nullable EndPoint endPoint;
    private volatile @Nullable Response response;
    private volatile Connections.@Nullable Entry entry;

    private Peer(SocketChannel channel, boolean isTls) {
      this.channel = channel;
      this.isTls = isTls;
    }

    @Override
    public long received() {
      EndPoint end = endPoint;
      Connection connection = end == null ? null : end.getConnection();
      return connection == null ? 0 : connection.getBytesIn();
    }

    @Override
    public boolean isStreaming() {
      Response current = response;
      return current != null
          && current.isCommitted()
          && current.getHeaders().contains(HttpHeader.CONTENT_TYPE)
          && String.valueOf(current.getHeaders().get(HttpHeader.CONTENT_TYPE))
              .startsWith("text/event-stream");
    }

    /** What speaks HTTP, behind TLS if there is any. */
    private static @Nullable Connection inner(@Nullable Connection connection) {
      return connection instanceof SslConnection tls
          ? tls.getSslEndPoint().getConnection()
          : connection;
    }

    @Override
    public boolean isUpgraded() {
      EndPoint end = endPoint;
      Connection connection = end == null ? null : inner(end.getConnection());
      Response current = response;
      return (connection != null && !(connection instanceof HttpConnection))
          || (current != null && current.getStatus() == 101);
    }

    /**
     * The answer is short, so that it fits into the socket's buffer or the client is not worth it.
     * Over TLS there is none: it would have to wait for a handshake.
     */
    @Override
    public void refuse(Refusal refusal) {
      try {
        EndPoint end = endPoint;
        ByteBuffer answer = ByteBuffer.wrap(refusal.response());
        if (isTls) {
          return;
        }
        if (end == null) {
          channel.write(answer);
        } else {
          end.flush(answer);
          end.shutdownOutput();
        }
      } catch (IOException gone) {
        // Then nobody waits for it.
      } finally {
        close();
      }
    }

    @Override
    public void close() {
      EndPoint end = endPoint;
      if (end != null) {
        end.close();
        return;
      }
      try {
        channel.close();
      } catch (IOException closed) {
        // It is gone, which is what was wanted.
      }
    }
  }

  BoundedConnector(
      Server server, Connections connections, LongSupplier nanos, ConnectionFactory... factories) {
    // The selector's own thread accepts: there is nothing to gain from another.
    super(server, null, null, null, 0, 1, factories);
    this.connections = connections;
    this.nanos = nanos;
    this.isTls = factories[0] instanceof SslConnectionFactory;
    addBean(this, false);
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    if (!(channel instanceof SocketChannel socket)) {
      return;
    }
    Peer peer = new Peer(socket, isTls);
    peers.put(channel, peer);
    Optional<Connections.Entry> entry = connections.open(address(socket), peer, nanos.getAsLong());
    if (entry.isPresent()) {
      peer.entry = entry.get();
    } else {
      peers.remove(channel);
    }
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, @Nullable Throwable cause) {
    forget(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    forget(channel);
  }

  private void forget(SelectableChannel channel) {
    Peer peer = peers.remove(channel);
    Connections.Entry entry = peer == null ? null : peer.entry;
    if (entry != null) {
      connections.close(entry);
    }
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
    SocketChannelEndPoint end = super.newEndPoint(channel, selector, key);
    Peer peer = peers.get(channel);
    if (peer != null) {
      peer.endPoint = end;
    }
    return end;
  }

  /** The entry of a request's connection; empty if it was closed. */
  Optional<Connections.Entry> entry(Request request, Response response) {
    Object channel = request.getConnectionMetaData().getConnection().getEndPoint().getTransport();
    while (channel instanceof EndPoint outer) {
      channel = outer.getTransport();
    }
    Peer peer = channel instanceof SelectableChannel selectable ? peers.get(selectable) : null;
    if (peer == null) {
      return Optional.empty();
    }
    peer.response = response;
    return Optional.ofNullable(peer.entry);
  }

  private static String address(SocketChannel channel) {
    try {
      SocketAddress remote = channel.getRemoteAddress();
      return remote instanceof InetSocketAddress internet ? key(internet.getAddress()) : "";
    } catch (IOException gone) {
      return "";
    }
  }

  /** What counts as one address. */
  static String key(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK))
        : address.getHostAddress();
  }
}
