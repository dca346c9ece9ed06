package dev.bandmaster.app.http.facade;

import dev.bandmaster.config.FacadeConfig;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.engine.api.ApiCaller;
import dev.bandmaster.engine.webhooks.RequestRate;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may come in: with a token, or without one from a network of the configuration. A token that
 * is shown decides alone; a wrong one is refused wherever it comes from.
 */
final class FacadeGate {
  private static final String SCHEME = "Bearer ";

  /** A proxy has passed the request on: its own address says nothing about the client's. */
  private static final List<String> OF_PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  /** What browsers send and scripts do not: a page could make a browser in the network call us. */
  private static final List<String> OF_BROWSERS =
      List.of("Origin", "Referer", "Cookie", "Sec-Fetch-Site", "Sec-Fetch-Mode");

  private final FacadeSources sources;

  /** One for each person and service that was let in, so there are never many. */
  private final Map<String, RequestRate> rates = new ConcurrentHashMap<>();

  FacadeGate(FacadeSources sources) {
    this.sources = sources;
  }

  /**
   * The caller of a request.
   *
   * @param form the token of the form
   */
  ApiCaller admit(Context context, Optional<String> form) {
    switch (sources.hosts().of(context)) {
      case GOOD -> {}
      case OTHER_HOST ->
          throw FacadeProblem.denied(
              "The bot does not answer for this host. Call it by a name in 'api.hosts' of its configuration.");
      case OTHER_SITE ->
          throw FacadeProblem.denied("This cannot be used from pages of other sites.");
    }
    ApiCaller caller = caller(context, form);
    Duration wait =
        rates
            .computeIfAbsent(caller.principal(), _ -> new RequestRate(sources.perMinute()))
            .pass(sources.clock().instant());
    if (!wait.isZero()) {
      throw FacadeProblem.tooMany(wait);
    }
    return caller;
  }

  private ApiCaller caller(Context context, Optional<String> form) {
    Optional<String> header = Optional.ofNullable(context.header("Authorization"));
    if (header.isPresent() && form.isPresent()) {
      throw FacadeProblem.badRequest("Two tokens are given: in a header and in the form.");
    }
    if (header.isPresent() || form.isPresent()) {
      return header
          .filter(shown -> shown.startsWith(SCHEME))
          .map(shown -> shown.substring(SCHEME.length()))
          .or(() -> form)
          .flatMap(sources.authentication()::callerOf)
          .orElseThrow(FacadeProblem::unauthorised);
    }
    return sources.config().networks().stream()
        .filter(network -> network.range().contains(address(context)))
        .max(Comparator.comparingInt(network -> network.range().bits()))
        .map(network -> trusted(context, network))
        .orElseThrow(FacadeProblem::unauthorised);
  }

  private static ApiCaller trusted(Context context, FacadeConfig.Network network) {
    if (OF_PROXIES.stream().anyMatch(name -> context.header(name) != null)) {
      throw FacadeProblem.unauthorised();
    }
    String agent = Optional.ofNullable(context.header("User-Agent")).orElse("");
    if (agent.startsWith("Mozilla/")
        || OF_BROWSERS.stream().anyMatch(name -> context.header(name) != null)) {
      throw FacadeProblem.denied("A browser needs a token.");
    }
    return new ApiCaller(
        UserRef.service(network.service()),
        "service %s by network %s".formatted(network.service(), network.range()));
  }

  private static InetAddress address(Context context) {
    String text = context.req().getRemoteAddr();
    int zone = text.indexOf('%');
    String plain = (zone < 0 ? text : text.substring(0, zone)).replace("[", "").replace("]", "");
    return InetAddress.ofLiteral(plain);
  }

  /** Who asked from where, for the audit. */
  static String origin(Context context, ApiCaller caller) {
    return "facade, %s, from %s".formatted(caller.credential(), context.req().getRemoteAddr());
  }
}
