package dev.bandmaster.app;

import dev.bandmaster.app.http.Health;
import dev.bandmaster.app.http.Routes;
import dev.bandmaster.app.http.WebServer;
import dev.bandmaster.app.http.api.ApiRoutes;
import dev.bandmaster.app.http.facade.FacadeRoutes;
import dev.bandmaster.config.WebConfig;
import dev.bandmaster.core.backend.BackendState;
import dev.bandmaster.core.backend.Backends;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.core.chat.ChatHealth;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.webhooks.WebhookEndpoint;
import dev.bandmaster.http.HttpBounds;
import dev.bandmaster.http.TlsIdentity;
import dev.bandmaster.yaml.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What machines see of the bot: health and metrics on a page, and where webhooks are taken. */
final class HttpModule implements AutoCloseable {

  private final String replica;
  private final Store store;
  private final ChatPlatform chat;
  private final Backends backends;
  private final InstantSource clock;
  private final WebServer server;
  private final Map<String, Health.Part> before = new ConcurrentHashMap<>();

  /**
   * Takes the port and answers nothing yet.
   *
   * @throws UncheckedIOException with a sentence if the port cannot be taken or the certificate
   *     cannot be used
   */
  HttpModule(
      String replica,
      WebConfig web,
      Store store,
      ChatPlatform chat,
      Backends backends,
      InstantSource clock) {
    this.replica = replica;
    this.store = store;
    this.chat = chat;
    this.backends = backends;
    this.clock = clock;
    this.server =
        new WebServer(
            web.bind(),
            web.port(),
            web.token().map(Secret::reveal),
            bounds(web),
            web.tls().map(HttpModule::identity));
  }

  private static TlsIdentity identity(WebConfig.Tls tls) {
    try {
      return TlsIdentity.read(tls.certificates(), tls.key().reveal());
    } catch (IllegalArgumentException e) {
      String sentence = "'web.tls' cannot be used. " + e.getMessage();
      throw new UncheckedIOException(sentence, new IOException(sentence, e));
    }
  }

  private static HttpBounds bounds(WebConfig web) {
    HttpBounds.Rate rate = HttpBounds.STANDARD.rate();
    return HttpBounds.STANDARD
        .withConnections(web.maxConnections(), web.maxConnections() / 2)
        .withRate(
            new HttpBounds.Rate(
                web.requestsPerSecond(), web.requestsPerSecond() * 4, rate.addresses()));
  }

  /** Starts serving. The metrics are assembled on the first scrape. */
  void start(
      Supplier<BotMetrics> figures,
      WebhookEndpoint posts,
      Optional<ApiRoutes> api,
      Optional<FacadeRoutes> facade) {
    Lazy<BotMetrics> once = new Lazy<>(() -> figures.get().http(server.server()));
    api.ifPresent(routes -> server.server().onClose(routes::close));
    server.start(
        this::health,
        () -> once.get().scrape(),
        posts,
        Stream.<Optional<? extends Routes>>of(api, facade)
            .flatMap(Optional::stream)
            .toArray(Routes[]::new));
  }

  int port() {
    return server.port();
  }

  /** How the parts are that have to work for commands to be carried out. */
  Health health() {
    List<Health.Part> parts = new ArrayList<>(List.of(store(), chat()));
    // A service that is away concerns its environment alone; `status` shows it.
    backends.all().stream()
        .filter(backend -> backend.capabilities().knowsTargets())
        .forEach(backend -> parts.add(part(backend)));
    return new Health(replica, List.copyOf(parts));
  }

  private Health.Part store() {
    try {
      store.outbox().parked();
      return part("store", true, "");
    } catch (StoreUnavailable away) {
      return part("store", false, String.valueOf(away.getMessage()));
    }
  }

  private Health.Part chat() {
    ChatHealth health = chat.health();
    return part(chat.id(), health.connected(), health.description());
  }

  private Health.Part part(ExecutionBackend backend) {
    String name = backend.name();
    return switch (backend.state()) {
      case BackendState.Connected(Instant since) -> new Health.Part(name, true, since, "");
      case BackendState.Blocked(String reason, Instant since) ->
          new Health.Part(name, false, since, "it accepts no messages: " + reason);
      case BackendState.Disconnected(String reason, Instant since) ->
          new Health.Part(name, false, since, reason);
      case BackendState.Refused(String reason, Instant since) ->
          new Health.Part(name, false, since, reason);
      case BackendState.Closed _ -> part(name, false, "closed");
    };
  }

  /** A component whose state is known since it was first observed. */
  private Health.Part part(String name, boolean up, String reason) {
    return before.compute(
        name,
        (key, last) ->
            new Health.Part(
                name,
                up,
                last == null || last.up() != up ? clock.instant() : last.since(),
                reason));
  }

  @Override
  public void close() {
    server.close();
  }
}
