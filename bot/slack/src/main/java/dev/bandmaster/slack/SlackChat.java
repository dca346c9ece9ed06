package dev.bandmaster.slack;

import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.methods.response.chat.ChatDeleteResponse;
import com.slack.api.methods.response.chat.ChatPostEphemeralResponse;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.chat.ChatUpdateResponse;
import com.slack.api.methods.response.conversations.ConversationsOpenResponse;
import com.slack.api.methods.response.reactions.ReactionsAddResponse;
import com.slack.api.methods.response.reactions.ReactionsRemoveResponse;
import com.slack.api.methods.response.views.ViewsPublishResponse;
import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.plugin.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what the bot has to say to Slack: one item, one attempt, one answer. */
final class SlackChat implements Chat {

  private static final Logger LOG = LoggerFactory.getLogger(SlackChat.class);

  /** How long to wait before something that may safely be done twice is tried again. */
  private static final Duration SOON = Duration.ofSeconds(2);

  /** How long to wait for an operator to fix a token; nothing is lost meanwhile. */
  private static final Duration UNTIL_FIXED = Duration.ofMinutes(1);

  /** Slack remembers the item's id, but the message of that id is there no more. */
  private static final Set<String> POSTED_AND_DELETED =
      Set.of("duplicate_message_not_found", "duplicate_channel_not_found");

  private static final Class<ViewsPublishResponse> VIEW = ViewsPublishResponse.class;

  private final SlackCalls calls;
  private final MessageSearch search;
  private final FileUpload files;
  private final BlockSupport support;

  SlackChat(SlackCalls calls, MessageSearch search, FileUpload files, BlockSupport support) {
    this.calls = calls;
    this.search = search;
    this.files = files;
    this.support = support;
  }

  @Override
  public Sent send(String id, Outbound item, Optional<String> previous, boolean uncertain) {
    Sent sent = attempt(id, item, previous, uncertain);
    if (previous.isPresent() || !(sent instanceof Sent.Gone)) {
      return sent;
    }
    // Of what is not there yet only the thread can be gone.
    return outsideOfItsThread(item)
        .map(outside -> attempt(id, outside, previous, uncertain))
        .filter(second -> !(second instanceof Sent.Gone))
        .orElseGet(() -> new Sent.Rejected("The thread no longer exists.", true));
  }

  private Sent attempt(String id, Outbound item, Optional<String> previous, boolean uncertain) {
    return switch (item) {
      case Outbound.ChannelMessage shown ->
          previous.isPresent() ? update(shown, previous.get()) : post(id, shown, uncertain);
      case Outbound.Ephemeral whispered -> whisper(id, whispered, uncertain);
      case Outbound.Reaction reacted -> react(reacted, previous.isPresent() || uncertain);
      case Outbound.FileAttachment attached -> attach(attached, uncertain);
      case Outbound.HomeTab home -> publish(home);
      case Outbound.Heartbeat _ -> reach();
      case Outbound.ThreadReply below -> attempt(id, below.reply(), previous, uncertain);
    };
  }

  /** Where a thread's first message was deleted, what belongs into it is said in its channel. */
  private static Optional<Outbound> outsideOfItsThread(Outbound item) {
    return switch (item) {
      case Outbound.ChannelMessage shown when shown.place().thread().isPresent() ->
          Optional.of(
              new Outbound.ChannelMessage(
                  shown.place().outsideOfThreads(), shown.message(), false, shown.asker()));
      case Outbound.Ephemeral(ConversationRef place, String user, Message message)
          when place.thread().isPresent() ->
          Optional.of(new Outbound.Ephemeral(place.outsideOfThreads(), user, message));
      case Outbound.FileAttachment attached when attached.place().thread().isPresent() ->
          Optional.of(attached.in(attached.place().outsideOfThreads()));
      case Outbound.ChannelMessage _,
          Outbound.Ephemeral _,
          Outbound.FileAttachment _,
          Outbound.Reaction _,
          Outbound.HomeTab _,
          Outbound.ThreadReply _,
          Outbound.Heartbeat _ ->
          Optional.empty();
    };
  }

  @Override
  public void retract(String channel, String timestamp) {
    Map<String, String> form = Map.of("channel", channel, "ts", timestamp);
    if (!(calls.call("chat.delete", form, ChatDeleteResponse.class) instanceof CallResult.Ok)) {
      LOG.warn("A duplicate message in {} could not be deleted.", channel);
    }
  }

  private Sent post(String id, Outbound.ChannelMessage shown, boolean uncertain) {
    if (isPerson(shown.channel())) {
      return inDirectMessages(shown, direct -> post(id, direct, uncertain));
    }
    if (uncertain) {
      switch (search.post(id, shown.place())) {
        case MessageSearch.Found.At(var timestamp) -> {
          // What is there may be older than what is wanted by now.
          return update(shown, timestamp);
        }
        case MessageSearch.Found.Unknown(var outcome) -> {
          return outcome;
        }
        case MessageSearch.Found.Nowhere() -> {}
      }
    }
    Map<String, String> form = place(shown.place());
    form.put("client_msg_id", clientId(id));
    form.put("metadata", MessageSearch.metadata(id));
    form.put("unfurl_links", "false");
    form.put("unfurl_media", "false");
    if (shown.broadcast() && shown.place().thread().isPresent()) {
      form.put("reply_broadcast", "true");
    }
    CallResult<ChatPostMessageResponse> reply =
        sent(id, "chat.postMessage", form, shown.message(), ChatPostMessageResponse.class);
    if (reply instanceof CallResult.Refused<ChatPostMessageResponse>(var error, var needed)
        && POSTED_AND_DELETED.contains(error)) {
      form.remove("client_msg_id");
      reply = sent(id, "chat.postMessage", form, shown.message(), ChatPostMessageResponse.class);
    }
    return once("chat.postMessage", reply, body -> new Sent.Done(body.getTs()));
  }

  /** A message to a person by id goes into the direct messages with that person. */
  private static boolean isPerson(String channel) {
    return channel.startsWith("U") || channel.startsWith("W");
  }

  private Sent inDirectMessages(
      Outbound.ChannelMessage shown, Function<Outbound.ChannelMessage, Sent> send) {
    return directly(
        shown.channel(),
        place ->
            send.apply(new Outbound.ChannelMessage(place, shown.message(), false, shown.asker())));
  }

  private Sent directly(String user, Function<ConversationRef, Sent> send) {
    String method = "conversations.open";
    return again(
        method,
        calls.call(method, Map.of("users", user), ConversationsOpenResponse.class),
        body ->
            send.apply(
                new ConversationRef(
                    body.getChannel().getId(), ConversationRef.Kind.DIRECT, Optional.empty())));
  }

  private Sent attach(Outbound.FileAttachment attached, boolean uncertain) {
    return isPerson(attached.channel())
        ? directly(attached.channel(), place -> files.attach(attached.in(place), uncertain))
        : files.attach(attached, uncertain);
  }

  private Sent update(Outbound.ChannelMessage shown, String previous) {
    if (isPerson(shown.channel())) {
      return inDirectMessages(shown, direct -> update(direct, previous));
    }
    Map<String, String> form = new HashMap<>();
    form.put("channel", shown.channel());
    form.put("ts", previous);
    CallResult<ChatUpdateResponse> reply =
        sent(previous, "chat.update", form, shown.message(), ChatUpdateResponse.class);
    if (reply instanceof CallResult.Refused<ChatUpdateResponse>(var error, var needed)
        && (error.equals("message_not_found")
            || error.equals("cant_update_message")
            || error.equals("edit_window_closed"))) {
      return new Sent.Gone();
    }
    return again("chat.update", reply, body -> new Sent.Done(previous));
  }

  /**
   * In a DM nobody else listens, so there it is an ordinary message, which cannot get lost. In a
   * channel it goes into its thread only if the thread is active: Slack accepts an ephemeral
   * message in a thread without replies and shows it to nobody.
   */
  private Sent whisper(String id, Outbound.Ephemeral whispered, boolean uncertain) {
    if (whispered.place().kind() == ConversationRef.Kind.DIRECT) {
      return post(
          id,
          new Outbound.ChannelMessage(whispered.place(), whispered.message(), false),
          uncertain);
    }
    boolean active = whispered.place().thread().isEmpty() || search.isActive(whispered.place());
    Map<String, String> form =
        place(active ? whispered.place() : whispered.place().outsideOfThreads());
    form.put("user", whispered.user());
    // Seen by one person and gone with the next reload: showing it twice is better than never.
    return again(
        "chat.postEphemeral",
        sent(id, "chat.postEphemeral", form, whispered.message(), ChatPostEphemeralResponse.class),
        body -> new Sent.Done(""));
  }

  /** A question that costs nothing and is answered only where a message would be taken. */
  private Sent reach() {
    return again(
        "auth.test",
        calls.call("auth.test", Map.of(), AuthTestResponse.class),
        body -> new Sent.Done(""));
  }

  /** The newest content takes the place of what is there, however often it is sent. */
  private Sent publish(Outbound.HomeTab home) {
    String method = "views.publish";
    CallResult<ViewsPublishResponse> reply =
        calls.call(method, view(home, BlockKit.renderHome(home.message())), VIEW);
    if (PlainForm.helps(reply)) {
      LOG.warn("Slack refused the home tab of {}; it is shown as plain text.", home.user());
      reply = calls.call(method, view(home, PlainForm.home(home.message())), VIEW);
    }
    return again(method, reply, body -> new Sent.Done(""));
  }

  private static Map<String, String> view(Outbound.HomeTab home, String view) {
    return Map.of("user_id", home.user(), "view", view);
  }

  /**
   * Sends a message in Slack's modern blocks, where it has any and the workspace takes them; where
   * Slack refuses how it looks, in the classic ones; and where it refuses those, its text alone.
   */
  private <T extends SlackApiTextResponse> CallResult<T> sent(
      String id, String method, Map<String, String> form, Message message, Class<T> type) {
    BlockForm first = isRich(message) ? support.form() : BlockForm.CLASSIC;
    form.putAll(content(message, first));
    CallResult<T> reply = calls.call(method, form, type);
    if (first == BlockForm.MODERN && PlainForm.helps(reply)) {
      form.putAll(content(message, BlockForm.CLASSIC));
      reply = calls.call(method, form, type);
      if (reply instanceof CallResult.Ok<T>) {
        support.refused();
      }
    }
    if (!PlainForm.helps(reply)) {
      return reply;
    }
    LOG.warn("Slack refused how the message {} looks; it is sent as plain text.", id);
    form.putAll(PlainForm.of(message));
    return calls.call(method, form, type);
  }

  private static boolean isRich(Message message) {
    return message.blocks().stream().anyMatch(Message.Rich.class::isInstance);
  }

  /**
   * Adds a mark, and takes the earlier one away if there may be one: removing is what Slack limits
   * most.
   */
  private Sent react(Outbound.Reaction reacted, boolean isMarked) {
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
    if (reacted.removes().isEmpty() || !isMarked) {
      return new Sent.Done(reacted.timestamp());
    }
    return reaction(
        "reactions.remove",
        reacted,
        reacted.removes(),
        ReactionsRemoveResponse.class,
        "no_reaction");
  }

  private <T extends SlackApiTextResponse> Sent reaction(
      String method, Outbound.Reaction reacted, String emoji, Class<T> type, String asWished) {
    Map<String, String> form =
        Map.of("channel", reacted.channel(), "timestamp", reacted.timestamp(), "name", emoji);
    CallResult<T> reply = calls.call(method, form, type);
    if (reply instanceof CallResult.Refused<T>(var error, var needed)
        && (error.equals(asWished) || error.equals("message_not_found"))) {
      // A message that its author has deleted wants no reaction any more.
      return new Sent.Done(reacted.timestamp());
    }
    return again(method, reply, body -> new Sent.Done(reacted.timestamp()));
  }

  /** For what must not be done twice. */
  static <T> Sent once(String method, CallResult<T> reply, Function<T, Sent> whenDone) {
    return switch (reply) {
      case CallResult.Ok<T>(var body) -> whenDone.apply(body);
      case CallResult.Limited<T>(var delay) ->
          new Sent.Limited(delay, "Slack limits " + method + ".");
      case CallResult.Unsent<T>(var reason) -> new Sent.Later(SOON, reason);
      case CallResult.Unclear<T>(var reason) -> new Sent.Uncertain(reason);
      case CallResult.Refused<T> refusal -> refused(method, refusal);
    };
  }

  /** For what may safely be done twice: an unclear end is a reason to try again. */
  static <T> Sent again(String method, CallResult<T> reply, Function<T, Sent> whenDone) {
    return reply instanceof CallResult.Unclear<T>(var reason)
        ? new Sent.Later(SOON, reason)
        : once(method, reply, whenDone);
  }

  private static Sent refused(String method, CallResult.Refused<?> refusal) {
    if (refusal.error().equals("duplicate_client_msg_id")
        || refusal.error().equals("duplicate_message")) {
      return new Sent.Uncertain("Slack already has the message (" + refusal.error() + ").");
    }
    if (SlackErrors.isThreadGone(refusal.error())) {
      return new Sent.Gone();
    }
    boolean token =
        FatalErrors.remedy(refusal.error()).isPresent() && !refusal.error().equals("missing_scope");
    return token
        ? new Sent.Later(
            UNTIL_FIXED,
            "Slack does not accept the bot's token ("
                + refusal.error()
                + "). "
                + FatalErrors.remedy(refusal.error()).orElse(""))
        : new Sent.Rejected(
            SlackErrors.sentence(method, refusal), SlackErrors.isPlace(refusal.error()));
  }

  private static Map<String, String> content(Message message, BlockForm form) {
    BlockKit.Rendered rendered = BlockKit.render(message, form);
    return Map.of("text", rendered.text(), "blocks", rendered.blocks());
  }

  private static Map<String, String> place(ConversationRef place) {
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
