package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.api.ApiMethod.Token;
import dev.bandmaster.simulator.workspace.Bot;
import dev.bandmaster.simulator.workspace.Enterprise;
import dev.bandmaster.simulator.workspace.Team;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The methods about the app itself: who it is, where it is, and how to connect. */
final class AppMethods {
  private final World world;
  private final Shapes shapes;
  private final Supplier<String> base;
  private final Supplier<String> socketUrl;

  AppMethods(World world, Shapes shapes, Supplier<String> base, Supplier<String> socketUrl) {
    this.world = world;
    this.shapes = shapes;
    this.base = base;
    this.socketUrl = socketUrl;
  }

  List<ApiMethod> methods() {
    return List.of(
        new ApiMethod("api.test", Token.NONE, List.of(), Rate.HUNDREDS, AppMethods::apiTest),
        new ApiMethod("auth.test", Token.ANY, List.of(), Rate.HUNDREDS, this::authTest),
        new ApiMethod("auth.teams.list", Token.BOT, List.of(), Rate.TIER_2, this::teams),
        new ApiMethod("apps.connections.open", Token.APP, List.of(), Rate.TIER_1, this::open),
        ApiMethod.bot("bots.info", Rate.TIER_3, List.of("users:read"), this::botInfo),
        ApiMethod.bot("team.info", Rate.TIER_3, List.of("team:read"), this::teamInfo));
  }

  private static ObjectNode apiTest(Arguments arguments) {
    String error = arguments.text("error");
    if (!error.isEmpty()) {
      throw new ApiRefusal(error);
    }
    ObjectNode echoed = arguments.fields().deepCopy();
    echoed.remove("token");
    return Json.object().set("args", echoed);
  }

  private ObjectNode authTest(Arguments arguments) {
    Bot bot = world.workspace().bot();
    Team team = world.workspace().team();
    ObjectNode result = Json.object();
    if (arguments.text("token").equals(bot.appToken())) {
      return result.put("app_name", bot.name()).put("app_id", bot.appId());
    }
    Optional<Enterprise> enterprise = world.workspace().enterprise();
    boolean orgWide = enterprise.filter(Enterprise::orgWide).isPresent();
    result
        .put("url", base.get() + "/")
        .put("team", orgWide ? enterprise.get().name() : team.name())
        .put("user", bot.name())
        .put("team_id", orgWide ? enterprise.get().id() : team.id())
        .put("user_id", bot.userId())
        .put("bot_id", bot.botId())
        .put("is_enterprise_install", orgWide);
    enterprise.ifPresent(organization -> result.put("enterprise_id", organization.id()));
    return result;
  }

  /** The workspaces in which the app is installed; those of an organization share one install. */
  private ObjectNode teams(Arguments arguments) {
    Team team = world.workspace().team();
    ArrayNode teams = Json.array();
    teams.addObject().put("id", team.id()).put("name", team.name());
    return Json.object().set("teams", teams);
  }

  private ObjectNode open(Arguments arguments) {
    return Json.object().put("url", socketUrl.get());
  }

  private ObjectNode botInfo(Arguments arguments) {
    String named = arguments.text("bot");
    if (!named.isEmpty() && !named.equals(world.workspace().bot().botId())) {
      throw new ApiRefusal("bot_not_found");
    }
    return Json.object().set("bot", shapes.botProfile());
  }

  private ObjectNode teamInfo(Arguments arguments) {
    Team team = world.workspace().team();
    ObjectNode shape = Json.object();
    shape.put("id", team.id());
    shape.put("name", team.name());
    shape.put("domain", team.domain());
    shape.put("email_domain", "");
    shape.set("icon", Json.object().put("image_default", true));
    return Json.object().set("team", shape);
  }
}
