package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.View;
import dev.bandmaster.simulator.world.World;
import java.util.List;
import java.util.Optional;

/** {@code views.*}: modals and home tabs. */
final class ViewMethods {
  /** Most modals on top of each other. */
  private static final int STACK = 3;

  private final World world;
  private final Shapes shapes;
  private final Triggers triggers;
  private final ViewRules rules;

  ViewMethods(World world, Shapes shapes, Triggers triggers) {
    this.world = world;
    this.shapes = shapes;
    this.triggers = triggers;
    this.rules = new ViewRules(new Drafts(world, shapes));
  }

  List<ApiMethod> methods() {
    return List.of(
        ApiMethod.bot("views.open", Rate.TIER_4, List.of(), arguments -> open(arguments, false)),
        ApiMethod.bot("views.push", Rate.TIER_4, List.of(), arguments -> open(arguments, true)),
        ApiMethod.bot("views.update", Rate.TIER_4, List.of(), this::update),
        ApiMethod.bot("views.publish", Rate.TIER_4, List.of(), this::publish));
  }

  private ObjectNode open(Arguments arguments, boolean onTop) {
    ObjectNode body = rules.checked(view(arguments), "modal");
    String user = triggers.exchange(arguments.required("trigger_id"));
    String external = Json.text(body, "external_id");
    if (!external.isEmpty() && world.views().findExternal(external).isPresent()) {
      throw new ApiRefusal("duplicate_external_ids");
    }
    if (onTop && world.views().stack(user).size() >= STACK) {
      throw new ApiRefusal("push_limit_reached");
    }
    return shown(world.views().open(user, body, onTop));
  }

  private ObjectNode update(Arguments arguments) {
    ObjectNode body = rules.checked(view(arguments), "modal", "home");
    String id = arguments.text("view_id");
    Optional<View> named =
        id.isEmpty()
            ? world.views().findExternal(arguments.required("external_id"))
            : world.views().find(id);
    View old = named.filter(View::open).orElseThrow(() -> new ApiRefusal("not_found"));
    String hash = arguments.text("hash");
    if (!hash.isEmpty() && !hash.equals(old.hash())) {
      throw new ApiRefusal("hash_conflict");
    }
    return shown(
        world.views().update(old.id(), body).orElseThrow(() -> new ApiRefusal("not_found")));
  }

  private ObjectNode publish(Arguments arguments) {
    String named = arguments.required("user_id");
    String user =
        world
            .workspace()
            .byId(named)
            .map(Person::id)
            .orElseThrow(() -> new ApiRefusal("invalid_user_id"));
    ObjectNode body = rules.checked(view(arguments), "home");
    String hash = arguments.text("hash");
    boolean outdated =
        world.views().home(user).filter(home -> !home.hash().equals(hash)).isPresent();
    if (!hash.isEmpty() && outdated) {
      throw new ApiRefusal("hash_conflict");
    }
    return shown(world.views().publish(user, body));
  }

  private static JsonNode view(Arguments arguments) {
    return arguments
        .json("view")
        .orElseThrow(() ->
            ApiRefusal.withMessages(
                "invalid_arguments", List.of("[ERROR] missing required field: view")));
  }

  private ObjectNode shown(View view) {
    return Json.object().set("view", shapes.view(view));
  }
}
