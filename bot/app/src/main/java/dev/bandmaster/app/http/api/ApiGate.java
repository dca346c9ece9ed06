package dev.bandmaster.app.http.api;

import dev.bandmaster.app.http.HostCheck;
import dev.bandmaster.engine.api.ApiCaller;
import dev.bandmaster.engine.webhooks.RequestRate;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who may come in: the right host, no page of another site, a valid token, not too often. */
final class ApiGate {
  private static final String SCHEME = "Bearer ";

  private final ApiSources sources;
  private final HostCheck hosts;

  /** One for each person and service with a valid token, so there are never many. */
  private final Map<String, RequestRate> rates = new ConcurrentHashMap<>();

  ApiGate(ApiSources sources) {
    this.sources = sources;
    this.hosts = new HostCheck(sources.hosts());
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

  private void checkHost(Context context) {
    switch (hosts.of(context)) {
      case GOOD -> {}
      case OTHER_HOST ->
          throw ApiProblem.foreign(
              "The API does not answer for this host. Call it by a name in 'api.hosts' of the bot's configuration.");
      case OTHER_SITE ->
          throw ApiProblem.foreign("The API cannot be used from pages of other sites.");
    }
  }

  /** The token that a request shows. */
  static Optional<String> token(Context context) {
    return Optional.ofNullable(context.header("Authorization"))
        .filter(shown -> shown.startsWith(SCHEME))
        .map(shown -> shown.substring(SCHEME.length()));
  }

  /** Who asked from where, for the audit. */
  static String origin(Context context, ApiCaller caller) {
    return "api, %s, from %s".formatted(caller.credential(), context.req().getRemoteAddr());
  }
}
