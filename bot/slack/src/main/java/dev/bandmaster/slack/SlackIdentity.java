package dev.bandmaster.slack;

import com.slack.api.methods.response.auth.AuthTestResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Who the bot is in Slack. Asked once; a failed answer is not remembered, so that one bad minute of
 * Slack's does not last. Safe for use by many threads.
 */
final class SlackIdentity {

  /**
   * The bot's own ids.
   *
   * @param enterprise the organization's id, or empty outside Enterprise Grid
   * @param orgWide whether the app is installed for the whole organization
   */
  record Self(
      String team, String enterprise, String user, String bot, String url, boolean orgWide) {}

  /** Who the bot is, or why that is not known. */
  sealed interface Known {
    record Yes(Self self) implements Known {}

    record NotYet(String reason) implements Known {}

    /** The token is invalid, and waiting does not help. */
    record Never(String reason) implements Known {}
  }

  private final SlackCalls calls;
  private final AtomicReference<Optional<Self>> known = new AtomicReference<>(Optional.empty());

  SlackIdentity(SlackCalls calls) {
    this.calls = calls;
  }

  Known get() {
    return known.get().<Known>map(Known.Yes::new).orElseGet(this::ask);
  }

  private Known ask() {
    return switch (calls.call("auth.test", Map.of(), AuthTestResponse.class)) {
      case CallResult.Ok<AuthTestResponse>(var body) -> {
        Self self =
            new Self(
                Objects.requireNonNullElse(body.getTeamId(), ""),
                Objects.requireNonNullElse(body.getEnterpriseId(), ""),
                Objects.requireNonNullElse(body.getUserId(), ""),
                Objects.requireNonNullElse(body.getBotId(), ""),
                Objects.requireNonNullElse(body.getUrl(), ""),
                body.isEnterpriseInstall());
        known.set(Optional.of(self));
        yield new Known.Yes(self);
      }
      case CallResult.Refused<AuthTestResponse>(var error, var needed) ->
          FatalErrors.remedy(error)
              .<Known>map(remedy ->
                  new Known.Never(
                      "Slack does not accept the bot's token (" + error + "). " + remedy))
              .orElseGet(() -> new Known.NotYet("Slack said " + error + "."));
      case CallResult.Limited<AuthTestResponse>(var delay) ->
          new Known.NotYet("Slack limits the rate of calls for " + delay.toSeconds() + " s.");
      case CallResult.Unsent<AuthTestResponse>(var reason) -> new Known.NotYet(reason);
      case CallResult.Unclear<AuthTestResponse>(var reason) -> new Known.NotYet(reason);
    };
  }
}
