package dev.bandmaster.simulator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.workspace.Bot;
import dev.bandmaster.simulator.workspace.Group;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.world.Conversation;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.World;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/** Who and what there is, as the page needs to know it before anything is said. */
final class Furniture {
  private final World world;
  private final IntSupplier connections;

  Furniture(World world, IntSupplier connections) {
    this.world = world;
    this.connections = connections;
  }

  ObjectNode json() {
    ObjectNode all = Json.object();
    ObjectNode team = all.putObject("team");
    team.put("id", world.workspace().team().id());
    team.put("name", world.workspace().team().name());
    Bot bot = world.workspace().bot();
    ObjectNode app = all.putObject("bot");
    app.put("id", bot.userId()).put("name", bot.name());
    app.put("connections", connections.getAsInt());
    app.set("commands", Json.strings(bot.commands().stream().sorted().toList()));
    ArrayNode people = all.putArray("people");
    world.workspace().people().forEach(person -> people.add(person(person)));
    ArrayNode groups = all.putArray("groups");
    for (Group group : world.workspace().groups()) {
      groups.addObject().put("id", group.id()).put("handle", group.handle());
    }
    ArrayNode channels = all.putArray("channels");
    world.conversations().forEach(conversation -> channels.add(channel(conversation)));
    all.put("latest", world.latest());
    return all;
  }

  private ObjectNode person(Person person) {
    List<String> groups =
        world.workspace().groups().stream()
            .filter(group -> group.members().contains(person.id()))
            .map(Group::handle)
            .toList();
    ObjectNode shape = Json.object();
    shape.put("id", person.id());
    shape.put("name", person.name());
    shape.put("real_name", person.realName());
    shape.put("standing", person.standing().name().toLowerCase(Locale.ROOT));
    shape.put("direct_message", person.directMessageId());
    shape.set("groups", Json.strings(groups));
    return shape;
  }

  private static ObjectNode channel(Conversation conversation) {
    ObjectNode shape = Json.object();
    shape.put("id", conversation.id());
    shape.put("name", conversation.name());
    shape.put("kind", conversation.kind().name().toLowerCase(Locale.ROOT));
    shape.put("archived", conversation.archived());
    shape.put("shared", conversation.shared());
    shape.set("members", Json.strings(conversation.members()));
    return shape;
  }
}
