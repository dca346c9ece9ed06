package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Conversation;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Message;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.World;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code conversations.history} and {@code .replies}: what was said. */
final class HistoryMethods {
  private static final List<String> HISTORY =
      List.of("channels:history", "groups:history", "im:history", "mpim:history");

  private final World world;
  private final Shapes shapes;
  private final Places places;

  HistoryMethods(World world, Shapes shapes) {
    this.world = world;
    this.shapes = shapes;
    this.places = new Places(world);
  }

  List<ApiMethod> methods() {
    return List.of(
        ApiMethod.bot("conversations.history", Rate.TIER_3, HISTORY, this::history),
        ApiMethod.bot("conversations.replies", Rate.TIER_3, HISTORY, this::replies));
  }

  private ObjectNode history(Arguments arguments) {
    Conversation conversation = places.joined(arguments);
    places.requireScope(conversation, "history");
    Predicate<Message> wanted = inRange(arguments);
    List<Message> said =
        world.messages(conversation.id()).reversed().stream()
            .filter(message -> message.ephemeralTo() == null && message.isTopLevel())
            .filter(wanted)
            .toList();
    return messages(said, conversation, arguments);
  }

  private ObjectNode replies(Arguments arguments) {
    Conversation conversation = places.joined(arguments);
    places.requireScope(conversation, "history");
    Message named =
        world
            .message(conversation.id(), arguments.required("ts"))
            .filter(message -> message.ephemeralTo() == null)
            .orElseThrow(() -> new ApiRefusal("thread_not_found"));
    String parent = named.threadTs().orElse(named.ts());
    Stream<Message> answers =
        world.answers(conversation.id(), parent).stream().filter(inRange(arguments));
    List<Message> thread =
        Stream.concat(world.message(conversation.id(), parent).stream(), answers)
            .filter(message -> message.ephemeralTo() == null)
            .toList();
    return messages(thread, conversation, arguments);
  }

  private ObjectNode messages(List<Message> said, Conversation conversation, Arguments arguments) {
    Pages<Message> page = Pages.of(said, arguments);
    ArrayNode messages = Json.array();
    for (Message message : page.items()) {
      ObjectNode shape = shapes.message(message, conversation);
      if (!arguments.flag("include_all_metadata")) {
        shape.remove("metadata");
      }
      messages.add(shape);
    }
    ObjectNode result = Json.object();
    result.set("messages", messages);
    result.put("has_more", !page.next().isEmpty());
    return page.into(result);
  }

  /** Whether a message lies between {@code oldest} and {@code latest}. */
  private static Predicate<Message> inRange(Arguments arguments) {
    double oldest = time(arguments, "oldest", 0);
    double latest = time(arguments, "latest", Double.MAX_VALUE);
    boolean inclusive = arguments.flag("inclusive");
    return message -> {
      double ts = Double.parseDouble(message.ts());
      return inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
    };
  }

  private static double time(Arguments arguments, String name, double otherwise) {
    String text = arguments.text(name);
    try {
      return text.isEmpty() ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException notTime) {
      throw new ApiRefusal("invalid_ts_" + name);
    }
  }
}
