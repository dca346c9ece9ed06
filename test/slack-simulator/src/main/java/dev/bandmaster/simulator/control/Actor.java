package dev.bandmaster.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.world.Json;
import org.jspecify.annotations.Nullable;

/**
 * A person, and under which ids their client acts. In an organization one person is in several
 * workspaces, and payloads name the one from which they act, or the organization, or none.
 *
 * @param userId the user id that payloads carry
 * @param team the team id that payloads carry, or null where they carry none
 * @param elsewhere whether that is not the person's usual one
 */
record Actor(Person person, String userId, @Nullable String team, boolean elsewhere) {

  /** How clicks and commands name a person. */
  ObjectNode user() {
    return Json.object()
        .put("id", userId)
        .put("username", person.name())
        .put("name", person.name())
        .put("team_id", team);
  }
}
