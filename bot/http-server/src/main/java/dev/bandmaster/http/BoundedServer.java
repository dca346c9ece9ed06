package dev.bandmaster.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.util.AsyncExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import kotlin.LazyKt;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server within bounds. It takes its port when it is made, so that a port in use is known
 * before anything else has begun, and answers once started. Anyone who adds routes needs to think
 * of what a request means, and not of what a stranger may do to the process before that.
 */
public final class BoundedServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedServer.class);

  /** Connections that wait in the kernel while the selector is busy. */
  private static final int BACKLOG = 128;

  /** Threads of the server itself: a selector and what it hands on. Requests have virtual ones. */
  private static final int THREADS = 8;

  /** How often connections are looked at that take too long. In milliseconds. */
  private static final long LOOK = 500;

  /** How long requests have to come to an end when the server stops. In milliseconds. */
  private static final long FAREWELL = 2_000;

  private final HttpBounds bounds;
  private final Optional<TlsIdentity> tls;
  private final LongSupplier nanos;
  private final ServerSocketChannel channel;
  private final Refusals refusals = new Refusals();
  private final Connections connections;
  private final ExecutorService requests;
  private final ExecutorService streams;
  private final List<Runnable> closers = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Runnable stop = () -> {};

  /**
   * Takes the port.
   *
   * @param name begins the names of its threads
   * @param port 0 takes a free one
   * @throws IOException if the port cannot be taken
   */
  public BoundedServer(String name, String bind, int port, HttpBounds bounds) throws IOException {
    this(name, bind, port, bounds, Optional.empty());
  }

  /**
   * The same, over TLS.
   *
   * @param tls with what it proves who it is; empty for plain HTTP
   */
  public BoundedServer(
      String name, String bind, int port, HttpBounds bounds, Optional<TlsIdentity> tls)
      throws IOException {
    this(name, bind, port, bounds, tls, System::nanoTime);
  }

  BoundedServer(String name, String bind, int port, HttpBounds bounds, LongSupplier nanos)
      throws IOException {
    this(name, bind, port, bounds, Optional.empty(), nanos);
  }

  BoundedServer(
      String name,
      String bind,
      int port,
      HttpBounds bounds,
      Optional<TlsIdentity> tls,
      LongSupplier nanos)
      throws IOException {
    this.bounds = bounds;
    this.tls = tls;
    this.nanos = nanos;
    this.connections = new Connections(bounds, refusals);
    this.channel = ServerSocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(bind, port), BACKLOG);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
    this.requests = threads(name + "-");
    this.streams = threads(name + "-stream-");
  }

  private static ExecutorService threads(String prefix) {
    return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(prefix, 0).factory());
  }

  /**
   * Begins to answer.
   *
   * @param routes adds what is served
   */
  public void start(Consumer<JavalinConfig> routes) {
    Javalin javalin =
        Javalin.create(config -> {
          configure(config);
          routes.accept(config);
        });
    javalin.start();
    look(javalin.jettyServer().server().getScheduler());
    stop = javalin::stop;
  }

  /** Called when the server stops, before requests are ended: ends endless streams. */
  public void onClose(Runnable closer) {
    closers.add(closer);
  }

  /** The port it listens on. */
  public int port() {
    return channel.socket().getLocalPort();
  }

  /** How many connections are open. */
  public int connections() {
    return connections.count();
  }

  /** How many connections were open at most at the same time. */
  public int mostConnections() {
    return connections.most();
  }

  /** Bytes of bodies that are held at the moment. */
  public long bodyBytes() {
    return connections.bodyBytes();
  }

  /** The reasons for which something is refused, in one word each. */
  public static List<String> reasons() {
    return Arrays.stream(Refusal.values()).map(Refusal::label).toList();
  }

  /** How much was refused for this reason. */
  public long refused(String reason) {
    for (Refusal refusal : Refusal.values()) {
      if (refusal.label().equals(reason)) {
        return refusals.count(refusal);
      }
    }
    throw new IllegalArgumentException("Unknown reason: " + reason);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.concurrency.executor = LazyKt.lazyOf(new AsyncExecutor(streams));
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.maxRequestSize = bounds.bodyBytes();
    config.jetty.threadPool = threadPool();
    config.jetty.modifyHttpConfiguration(this::configureHttp);
    config.jetty.modifyServer(this::configureServer);
    config.routes.exception(IOException.class, BoundedServer::answerBrokenBody);
  }

  private QueuedThreadPool threadPool() {
    QueuedThreadPool pool = new QueuedThreadPool(THREADS, 2);
    pool.setName("http");
    pool.setDaemon(true);
    pool.setReservedThreads(0);
    pool.setVirtualThreadsExecutor(requests);
    return pool;
  }

  private void configureHttp(HttpConfiguration http) {
    http.setRequestHeaderSize(bounds.headerBytes());
    http.setResponseHeaderSize(bounds.headerBytes());
    http.setIdleTimeout(bounds.times().idle().toMillis());
    http.setUriCompliance(UriCompliance.DEFAULT);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
  }

  private void configureServer(Server server) {
    server.removeBean(server.getBean(LowResourceMonitor.class));
    server.setErrorHandler(new PlainErrors());
    HttpConfiguration http = new HttpConfiguration();
    configureHttp(http);
    BoundedConnector connector = new BoundedConnector(server, connections, nanos, factories(http));
    connector.setHost(channel.socket().getInetAddress().getHostAddress());
    connector.setIdleTimeout(bounds.times().idle().toMillis());
    try {
      connector.open(channel);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.addConnector(connector);
    server.insertHandler(new Gate(bounds, connections, refusals, connector::entry, nanos));
  }

  /** How bytes become requests: over TLS first, where there is one. */
  private ConnectionFactory[] factories(HttpConfiguration http) {
    if (tls.isEmpty()) {
      return new ConnectionFactory[] {new HttpConnectionFactory(http)};
    }
    // Which names a client may call us by is decided by what is served.
    http.addCustomizer(new SecureRequestCustomizer(false));
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls.get().contextFactory(), HttpVersion.HTTP_1_1.asString()),
      new HttpConnectionFactory(http)
    };
  }

  private void look(Scheduler scheduler) {
    if (closed.get()) {
      return;
    }
    try {
      connections.expire(nanos.getAsLong());
      refusals.report(nanos.getAsLong());
    } catch (RuntimeException fault) {
      LOG.error("Cannot close slow connections; next attempt in {} ms", LOOK, fault);
    } finally {
      scheduler.schedule(() -> look(scheduler), LOOK, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * A body that was refused while it came; anything else that broke off has nobody to read this.
   */
  private static void answerBrokenBody(IOException broken, Context context) {
    Refusal refusal = RefusedException.behind(broken).orElse(null);
    if (refusal == null) {
      LOG.debug("A request was aborted: {}", broken.getMessage());
      context.status(400).result("The request was aborted.\n");
      return;
    }
    context.header("Connection", "close").header("Cache-Control", "no-store");
    if (refusal.isTemporary()) {
      context.header("Retry-After", "1");
    }
    context.status(refusal.status()).result(refusal.sentence() + "\n");
  }

  /** What the server itself refuses, in plain text and without its name. */
  private static final class PlainErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Gate.write(response, callback, HttpStatus.getMessage(response.getStatus()) + ".", false);
      return true;
    }
  }

  /**
   * Stops. Streams are asked to end and then interrupted first: where the server is gone before the
   * thread of a stream is, Javalin tries forever to end its request.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    closers.forEach(Runnable::run);
    await();
    streams.shutdownNow();
    await();
    connections.closeAll();
    stop.run();
    requests.shutdownNow();
    try {
      channel.close();
    } catch (IOException failed) {
      LOG.debug("Cannot close the port: {}", failed.getMessage());
    }
  }

  /** Until no request is being handled, within the time for it. */
  private void await() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAREWELL);
    while (connections.requests() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
