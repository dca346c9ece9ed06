package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.workspace.Bot;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the bodies of the bot's messages from what a call says, and checks them. */
final class Drafts {
  /** Longer texts are refused outright. */
  private static final int LONGEST = 40_000;

  private static final String CUSTOMIZE = "chat:write.customize";

  private static final Set<String> PASSIVE =
      Set.of(
          "mrkdwn",
          "plain_text",
          "image",
          "rich_text_section",
          "rich_text_list",
          "rich_text_preformatted",
          "rich_text_quote");

  private final World world;
  private final Shapes shapes;

  Drafts(World world, Shapes shapes) {
    this.world = world;
    this.shapes = shapes;
  }

  /** A new message of the bot with the text, blocks and metadata of the call. */
  ObjectNode message(Arguments arguments) {
    String text = arguments.text("text");
    Optional<ArrayNode> blocks = blocks(arguments);
    Optional<JsonNode> attachments = arguments.json("attachments").filter(each -> !each.isEmpty());
    if (text.isBlank() && blocks.isEmpty() && attachments.isEmpty()) {
      throw new ApiRefusal("no_text");
    }
    if (text.length() > LONGEST) {
      throw new ApiRefusal("msg_too_long");
    }
    ObjectNode body = signed();
    disguise(arguments, body);
    body.put("text", text);
    blocks.ifPresent(value -> body.set("blocks", value));
    attachments.ifPresent(value -> body.set("attachments", value));
    metadata(arguments).ifPresent(value -> body.set("metadata", value));
    return body;
  }

  /** Another name or picture for this message, for which Slack wants a scope of its own. */
  private void disguise(Arguments arguments, ObjectNode body) {
    List<String> wanted =
        List.of("username", "icon_emoji", "icon_url").stream()
            .filter(field -> !arguments.text(field).isEmpty())
            .toList();
    if (!wanted.isEmpty() && !world.workspace().bot().scopes().contains(CUSTOMIZE)) {
      throw new ApiRefusal("missing_scope", Json.object().put("needed", CUSTOMIZE));
    }
    for (String field : wanted) {
      if (field.equals("username")) {
        body.put("username", arguments.text(field));
      } else {
        body.withObject("/icons").put(field.substring("icon_".length()), arguments.text(field));
      }
    }
  }

  /** An empty message signed by the bot. */
  ObjectNode signed() {
    Bot bot = world.workspace().bot();
    ObjectNode body = Json.object();
    body.put("type", "message");
    body.put("user", bot.userId());
    body.put("bot_id", bot.botId());
    body.put("app_id", bot.appId());
    body.put("team", world.workspace().team().id());
    body.set("bot_profile", shapes.botProfile());
    return body;
  }

  /** The call's blocks, checked and with ids where they had none; nothing where there are none. */
  Optional<ArrayNode> blocks(Arguments arguments) {
    return arguments
        .json("blocks")
        .filter(given -> !given.isArray() || !given.isEmpty())
        .map(given -> checked(given, Surface.MESSAGE, "invalid_blocks"));
  }

  /** Blocks within Slack's limits, with ids; otherwise the call is refused with {@code error}. */
  ArrayNode checked(JsonNode blocks, Surface surface, String error) {
    List<String> problems = BlockRules.check(blocks, surface);
    if (!problems.isEmpty()) {
      throw ApiRefusal.withMessages(error, problems);
    }
    ArrayNode named = blocks.deepCopy();
    named.forEach(this::identified);
    return named;
  }

  /** Gives ids to a block, to the blocks in it and to everything in it that can be used. */
  private void identified(JsonNode block) {
    name((ObjectNode) block, "block_id", "b");
    if (Json.text(block, "type").equals("carousel")) {
      block.path("elements").forEach(this::identified);
      return;
    }
    block.path("child_blocks").forEach(this::identified);
    block.path("elements").forEach(this::interactive);
    block.path("actions").forEach(this::interactive);
    interactive(block.path("accessory"));
    interactive(block.path("element"));
  }

  /** The metadata of the call; it has a type and a payload, or the call is refused. */
  static Optional<JsonNode> metadata(Arguments arguments) {
    Optional<JsonNode> metadata = arguments.json("metadata");
    if (metadata.isPresent()
        && (Json.text(metadata.get(), "event_type").isEmpty()
            || !metadata.get().path("event_payload").isObject())) {
      throw new ApiRefusal("invalid_metadata_format");
    }
    return metadata;
  }

  private void interactive(JsonNode element) {
    if (element instanceof ObjectNode object && !PASSIVE.contains(Json.text(element, "type"))) {
      name(object, "action_id", "a");
    }
  }

  private void name(ObjectNode node, String field, String prefix) {
    if (Json.text(node, field).isEmpty()) {
      node.put(field, world.ids().next(prefix));
    }
  }
}
