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

  /** The person with this name or id; which workspace they act from does not matter here. */
  Person acting(String named) {
    return actor(named).person();
  }

  /**
   * The person with this name or id; after an {@code @} the workspace, or the organization, under
   * whose id their client acts: {@code ann@T0LAB}. {@code ann@} acts under no id of a workspace.
   */
  Actor actor(String named) {
    int at = named.indexOf('@', 1);
    Person person = person(at < 0 ? named : named.substring(0, at));
    if (at < 0) {
      return new Actor(person, person.id(), person.teamId(), false);
    }
    String team = named.substring(at + 1);
    boolean organization =
        world.workspace().enterprise().filter(own -> own.id().equals(team)).isPresent();
    if (!team.isEmpty()
        && !organization
        && !team.equals(person.teamId())
        && !person.teams().contains(team)) {
      throw new IllegalArgumentException(
          person.name() + " is not in the workspace '" + team + "' and cannot act from there.");
    }
    String id = organization ? person.enterpriseUserId() : person.id();
    return new Actor(person, id, team.isEmpty() ? null : team, true);
  }

  private Person person(String named) {
    Person person =
        world
            .workspace()
            .person(named)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "There is no person '" + named + "'. Available: " + names() + "."));
    if (person.standing() == Person.Standing.DEACTIVATED) {
      throw new IllegalArgumentException(
          "The person '" + named + "' is deactivated and can no longer act.");
    }
    return person;
  }

  /** The conversation with this name or id; {@code @ann} is ann's with the bot. */
  Conversation place(String named) {
    return world
        .resolve(named)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no conversation '" + named + "'. Available: " + places() + "."));
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

  /** How clicks and commands name the workspace from which somebody acts. */
  ObjectNode team(Actor actor) {
    String own = world.workspace().team().id();
    return Json.object()
        .put("id", actor.elsewhere() && actor.team() != null ? actor.team() : own)
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
