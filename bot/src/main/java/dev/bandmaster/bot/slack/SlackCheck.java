package dev.bandmaster.bot.slack;

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
  public static List<Finding> run(SlackSettings settings, Collection<String> channels) {
    List<Finding> findings = new ArrayList<>();
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

  private static List<Finding> token(SlackCalls bot) {
    String what = "the bot's token";
    Reply<AuthTestResponse> reply = bot.call("auth.test", Map.of(), AuthTestResponse.class);
    if (!(reply instanceof Reply.Ok<AuthTestResponse>(var body))) {
      return List.of(problem(what, "auth.test", reply));
    }
    String who = what + " (" + body.getUser() + " in " + body.getTeam() + ")";
    return List.of(new Finding.Ok(who), scopes(body));
  }

  private static Finding scopes(SlackApiTextResponse body) {
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
      return new Finding.Ok("the bot's scopes");
    }
    String consequence =
        SCOPES_TO_LOOK_BACK.containsAll(missing)
            ? "; without it a message may, rarely, be posted twice"
            : "";
    return new Finding.Problem(
        "the bot's scopes",
        "missing: " + String.join(", ", missing) + consequence,
        "Add them in the app's settings under OAuth & Permissions and install the app again.");
  }

  private static Finding socketMode(SlackCalls app) {
    String what = "Socket Mode";
    return switch (new SocketOpener(app).open()) {
      case SocketOpener.Opening.At(var url) -> new Finding.Ok(what);
      case SocketOpener.Opening.Fatal(var reason) ->
          new Finding.Problem(
              what, reason, "The app-level token begins with xapp- and has connections:write.");
      case SocketOpener.Opening.NotNow(var reason, var atLeast) ->
          new Finding.Problem(what, reason, "Check that this machine reaches Slack; try again.");
    };
  }

  private static Finding channel(SlackCalls bot, String channel) {
    String what = "channel " + channel;
    Reply<ConversationsInfoResponse> reply =
        bot.call("conversations.info", Map.of("channel", channel), ConversationsInfoResponse.class);
    if (!(reply instanceof Reply.Ok<ConversationsInfoResponse>(var body))) {
      return problem(what, "conversations.info", reply);
    }
    if (body.getChannel().isArchived()) {
      return new Finding.Problem(what, "It is archived.", "Unarchive it or name another one.");
    }
    if (!body.getChannel().isMember() && !body.getChannel().isIm()) {
      return new Finding.Problem(
          what, "The bot is not in it.", "Type /invite and the bot's name in the channel.");
    }
    return new Finding.Ok(what + " (#" + body.getChannel().getName() + ")");
  }

  private static Finding problem(String what, String method, Reply<?> reply) {
    return switch (reply) {
      case Reply.Ok<?> ok -> new Finding.Ok(what);
      case Reply.Refused<?> refusal ->
          new Finding.Problem(
              what,
              SlackErrors.sentence(method, refusal),
              FatalErrors.mending(refusal.error())
                  .orElse("Look the error up in Slack's documentation of " + method + "."));
      case Reply.Limited<?>(var delay) ->
          new Finding.Problem(
              what, "Slack limits calls.", "Try again in " + delay.toSeconds() + " s.");
      case Reply.Unsent<?>(var reason) ->
          new Finding.Problem(what, reason, "Check that this machine reaches Slack.");
      case Reply.Unclear<?>(var reason) ->
          new Finding.Problem(what, reason, "Check that this machine reaches Slack; try again.");
    };
  }
}
