package dev.bandmaster.slack;

import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.methods.response.conversations.ConversationsInfoResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;

/** Finds out before the bot starts whether Slack will let it do its work. */
public final class SlackCheck {

  /** The scopes of the bot's token, as in the app's manifest. */
  static final Set<String> SCOPES =
      Set.of(
          "app_mentions:read",
          "channels:read",
          "chat:write",
          "commands",
          "files:read",
          "files:write",
          "groups:read",
          "im:history",
          "im:read",
          "im:write",
          "reactions:write",
          "usergroups:read",
          "users:read");

  /** Scopes without which the bot works and may, rarely, post a message twice. */
  static final Set<String> SCOPES_TO_LOOK_BACK = Set.of("channels:history", "groups:history");

  private SlackCheck() {}

  /**
   * Checks tokens, scopes, Socket Mode and the bot's place in channels.
   *
   * @param channels ids of the channels that the bot is to work in
   */
  public static List<CheckResult> run(SlackSettings settings, Collection<String> channels) {
    List<CheckResult> findings = new ArrayList<>();
    OkHttpClient http = SlackHttp.client(settings.callTimeout());
    try {
      SlackCalls bot = new SlackCalls(SlackHttp.methods(http, settings.api()), settings::botToken);
      SlackCalls app = new SlackCalls(SlackHttp.methods(http, settings.api()), settings::appToken);
      findings.addAll(token(bot));
      findings.add(socketMode(app));
      channels.forEach(channel -> findings.add(channel(bot, channel)));
    } finally {
      http.connectionPool().evictAll();
      http.dispatcher().executorService().shutdown();
    }
    return List.copyOf(findings);
  }

  private static List<CheckResult> token(SlackCalls bot) {
    String what = "the bot's token";
    CallResult<AuthTestResponse> reply = bot.call("auth.test", Map.of(), AuthTestResponse.class);
    if (!(reply instanceof CallResult.Ok<AuthTestResponse>(var body))) {
      return List.of(problem(what, "auth.test", reply));
    }
    String who = what + " (" + body.getUser() + " in " + body.getTeam() + ")";
    return List.of(new CheckResult.Ok(who), scopes(body));
  }

  private static CheckResult scopes(SlackApiTextResponse body) {
    Set<String> granted =
        Objects.requireNonNullElse(body.getHttpResponseHeaders(), Map.<String, List<String>>of())
            .entrySet()
            .stream()
            .filter(header -> header.getKey().equalsIgnoreCase("x-oauth-scopes"))
            .flatMap(header -> header.getValue().stream())
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(String::strip)
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>(SCOPES);
    missing.addAll(SCOPES_TO_LOOK_BACK);
    missing.removeAll(granted);
    if (missing.isEmpty()) {
      return new CheckResult.Ok("the bot's scopes");
    }
    String consequence =
        SCOPES_TO_LOOK_BACK.containsAll(missing)
            ? "; without it a message may rarely be posted twice"
            : "";
    return new CheckResult.Problem(
        "the bot's scopes",
        "missing: " + String.join(", ", missing) + consequence,
        "Add them in the app's settings under OAuth & Permissions and reinstall the app.");
  }

  private static CheckResult socketMode(SlackCalls app) {
    String what = "Socket Mode";
    return switch (new SocketOpener(app).open()) {
      case SocketOpener.Opening.At(var url) -> new CheckResult.Ok(what);
      case SocketOpener.Opening.Fatal(var reason) ->
          new CheckResult.Problem(
              what, reason, "The app-level token starts with xapp- and has connections:write.");
      case SocketOpener.Opening.NotNow(var reason, var atLeast) ->
          new CheckResult.Problem(
              what, reason, "Check that this machine can reach Slack, then try again.");
    };
  }

  private static CheckResult channel(SlackCalls bot, String channel) {
    String what = "channel " + channel;
    CallResult<ConversationsInfoResponse> reply =
        bot.call("conversations.info", Map.of("channel", channel), ConversationsInfoResponse.class);
    if (!(reply instanceof CallResult.Ok<ConversationsInfoResponse>(var body))) {
      return problem(what, "conversations.info", reply);
    }
    if (body.getChannel().isArchived()) {
      return new CheckResult.Problem(
          what, "It is archived.", "Unarchive it or choose another one.");
    }
    if (!body.getChannel().isMember() && !body.getChannel().isIm()) {
      return new CheckResult.Problem(
          what, "The bot is not in the channel.", "Invite the bot with /invite in the channel.");
    }
    return new CheckResult.Ok(what + " (#" + body.getChannel().getName() + ")");
  }

  private static CheckResult problem(String what, String method, CallResult<?> reply) {
    return switch (reply) {
      case CallResult.Ok<?> ok -> new CheckResult.Ok(what);
      case CallResult.Refused<?> refusal ->
          new CheckResult.Problem(
              what,
              SlackErrors.sentence(method, refusal),
              FatalErrors.remedy(refusal.error())
                  .orElse("Look up the error in Slack's documentation of " + method + "."));
      case CallResult.Limited<?>(var delay) ->
          new CheckResult.Problem(
              what, "Slack limits the rate of calls.", "Try again in " + delay.toSeconds() + " s.");
      case CallResult.Unsent<?>(var reason) ->
          new CheckResult.Problem(what, reason, "Check that this machine can reach Slack.");
      case CallResult.Unclear<?>(var reason) ->
          new CheckResult.Problem(
              what, reason, "Check that this machine can reach Slack, then try again.");
    };
  }
}
