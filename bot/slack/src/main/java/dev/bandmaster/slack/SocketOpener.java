package dev.bandmaster.slack;

import com.slack.api.methods.response.apps.connections.AppsConnectionsOpenResponse;
import java.time.Duration;
import java.util.Map;

/** Asks Slack where to open a socket. */
final class SocketOpener {

  /** What came of it. */
  sealed interface Opening {
    /** Open it here; the address holds a ticket and is not logged. */
    record At(String url) implements Opening {}

    /** It does not work as things are, and trying again at once does not help. */
    record Fatal(String reason) implements Opening {}

    /** Not now. */
    record NotNow(String reason, Duration atLeast) implements Opening {}
  }

  private final SlackCalls calls;

  SocketOpener(SlackCalls calls) {
    this.calls = calls;
  }

  Opening open() {
    return switch (calls.call(
        "apps.connections.open", Map.of(), AppsConnectionsOpenResponse.class)) {
      case CallResult.Ok<AppsConnectionsOpenResponse>(var body) -> new Opening.At(body.getUrl());
      case CallResult.Refused<AppsConnectionsOpenResponse>(var error, var needed) ->
          FatalErrors.remedy(error)
              .<Opening>map(
                  remedy -> new Opening.Fatal("Slack refused a socket (" + error + "). " + remedy))
              .orElseGet(() -> notNow("Slack said " + error + ".", Duration.ZERO));
      case CallResult.Limited<AppsConnectionsOpenResponse>(var delay) ->
          notNow("Slack limits the rate of opening sockets.", delay);
      case CallResult.Unsent<AppsConnectionsOpenResponse>(var reason) ->
          notNow(reason, Duration.ZERO);
      case CallResult.Unclear<AppsConnectionsOpenResponse>(var reason) ->
          notNow(reason, Duration.ZERO);
    };
  }

  private static Opening notNow(String reason, Duration atLeast) {
    return new Opening.NotNow(reason, atLeast);
  }
}
