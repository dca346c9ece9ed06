package dev.bandmaster.bot.slack;

import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.chat.ChatPostEphemeralResponse;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.chat.ChatUpdateResponse;
import com.slack.api.methods.response.reactions.ReactionsAddResponse;
import com.slack.api.methods.response.reactions.ReactionsRemoveResponse;
import dev.bandmaster.bot.chat.Chat;
import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Sends what the bot has to say to Slack: one item, one attempt, one answer. */
final class SlackChat implements Chat {

  /** How long to wait before something that may safely be done twice is tried again. */
  private static final Duration SOON = Duration.ofSeconds(2);

  /** How long to wait for an operator to mend a token; nothing is lost meanwhile. */
  private static final Duration UNTIL_MENDED = Duration.ofMinutes(1);

  private final SlackCalls calls;
  private final MessageSearch search;
  private final FileUpload files;

  SlackChat(SlackCalls calls, MessageSearch search, FileUpload files) {
    this.calls = calls;
    this.search = search;
    this.files = files;
  }

  @Override
  public Sent send(String id, Outbound item, Optional<String> previous, boolean uncertain) {
    return switch (item) {
      case Outbound.Shown shown ->
          previous.isPresent() ? update(shown, previous.get()) : post(id, shown, uncertain);
      case Outbound.Whispered whispered -> whisper(id, whispered, uncertain);
      case Outbound.Reacted reacted -> react(reacted);
      case Outbound.Attached attached -> files.attach(attached, uncertain);
    };
  }

  private Sent post(String id, Outbound.Shown shown, boolean uncertain) {
    if (uncertain) {
      switch (search.post(id, shown.place())) {
        case MessageSearch.Found.At(var timestamp) -> {
          return new Sent.Done(timestamp);
        }
        case MessageSearch.Found.Unknown(var outcome) -> {
          return outcome;
        }
        case MessageSearch.Found.Nowhere() -> {}
      }
    }
    Map<String, String> form = place(shown.place());
    form.putAll(content(shown));
    form.put("client_msg_id", clientId(id));
    form.put("metadata", MessageSearch.metadata(id));
    form.put("unfurl_links", "false");
    form.put("unfurl_media", "false");
    if (shown.broadcast() && shown.place().thread().isPresent()) {
      form.put("reply_broadcast", "true");
    }
    return once(
        "chat.postMessage",
        calls.call("chat.postMessage", form, ChatPostMessageResponse.class),
        body -> new Sent.Done(body.getTs()));
  }

  private Sent update(Outbound.Shown shown, String previous) {
    Map<String, String> form = new HashMap<>(content(shown));
    form.put("channel", shown.channel());
    form.put("ts", previous);
    Reply<ChatUpdateResponse> reply = calls.call("chat.update", form, ChatUpdateResponse.class);
    if (reply instanceof Reply.Refused<ChatUpdateResponse>(var error, var needed)
        && (error.equals("message_not_found")
            || error.equals("cant_update_message")
            || error.equals("edit_window_closed"))) {
      return new Sent.Gone();
    }
    return again("chat.update", reply, body -> new Sent.Done(previous));
  }

  /** In a DM nobody else listens, so there a whisper is a message, which cannot get lost. */
  private Sent whisper(String id, Outbound.Whispered whispered, boolean uncertain) {
    if (whispered.place().kind() == Place.Kind.DIRECT) {
      return post(id, new Outbound.Shown(whispered.place(), whispered.message(), false), uncertain);
    }
    BlockKit.Rendered rendered = BlockKit.render(whispered.message());
    Map<String, String> form = place(whispered.place());
    form.put("user", whispered.user());
    form.put("text", rendered.text());
    form.put("blocks", rendered.blocks());
    // Seen by one person and gone with the next reload: showing it twice is better than never.
    return again(
        "chat.postEphemeral",
        calls.call("chat.postEphemeral", form, ChatPostEphemeralResponse.class),
        body -> new Sent.Done(""));
  }

  private Sent react(Outbound.Reacted reacted) {
    if (!reacted.emoji().isEmpty()) {
      Sent added =
          reaction(
              "reactions.add",
              reacted,
              reacted.emoji(),
              ReactionsAddResponse.class,
              "already_reacted");
      if (!(added instanceof Sent.Done)) {
        return added;
      }
    }
    if (reacted.removes().isEmpty()) {
      return new Sent.Done("");
    }
    return reaction(
        "reactions.remove",
        reacted,
        reacted.removes(),
        ReactionsRemoveResponse.class,
        "no_reaction");
  }

  private <T extends SlackApiTextResponse> Sent reaction(
      String method, Outbound.Reacted reacted, String emoji, Class<T> type, String asWished) {
    Map<String, String> form =
        Map.of("channel", reacted.channel(), "timestamp", reacted.timestamp(), "name", emoji);
    Reply<T> reply = calls.call(method, form, type);
    if (reply instanceof Reply.Refused<T>(var error, var needed)
        && (error.equals(asWished) || error.equals("message_not_found"))) {
      // A message that its author has deleted wants no reaction any more.
      return new Sent.Done("");
    }
    return again(method, reply, body -> new Sent.Done(""));
  }

  /** For what must not be done twice. */
  static <T> Sent once(String method, Reply<T> reply, Function<T, Sent> whenDone) {
    return switch (reply) {
      case Reply.Ok<T>(var body) -> whenDone.apply(body);
      case Reply.Limited<T>(var delay) -> new Sent.Later(delay, "Slack limits " + method + ".");
      case Reply.Unsent<T>(var reason) -> new Sent.Later(SOON, reason);
      case Reply.Unclear<T>(var reason) -> new Sent.Uncertain(reason);
      case Reply.Refused<T> refusal -> refused(method, refusal);
    };
  }

  /** For what may safely be done twice: an unclear end is a reason to try again. */
  static <T> Sent again(String method, Reply<T> reply, Function<T, Sent> whenDone) {
    return reply instanceof Reply.Unclear<T>(var reason)
        ? new Sent.Later(SOON, reason)
        : once(method, reply, whenDone);
  }

  private static Sent refused(String method, Reply.Refused<?> refusal) {
    if (refusal.error().equals("duplicate_client_msg_id")
        || refusal.error().equals("duplicate_message")) {
      return new Sent.Uncertain("Slack knows the message already (" + refusal.error() + ").");
    }
    boolean token =
        FatalErrors.mending(refusal.error()).isPresent()
            && !refusal.error().equals("missing_scope");
    return token
        ? new Sent.Later(
            UNTIL_MENDED,
            "Slack does not accept the bot's token ("
                + refusal.error()
                + "). "
                + FatalErrors.mending(refusal.error()).orElse(""))
        : new Sent.Rejected(SlackErrors.sentence(method, refusal));
  }

  private static Map<String, String> content(Outbound.Shown shown) {
    BlockKit.Rendered rendered = BlockKit.render(shown.message());
    return Map.of("text", rendered.text(), "blocks", rendered.blocks());
  }

  private static Map<String, String> place(Place place) {
    Map<String, String> form = new HashMap<>();
    form.put("channel", place.channel());
    place.thread().ifPresent(thread -> form.put("thread_ts", thread));
    return form;
  }

  /** Slack wants a UUID; the same item has the same for ever. */
  private static String clientId(String id) {
    return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
