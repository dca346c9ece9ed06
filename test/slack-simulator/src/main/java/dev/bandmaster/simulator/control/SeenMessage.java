package dev.bandmaster.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message as a client would show it.
 *
 * @param channel the conversation's id
 * @param ts the message's timestamp
 * @param user the author's id
 * @param text the text in Slack's mark-up
 * @param blocks the blocks; an empty array where there are none
 * @param edits how often it was changed
 * @param ephemeralTo the id of the only person who sees it, or null
 * @param threadTs the thread it is in, or null
 * @param replyCount the number of answers to it
 * @param json everything, in the form the control interface answers with
 */
public record SeenMessage(
    String channel,
    String ts,
    String user,
    String text,
    JsonNode blocks,
    int edits,
    @Nullable String ephemeralTo,
    @Nullable String threadTs,
    int replyCount,
    ObjectNode json) {

  static SeenMessage of(ObjectNode json) {
    String thread = Json.text(json, "thread_ts");
    String ephemeral = Json.text(json, "ephemeral_to");
    return new SeenMessage(
        Json.text(json, "channel"),
        Json.text(json, "ts"),
        Json.text(json, "user"),
        Json.text(json, "text"),
        json.path("blocks"),
        json.path("edits").asInt(),
        ephemeral.isEmpty() ? null : ephemeral,
        thread.isEmpty() ? null : thread,
        json.path("reply_count").asInt(),
        json);
  }

  /** The names of the reactions, in the order they came. */
  public List<String> reactions() {
    List<String> names = new ArrayList<>();
    json.path("reactions").forEach(each -> names.add(Json.text(each, "name")));
    return List.copyOf(names);
  }

  /** The attached files, as Slack describes them, each with a {@code content_url}. */
  public List<JsonNode> files() {
    return json.path("files").valueStream().toList();
  }

  /** The action ids of everything in the message that can be clicked, from top to bottom. */
  public List<String> actionIds() {
    return Elements.in(blocks).stream().map(Elements.Found::actionId).toList();
  }

  /** All text a person reads in it: the blocks' texts, or the plain text where there are none. */
  public String shown() {
    List<String> parts = new ArrayList<>();
    blocks.forEach(block -> Elements.texts(block, parts));
    return parts.isEmpty() ? text : String.join("\n", parts);
  }

  /** The clickable element with this action id. */
  public Optional<JsonNode> element(String actionId) {
    return Elements.in(blocks).stream()
        .filter(found -> found.actionId().equals(actionId))
        .map(Elements.Found::element)
        .findFirst();
  }
}
