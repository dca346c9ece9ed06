package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.world.Conversation;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Message;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code chat.*}: writing, changing and taking away the bot's messages. */
final class ChatMethods {
  /** A longer text is shown as several messages. */
  private static final int SPLIT_OVER = 4_040;

  /** How long each of those messages is. */
  private static final int PIECE = 4_000;

  /** A longer text cannot be put into an existing message. */
  private static final int LONGEST_UPDATE = 4_000;

  private static final List<String> WRITE = List.of("chat:write");

  private final World world;
  private final Shapes shapes;
  private final Places places;
  private final Drafts drafts;
  private final Supplier<String> base;
  private final Map<String, Place> byClientId = new ConcurrentHashMap<>();

  private record Place(String channel, String ts) {}

  ChatMethods(World world, Shapes shapes, Supplier<String> base) {
    this.world = world;
    this.shapes = shapes;
    this.places = new Places(world);
    this.drafts = new Drafts(world, shapes);
    this.base = base;
  }

  List<ApiMethod> methods() {
    return List.of(
        ApiMethod.bot("chat.postMessage", Rate.POST_PER_WORKSPACE, WRITE, this::post),
        ApiMethod.bot("chat.update", Rate.TIER_3, WRITE, this::update),
        ApiMethod.bot("chat.delete", Rate.TIER_3, WRITE, this::delete),
        ApiMethod.bot("chat.postEphemeral", Rate.TIER_4, WRITE, this::postEphemeral),
        ApiMethod.bot("chat.getPermalink", Rate.HUNDREDS, List.of(), this::permalink));
  }

  private ObjectNode post(Arguments arguments) {
    Conversation conversation = places.writable(arguments.required("channel"));
    ObjectNode body = drafts.message(arguments);
    inThread(arguments, conversation, body);
    String clientId = arguments.text("client_msg_id");
    if (clientId.isEmpty()) {
      return posted(write(conversation, body));
    }
    body.put("client_msg_id", clientId);
    synchronized (byClientId) {
      Place earlier = byClientId.get(clientId);
      if (earlier != null) {
        return posted(again(earlier, conversation));
      }
      Message message = write(conversation, body);
      byClientId.put(clientId, new Place(conversation.id(), message.ts()));
      return posted(message);
    }
  }

  /** The message that was written under the same client id. */
  private Message again(Place place, Conversation conversation) {
    if (!place.channel().equals(conversation.id())) {
      throw new ApiRefusal("duplicate_channel_not_found");
    }
    return world
        .message(place.channel(), place.ts())
        .orElseThrow(() -> new ApiRefusal("duplicate_message_not_found"));
  }

  private Message write(Conversation conversation, ObjectNode body) {
    String text = Json.text(body, "text");
    if (text.length() <= SPLIT_OVER || body.has("blocks")) {
      return world.post(conversation.id(), body, null);
    }
    Message first = world.post(conversation.id(), piece(body, text, 0), null);
    for (int from = PIECE; from < text.length(); from += PIECE) {
      world.post(conversation.id(), piece(body, text, from), null);
    }
    return first;
  }

  private static ObjectNode piece(ObjectNode body, String text, int from) {
    int to = Math.min(text.length(), from + PIECE);
    return body.deepCopy().put("text", text.substring(from, to));
  }

  private void inThread(Arguments arguments, Conversation conversation, ObjectNode body) {
    String thread = arguments.text("thread_ts");
    if (thread.isEmpty()) {
      return;
    }
    Message named =
        world
            .message(conversation.id(), thread)
            .filter(message -> message.ephemeralTo() == null)
            .orElseThrow(() -> new ApiRefusal("thread_not_found"));
    body.put("thread_ts", named.threadTs().orElse(named.ts()));
    if (arguments.flag("reply_broadcast")) {
      body.put("subtype", "thread_broadcast");
    }
  }

  private ObjectNode update(Arguments arguments) {
    Conversation conversation = places.visible(arguments);
    if (conversation.archived()) {
      throw new ApiRefusal("is_inactive");
    }
    Message message = own(conversation, arguments.required("ts"), "cant_update_message");
    String text = arguments.text("text");
    if (text.length() > LONGEST_UPDATE) {
      throw new ApiRefusal("msg_too_long");
    }
    Optional<ArrayNode> blocks = drafts.blocks(arguments);
    if (text.isBlank() && blocks.isEmpty() && arguments.json("attachments").isEmpty()) {
      throw new ApiRefusal("no_text");
    }
    Consumer<ObjectNode> change = changed(arguments, blocks, message);
    Message after =
        world
            .edit(conversation.id(), message.ts(), message.user(), change)
            .orElseThrow(() -> new ApiRefusal("message_not_found"));
    return posted(after).put("text", after.text());
  }

  /** What an update does to a message: a part that the call does not name stays as it is. */
  private static Consumer<ObjectNode> changed(
      Arguments arguments, Optional<ArrayNode> blocks, Message before) {
    Optional<ObjectNode> metadata = Drafts.metadata(arguments).map(ObjectNode.class::cast);
    return body -> {
      if (arguments.has("text")) {
        body.put("text", arguments.text("text"));
      }
      if (arguments.has("blocks")) {
        body.remove("blocks");
      }
      blocks.ifPresent(value -> body.set("blocks", value));
      arguments.json("attachments").ifPresent(value -> body.set("attachments", value));
      metadata.ifPresent(value -> body.set("metadata", value));
      if (arguments.flag("reply_broadcast") && body.has("thread_ts")) {
        body.put("subtype", "thread_broadcast");
      }
      body.putObject("edited").put("user", before.user()).put("ts", before.ts());
    };
  }

  private ObjectNode delete(Arguments arguments) {
    Conversation conversation = places.visible(arguments);
    Message message = own(conversation, arguments.required("ts"), "cant_delete_message");
    world.delete(conversation.id(), message.ts(), message.user());
    return Json.object().put("channel", conversation.id()).put("ts", message.ts());
  }

  private ObjectNode postEphemeral(Arguments arguments) {
    Conversation conversation = places.writable(arguments.required("channel"));
    String named = arguments.required("user");
    String user = world.workspace().byId(named).map(Person::id).orElse(named);
    if (!conversation.members().contains(user)) {
      throw new ApiRefusal("user_not_in_channel");
    }
    ObjectNode body = drafts.message(arguments);
    body.put("is_ephemeral", true);
    inThread(arguments, conversation, body);
    Message message = world.post(conversation.id(), body, user);
    return Json.object().put("message_ts", message.ts());
  }

  private ObjectNode permalink(Arguments arguments) {
    Conversation conversation = places.visible(arguments);
    Message message = places.message(conversation, arguments.required("message_ts"));
    String thread = message.threadTs().map(ts -> "&thread_ts=" + ts).orElse("");
    String link =
        base.get() + "/?channel=" + conversation.id() + "&message_ts=" + message.ts() + thread;
    return Json.object().put("channel", conversation.id()).put("permalink", link);
  }

  private Message own(Conversation conversation, String ts, String otherwise) {
    Message message = places.message(conversation, ts);
    if (!message.user().equals(world.workspace().bot().userId())) {
      throw new ApiRefusal(otherwise);
    }
    return message;
  }

  private ObjectNode posted(Message message) {
    ObjectNode result = Json.object();
    result.put("channel", message.channel());
    result.put("ts", message.ts());
    world
        .conversation(message.channel())
        .ifPresent(place -> result.set("message", shapes.message(message, place)));
    return result;
  }
}
