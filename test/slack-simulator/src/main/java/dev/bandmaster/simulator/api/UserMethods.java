package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.workspace.Enterprise;
import dev.bandmaster.simulator.workspace.Group;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.World;
import java.util.ArrayList;
import java.util.List;

/** {@code users.*} and {@code usergroups.*}: who people are. */
final class UserMethods {
  private static final List<String> USERS = List.of("users:read");
  private static final List<String> GROUPS = List.of("usergroups:read");

  private final World world;
  private final Shapes shapes;

  UserMethods(World world, Shapes shapes) {
    this.world = world;
    this.shapes = shapes;
  }

  List<ApiMethod> methods() {
    return List.of(
        ApiMethod.bot("users.info", Rate.TIER_4, USERS, this::info),
        ApiMethod.bot("users.list", Rate.TIER_2, USERS, this::list),
        ApiMethod.bot("usergroups.list", Rate.TIER_2, GROUPS, this::groups),
        ApiMethod.bot("usergroups.users.list", Rate.TIER_2, GROUPS, this::groupMembers));
  }

  private ObjectNode info(Arguments arguments) {
    String id = arguments.required("user");
    if (id.equals(world.workspace().bot().userId())) {
      return Json.object().set("user", shapes.botUser());
    }
    Person person = world.workspace().byId(id).orElseThrow(() -> new ApiRefusal("user_not_found"));
    return Json.object().set("user", shapes.user(person));
  }

  private ObjectNode list(Arguments arguments) {
    List<ObjectNode> users = new ArrayList<>();
    world.workspace().people().forEach(person -> users.add(shapes.user(person)));
    users.add(shapes.botUser());
    Pages<ObjectNode> page = Pages.of(users, arguments);
    ArrayNode members = Json.array();
    page.items().forEach(members::add);
    return page.into(Json.object().set("members", members));
  }

  private ObjectNode groups(Arguments arguments) {
    boolean orgWide = world.workspace().enterprise().filter(Enterprise::orgWide).isPresent();
    if (orgWide && arguments.text("team_id").isEmpty()) {
      throw new ApiRefusal("missing_argument");
    }
    ArrayNode groups = Json.array();
    for (Group group : world.workspace().groups()) {
      ObjectNode shape = shapes.group(group);
      if (!arguments.flag("include_users")) {
        shape.remove("users");
      }
      if (!arguments.flag("include_count")) {
        shape.remove("user_count");
      }
      groups.add(shape);
    }
    return Json.object().set("usergroups", groups);
  }

  private ObjectNode groupMembers(Arguments arguments) {
    String id = arguments.required("usergroup");
    Group group =
        world.workspace().groups().stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new ApiRefusal("no_such_subteam"));
    return Json.object().set("users", Json.strings(group.members()));
  }
}
