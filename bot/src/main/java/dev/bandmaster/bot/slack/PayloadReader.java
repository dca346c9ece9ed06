package dev.bandmaster.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.bot.chat.Inbound;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.chat.Sender;
import dev.bandmaster.bot.slack.Interpretation.Addressed;
import dev.bandmaster.bot.slack.Interpretation.HomeOpened;
import dev.bandmaster.bot.slack.Interpretation.Ignored;
import dev.bandmaster.bot.slack.Interpretation.NotYet;
import java.time.Duration;
import java.util.Optional;

/** Reads the payloads of people: what they said, typed and clicked. */
final class PayloadReader {

  private final Directory directory;

  PayloadReader(Directory directory) {
    this.directory = directory;
  }

  /** A message. Only a new one by a person counts, and in a channel only one to the bot. */
  Interpretation said(JsonNode payload, SlackIdentity.Self self) {
    JsonNode event = payload.path("event");
    String user = text(event, "user");
    if (event.has("edited") || !DedupeKey.NEW_MESSAGES.contains(text(event, "subtype"))) {
      return new Ignored("not a new message");
    }
    if (event.has("bot_id") || user.isEmpty() || user.equals(self.user())) {
      return new Ignored("the words of a bot");
    }
    String raw = text(event, "text");
    boolean direct = text(event, "channel").startsWith("D");
    if (!direct && !SlackText.mentions(raw, self.user())) {
      return new Ignored("not said to the bot");
    }
    return switch (kind(payload, text(event, "channel"))) {
      case Answer.Unknown<Place.Kind>(var reason) -> new NotYet(reason);
      case Answer.Known<Place.Kind>(var kind, var kindAge) ->
          switch (team(event, user)) {
            case Answer.Unknown<String>(var reason) -> new NotYet(reason);
            case Answer.Known<String>(var team, var teamAge) ->
                new Addressed(
                    new Inbound.Said(
                        new Sender(team, user),
                        new Place(text(event, "channel"), kind, some(event, "thread_ts")),
                        text(event, "ts"),
                        SlackText.read(raw, self.user()),
                        raw));
          };
    };
  }

  /** A click on a button. */
  Interpretation clicked(JsonNode payload) {
    JsonNode action = payload.path("actions").path(0);
    JsonNode container = payload.path("container");
    String channel =
        some(container, "channel_id").orElseGet(() -> text(payload.path("channel"), "id"));
    String message = text(container, "message_ts");
    String user = text(payload.path("user"), "id");
    if (channel.isEmpty() || message.isEmpty() || user.isEmpty()) {
      return new Ignored("a click outside of a message");
    }
    Optional<String> thread =
        some(container, "thread_ts").or(() -> some(payload.path("message"), "thread_ts"));
    return addressed(
        channel,
        payload.path("user"),
        user,
        (sender, kind) ->
            new Inbound.Clicked(
                sender,
                new Place(channel, kind, thread),
                message,
                ActionId.action(text(action, "action_id")),
                text(action, "value"),
                some(payload, "trigger_id")));
  }

  /** A slash command. Slack tells no thread, even where it is typed beside one. */
  Interpretation slashed(JsonNode payload) {
    String channel = text(payload, "channel_id");
    String user = text(payload, "user_id");
    String raw = text(payload, "text");
    if (channel.isEmpty() || user.isEmpty()) {
      return new Ignored("a slash command of nobody");
    }
    return addressed(
        channel,
        payload,
        user,
        (sender, kind) ->
            new Inbound.Slashed(
                sender, new Place(channel, kind, Optional.empty()), SlackText.read(raw, ""), raw));
  }

  /** The home tab; Slack reports its messages tab by the same event. */
  static Interpretation home(JsonNode payload) {
    JsonNode event = payload.path("event");
    return text(event, "tab").equals("home")
        ? new HomeOpened(text(event, "user"))
        : new Ignored("another tab than home");
  }

  private interface Heard {
    Inbound from(Sender sender, Place.Kind kind);
  }

  private Interpretation addressed(String channel, JsonNode of, String user, Heard heard) {
    return switch (directory.kind(channel)) {
      case Answer.Unknown<Place.Kind>(var reason) -> new NotYet(reason);
      case Answer.Known<Place.Kind>(var kind, var kindAge) ->
          switch (some(of, "team_id")
              .<Answer<String>>map(team -> new Answer.Known<>(team, Duration.ZERO))
              .orElseGet(() -> directory.teamOf(user))) {
            case Answer.Unknown<String>(var reason) -> new NotYet(reason);
            case Answer.Known<String>(var team, var teamAge) ->
                new Addressed(heard.from(new Sender(team, user), kind));
          };
    };
  }

  private Answer<Place.Kind> kind(JsonNode payload, String channel) {
    return payload.path("is_ext_shared_channel").asBoolean()
        ? new Answer.Known<>(Place.Kind.SHARED_CHANNEL, Duration.ZERO)
        : directory.kind(channel);
  }

  /** The sender's own workspace; the event's outer one is that of the bot. */
  private Answer<String> team(JsonNode event, String user) {
    return some(event, "user_team")
        .or(() -> some(event, "team"))
        .<Answer<String>>map(team -> new Answer.Known<>(team, Duration.ZERO))
        .orElseGet(() -> directory.teamOf(user));
  }

  private static Optional<String> some(JsonNode node, String field) {
    return Optional.of(text(node, field)).filter(text -> !text.isEmpty());
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }
}
