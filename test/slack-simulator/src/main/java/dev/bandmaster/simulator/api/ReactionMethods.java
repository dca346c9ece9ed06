package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Conversation;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Message;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.World;
import java.util.List;
import java.util.regex.Pattern;

/** {@code reactions.*}: emoji under messages. */
final class ReactionMethods {
  private static final List<String> WRITE = List.of("reactions:write");
  private static final List<String> READ = List.of("reactions:read");
  private static final Pattern NAME = Pattern.compile("[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?");

  private final World world;
  private final Shapes shapes;
  private final Places places;

  ReactionMethods(World world, Shapes shapes) {
    this.world = world;
    this.shapes = shapes;
    this.places = new Places(world);
  }

  List<ApiMethod> methods() {
    return List.of(
        ApiMethod.bot("reactions.add", Rate.TIER_3, WRITE, arguments -> react(arguments, true)),
        ApiMethod.bot("reactions.remove", Rate.TIER_2, WRITE, arguments -> react(arguments, false)),
        ApiMethod.bot("reactions.get", Rate.TIER_3, READ, this::get));
  }

  private ObjectNode react(Arguments arguments, boolean add) {
    String name = arguments.required("name").replaceAll("^:|:$", "");
    if (!NAME.matcher(name).matches()) {
      throw new ApiRefusal("invalid_name");
    }
    if (places.joined(arguments).archived()) {
      throw new ApiRefusal("is_archived");
    }
    Message message = message(arguments);
    if (!world.react(message, world.workspace().bot().userId(), name, add)) {
      throw new ApiRefusal(add ? "already_reacted" : "no_reaction");
    }
    return Json.object();
  }

  private ObjectNode get(Arguments arguments) {
    Message message = message(arguments);
    Conversation conversation = places.visible(message.channel());
    ObjectNode result = Json.object().put("type", "message").put("channel", message.channel());
    result.set("message", shapes.message(message, conversation));
    return result;
  }

  private Message message(Arguments arguments) {
    return places.message(places.joined(arguments), arguments.required("timestamp"));
  }
}
