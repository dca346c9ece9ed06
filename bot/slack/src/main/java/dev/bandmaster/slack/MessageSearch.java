package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.model.Message;
import com.slack.api.model.ResponseMetadata;
import dev.bandmaster.core.chat.Chat.Sent;
import dev.bandmaster.core.chat.ConversationRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what is there: what may have been posted before, by what the bot itself wrote into it,
 * and whether a thread has replies.
 */
final class MessageSearch {

  private static final Logger LOG = LoggerFactory.getLogger(MessageSearch.class);

  /** The type of the metadata in which a message carries its item's id. */
  private static final String EVENT_TYPE = "bandmaster_item";

  private static final String PAGE = "200";

  /**
   * Slack returns the first message of a thread whatever the limit is, so one alone says nothing.
   */
  private static final String FIRST_AND_ONE_REPLY = "2";

  /** Pages to look through: what is sought was posted minutes ago at the most. */
  private static final int MOST_PAGES = 10;

  /** What a search found. */
  sealed interface Found {
    record At(String timestamp) implements Found {}

    record Nowhere() implements Found {}

    /** It cannot be said now; this is what to tell the outbox. */
    record Unknown(Sent outcome) implements Found {}
  }

  private final SlackCalls calls;

  MessageSearch(SlackCalls calls) {
    this.calls = calls;
  }

  /**
   * The metadata of a message. Everybody in the channel can read it, so it is an id and no more.
   */
  static String metadata(String id) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    metadata.put("event_type", EVENT_TYPE);
    metadata.putObject("event_payload").put("id", id);
    return metadata.toString();
  }

  /** Looks for the message of an item where it would have been posted. */
  Found post(String id, ConversationRef place) {
    return find(place, message -> carries(message, id));
  }

  /** Looks for a message with a file of this name. */
  Found file(String name, ConversationRef place) {
    return find(
        place,
        message ->
            message.getFiles() != null
                && message.getFiles().stream().anyMatch(file -> name.equals(file.getName())));
  }

  /**
   * Whether a thread has replies that everybody sees. False where Slack does not say so: what is
   * shown in the channel is always seen.
   *
   * @param place names a thread
   */
  boolean isActive(ConversationRef place) {
    String thread = place.thread().orElseThrow();
    Map<String, String> form =
        Map.of("channel", place.channel(), "ts", thread, "limit", FIRST_AND_ONE_REPLY);
    CallResult<ConversationsRepliesResponse> reply =
        calls.call("conversations.replies", form, ConversationsRepliesResponse.class);
    return reply instanceof CallResult.Ok<ConversationsRepliesResponse>(var body)
        && orEmpty(body.getMessages()).stream()
            .anyMatch(message -> !thread.equals(message.getTs()));
  }

  private Found find(ConversationRef place, Predicate<Message> sought) {
    return place.thread().isPresent()
        ? pages(
            "conversations.replies",
            place,
            ConversationsRepliesResponse.class,
            ConversationsRepliesResponse::getMessages,
            ConversationsRepliesResponse::getResponseMetadata,
            sought)
        : pages(
            "conversations.history",
            place,
            ConversationsHistoryResponse.class,
            ConversationsHistoryResponse::getMessages,
            ConversationsHistoryResponse::getResponseMetadata,
            sought);
  }

  private <T extends SlackApiTextResponse> Found pages(
      String method,
      ConversationRef place,
      Class<T> type,
      Function<T, @Nullable List<Message>> messages,
      Function<T, @Nullable ResponseMetadata> next,
      Predicate<Message> sought) {
    Map<String, String> form = new HashMap<>();
    form.put("channel", place.channel());
    form.put("ts", place.thread().orElse(""));
    form.put("include_all_metadata", "true");
    form.put("limit", PAGE);
    for (int page = 0; page < MOST_PAGES; page++) {
      CallResult<T> reply = calls.call(method, form, type);
      if (!(reply instanceof CallResult.Ok<T>(var body))) {
        return unknown(method, reply);
      }
      Optional<String> found =
          orEmpty(messages.apply(body)).stream().filter(sought).map(Message::getTs).findFirst();
      if (found.isPresent()) {
        return new Found.At(found.get());
      }
      ResponseMetadata more = next.apply(body);
      String cursor = more == null || more.getNextCursor() == null ? "" : more.getNextCursor();
      if (cursor.isEmpty()) {
        return new Found.Nowhere();
      }
      form.put("cursor", cursor);
    }
    return new Found.Nowhere();
  }

  private static <T> Found unknown(String method, CallResult<T> reply) {
    if (reply instanceof CallResult.Refused<T>(var error, var needed)) {
      // Without the scope to read there is no way to know. A message twice is better than none.
      LOG.warn("Cannot search for an earlier post: {} refused ({}).", method, error);
      return new Found.Nowhere();
    }
    return new Found.Unknown(
        reply instanceof CallResult.Limited<T>(var delay)
            ? new Sent.Later(delay, "Slack limits " + method + ".")
            : new Sent.Later(Duration.ofSeconds(2), "Searching for an earlier post failed."));
  }

  private static boolean carries(Message message, String id) {
    Message.Metadata metadata = message.getMetadata();
    return metadata != null
        && EVENT_TYPE.equals(metadata.getEventType())
        && metadata.getEventPayload() != null
        && id.equals(metadata.getEventPayload().get("id"));
  }

  private static List<Message> orEmpty(@Nullable List<Message> messages) {
    return messages == null ? List.of() : messages;
  }
}
