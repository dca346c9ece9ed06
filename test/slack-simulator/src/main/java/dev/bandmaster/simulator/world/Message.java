package dev.bandmaster.simulator.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One message as it is now. Immutable; a change makes another.
 *
 * @param channel the conversation it is in
 * @param body the message as Slack sends it, without what follows from other messages (reply
 *     counts)
 * @param edits how often it was changed
 * @param ephemeralTo the only person who sees it, or null where everybody does
 * @param displayed false where no client shows it: Slack accepts an ephemeral message in a thread
 *     without replies, and drops it
 */
public record Message(
    String channel, ObjectNode body, int edits, @Nullable String ephemeralTo, boolean displayed) {
  public Message {
    body = body.deepCopy();
  }

  /** A copy of the body, free to change. */
  @Override
  public ObjectNode body() {
    return body.deepCopy();
  }

  /** The message's identifier within its conversation. */
  public String ts() {
    return Json.text(body, "ts");
  }

  /** Who wrote it: a person's or the bot's user id. */
  public String user() {
    return Json.text(body, "user");
  }

  /** The text in Slack's mark-up. */
  public String text() {
    return Json.text(body, "text");
  }

  /** The thread it is in (the parent's own timestamp for a parent), if any. */
  public Optional<String> threadTs() {
    String thread = Json.text(body, "thread_ts");
    return thread.isEmpty() ? Optional.empty() : Optional.of(thread);
  }

  /** Whether it is an answer in a thread and not the thread's first message. */
  public boolean isReply() {
    return threadTs().filter(thread -> !thread.equals(ts())).isPresent();
  }

  /** Whether it is shown in the conversation itself: no answer, or one that was broadcast. */
  public boolean isTopLevel() {
    return !isReply() || "thread_broadcast".equals(Json.text(body, "subtype"));
  }

  /** Whether this person may see it. */
  public boolean visibleTo(String person) {
    return displayed && (ephemeralTo == null || ephemeralTo.equals(person));
  }

  /** The value of one field, or a missing node. */
  public JsonNode get(String field) {
    return body.path(field).deepCopy();
  }

  /** The same message after a change that people see as an edit. */
  public Message edited(Consumer<ObjectNode> change) {
    ObjectNode next = body();
    change.accept(next);
    return new Message(channel, next, edits + 1, ephemeralTo, displayed);
  }

  /** The same message after a change that is no edit, such as a reaction. */
  public Message touched(Consumer<ObjectNode> change) {
    ObjectNode next = body();
    change.accept(next);
    return new Message(channel, next, edits, ephemeralTo, displayed);
  }
}
