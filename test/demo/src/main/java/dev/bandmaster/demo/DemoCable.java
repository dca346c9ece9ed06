package dev.bandmaster.demo;

import dev.bandmaster.testkit.fault.FaultProxy;
import dev.bandmaster.testkit.fault.Weather;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/** The line from one node to the broker, which can be cut: then the node falls silent. */
final class DemoCable implements AutoCloseable {
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost");

  private final FaultProxy proxy;
  private final String uri;
  private volatile boolean cut;

  private DemoCable(FaultProxy proxy, String uri) {
    this.proxy = proxy;
    this.uri = uri;
  }

  /** Whether a cable can be laid to a broker: only to one on this machine, without TLS. */
  static boolean reaches(String broker) {
    URI uri = URI.create(broker);
    return "amqp".equals(uri.getScheme())
        && uri.getHost() != null
        && THIS_MACHINE.contains(uri.getHost());
  }

  static DemoCable to(String broker) throws IOException {
    URI uri = URI.create(broker);
    int port = uri.getPort() < 0 ? 5672 : uri.getPort();
    FaultProxy proxy = FaultProxy.to("cable", port);
    String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
    return new DemoCable(
        proxy, "amqp://%s127.0.0.1:%d%s".formatted(user, proxy.port(), uri.getRawPath()));
  }

  /** Where the node finds the broker. */
  String uri() {
    return uri;
  }

  boolean isCut() {
    return cut;
  }

  void cut() {
    cut = true;
    proxy.weather(new Weather.Closed());
    proxy.reset();
  }

  void repair() {
    cut = false;
    proxy.weather(new Weather.Clear());
  }

  @Override
  public void close() throws IOException {
    proxy.close();
  }
}
