package dev.bandmaster.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.world.Conversation;
import dev.bandmaster.simulator.world.Conversation.Kind;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.World;
import java.util.List;

/** Finds whom and where a request means, or says who and what there is. */
final class People {
  private final World world;

  People(World world) {
    this.world = world;
  }

  /** The person with this name or id. */
  Person acting(String named) {
    Person person =
        world
            .workspace()
            .person(named)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "There is no person '" + named + "'; there are " + names() + "."));
    if (person.standing() == Person.Standing.DEACTIVATED) {
      throw new IllegalArgumentException(
          "The person '" + named + "' is deactivated and can do nothing any more.");
    }
    return person;
  }

  /** The conversation with this name or id; {@code @ann} is ann's with the bot. */
  Conversation place(String named) {
    return world
        .resolve(named)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no conversation '" + named + "'; there are " + places() + "."));
  }

  /** The conversation, in which the person is; the bot's name is the person's own with it. */
  Conversation placeOf(Person person, String named) {
    boolean own = named.equals("@" + world.workspace().bot().name());
    Conversation place = place(own ? person.directMessageId() : named);
    if (!place.members().contains(person.id())) {
      throw new IllegalArgumentException(
          person.name() + " is not in " + title(place) + " and cannot act there.");
    }
    return place;
  }

  /** How clicks and commands name a person. */
  static ObjectNode user(Person person) {
    return Json.object()
        .put("id", person.id())
        .put("username", person.name())
        .put("name", person.name())
        .put("team_id", person.teamId());
  }

  /** How clicks and commands name the workspace. */
  ObjectNode team() {
    return Json.object()
        .put("id", world.workspace().team().id())
        .put("domain", world.workspace().team().domain());
  }

  /** The name a client shows for a conversation. */
  static String title(Conversation place) {
    return place.kind() == Kind.DIRECT ? "@" + place.name() : "#" + place.name();
  }

  private List<String> names() {
    return world.workspace().people().stream().map(Person::name).toList();
  }

  private List<String> places() {
    return world.conversations().stream().map(People::title).toList();
  }
}
