package dev.bandmaster.app.http.api;

import dev.bandmaster.engine.api.ApiCaller;
import dev.bandmaster.engine.webhooks.RequestRate;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who may come in: the right host, no page of another site, a valid token, not too often. */
final class ApiGate {
  private static final String SCHEME = "Bearer ";

  private final ApiSources sources;

  /** One for each person and service with a valid token, so there are never many. */
  private final Map<String, RequestRate> rates = new ConcurrentHashMap<>();

  ApiGate(ApiSources sources) {
    this.sources = sources;
  }

  /** The caller of a request. */
  ApiCaller admit(Context context) {
    checkHost(context);
    ApiCaller caller =
        token(context)
            .flatMap(sources.authentication()::callerOf)
            .orElseThrow(ApiProblem::unauthorised);
    Duration wait =
        rates
            .computeIfAbsent(caller.principal(), _ -> new RequestRate(sources.perMinute()))
            .pass(sources.clock().instant());
    if (!wait.isZero()) {
      throw ApiProblem.tooMany(wait);
    }
    return caller;
  }

  /**
   * A page of another site must not reach the API through the browser of somebody who can: not by a
   * name that its owner lets point here, and not with a request of its own.
   */
  private void checkHost(Context context) {
    String host = Optional.ofNullable(context.header("Host")).orElse("").toLowerCase(Locale.ROOT);
    if (!sources.hosts().contains(name(host))) {
      throw ApiProblem.foreign(
          "The API does not answer for this host. Call it by a name in 'api.hosts' of the bot's configuration.");
    }
    String origin = context.header("Origin");
    if (origin != null
        && !origin.toLowerCase(Locale.ROOT).equals("http://" + host)
        && !origin.toLowerCase(Locale.ROOT).equals("https://" + host)) {
      throw ApiProblem.foreign("The API cannot be used from pages of other sites.");
    }
  }

  /** The token that a request shows. */
  static Optional<String> token(Context context) {
    return Optional.ofNullable(context.header("Authorization"))
        .filter(shown -> shown.startsWith(SCHEME))
        .map(shown -> shown.substring(SCHEME.length()));
  }

  /** A host without its port. */
  private static String name(String host) {
    int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
    return end > 0 ? host.substring(0, end) : host;
  }

  /** Who asked from where, for the audit. */
  static String origin(Context context, ApiCaller caller) {
    return "api, %s, from %s".formatted(caller.credential(), context.req().getRemoteAddr());
  }
}
