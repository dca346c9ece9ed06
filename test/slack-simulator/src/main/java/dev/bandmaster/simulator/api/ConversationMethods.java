package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Conversation;
import dev.bandmaster.simulator.world.Conversation.Kind;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.World;
import java.util.List;
import java.util.function.Predicate;

/** {@code conversations.*}: where people talk and who is there. */
final class ConversationMethods {
  private static final List<String> READ =
      List.of("channels:read", "groups:read", "im:read", "mpim:read");
  private static final List<String> OPEN = List.of("im:write", "mpim:write");
  private static final List<String> JOIN = List.of("channels:join", "channels:manage");

  private final World world;
  private final Shapes shapes;
  private final Places places;

  ConversationMethods(World world, Shapes shapes) {
    this.world = world;
    this.shapes = shapes;
    this.places = new Places(world);
  }

  List<ApiMethod> methods() {
    return List.of(
        ApiMethod.bot("conversations.info", Rate.TIER_3, READ, this::info),
        ApiMethod.bot("conversations.list", Rate.TIER_2, READ, this::list),
        ApiMethod.bot("conversations.members", Rate.TIER_4, READ, this::members),
        ApiMethod.bot("users.conversations", Rate.TIER_3, READ, this::ofUser),
        ApiMethod.bot("conversations.open", Rate.TIER_3, OPEN, this::open),
        ApiMethod.bot("conversations.join", Rate.TIER_3, JOIN, this::join));
  }

  private ObjectNode info(Arguments arguments) {
    Conversation conversation = places.visible(arguments);
    places.requireScope(conversation, "read");
    return Json.object().set("channel", shapes.channel(conversation));
  }

  private ObjectNode list(Arguments arguments) {
    String bot = world.workspace().bot().userId();
    return listed(
        arguments, found -> found.kind() != Kind.PRIVATE || found.members().contains(bot));
  }

  private ObjectNode ofUser(Arguments arguments) {
    String named = arguments.text("user");
    String user = named.isEmpty() ? world.workspace().bot().userId() : named;
    return listed(arguments, found -> found.members().contains(user));
  }

  private ObjectNode listed(Arguments arguments, Predicate<Conversation> wanted) {
    List<String> named = arguments.list("types");
    List<String> types = named.isEmpty() ? List.of("public_channel") : named;
    boolean archivedToo = !arguments.flag("exclude_archived");
    List<Conversation> found =
        world.conversations().stream()
            .filter(each -> types.contains(typeName(each.kind())))
            .filter(each -> archivedToo || !each.archived())
            .filter(wanted)
            .toList();
    Pages<Conversation> page = Pages.of(found, arguments);
    ArrayNode channels = Json.array();
    page.items().forEach(each -> channels.add(shapes.channel(each)));
    return page.into(Json.object().set("channels", channels));
  }

  private ObjectNode members(Arguments arguments) {
    Conversation conversation = places.visible(arguments);
    places.requireScope(conversation, "read");
    Pages<String> page = Pages.of(conversation.members().stream().sorted().toList(), arguments);
    return page.into(Json.object().set("members", Json.strings(page.items())));
  }

  private ObjectNode open(Arguments arguments) {
    List<String> users = arguments.list("users");
    String named = users.isEmpty() ? arguments.text("channel") : users.getFirst();
    if (named.isEmpty()) {
      throw new ApiRefusal("users_list_not_supplied");
    }
    Conversation found =
        world
            .resolve(named)
            .filter(each -> each.kind() == Kind.DIRECT)
            .orElseThrow(
                () -> new ApiRefusal(users.isEmpty() ? "channel_not_found" : "user_not_found"));
    ObjectNode channel =
        arguments.flag("return_im") ? shapes.channel(found) : Json.object().put("id", found.id());
    ObjectNode result = Json.object().put("no_op", true).put("already_open", true);
    result.set("channel", channel);
    return result;
  }

  private ObjectNode join(Arguments arguments) {
    Conversation conversation = places.visible(arguments);
    if (conversation.archived()) {
      throw new ApiRefusal("is_archived");
    }
    if (conversation.kind() != Kind.PUBLIC) {
      throw new ApiRefusal("method_not_supported_for_channel_type");
    }
    world.join(conversation.id(), world.workspace().bot().userId());
    return Json.object().set("channel", shapes.channel(places.visible(conversation.id())));
  }

  private static String typeName(Kind kind) {
    return switch (kind) {
      case PUBLIC -> "public_channel";
      case PRIVATE -> "private_channel";
      case DIRECT -> "im";
    };
  }
}
