package dev.bandmaster.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.api.ResponseUrls;
import dev.bandmaster.simulator.api.Triggers;
import dev.bandmaster.simulator.socket.Delivery;
import dev.bandmaster.simulator.socket.EnvelopeType;
import dev.bandmaster.simulator.socket.SocketHub;
import dev.bandmaster.simulator.workspace.Bot;
import dev.bandmaster.simulator.workspace.Enterprise;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.world.Conversation;
import dev.bandmaster.simulator.world.Conversation.Kind;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Message;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.Timestamps;
import dev.bandmaster.simulator.world.View;
import dev.bandmaster.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What people do that reaches the app directly and is answered at once: slash commands, clicks and
 * modals. Each method returns when the app acknowledged, or when it is clear that it will not. Safe
 * for use by many threads.
 */
public final class Interactions {
  private final World world;
  private final Shapes shapes;
  private final SocketHub hub;
  private final Triggers triggers;
  private final ResponseUrls responses;
  private final Timestamps timestamps;
  private final People people;

  /** Sends what people do through {@code hub}. */
  public Interactions(
      World world,
      Shapes shapes,
      SocketHub hub,
      Triggers triggers,
      ResponseUrls responses,
      Timestamps timestamps) {
    this.world = world;
    this.shapes = shapes;
    this.hub = hub;
    this.triggers = triggers;
    this.responses = responses;
    this.timestamps = timestamps;
    this.people = new People(world);
  }

  /** A person uses a slash command; {@code text} is what follows it. */
  public Delivery slash(String as, String channel, String command, String text) {
    Actor actor = people.actor(as);
    Person person = actor.person();
    Conversation place = people.placeOf(person, channel);
    Bot bot = world.workspace().bot();
    if (!bot.commands().contains(command)) {
      throw new IllegalArgumentException(
          "There is no command '" + command + "'. Available: " + bot.commands() + ".");
    }
    ObjectNode payload = Json.object();
    payload.put("token", "simulator");
    payload.put("team_id", actor.elsewhere() ? actor.team() : world.workspace().team().id());
    world
        .workspace()
        .enterprise()
        .ifPresent(enterprise ->
            payload
                .put("enterprise_id", enterprise.id())
                .put("enterprise_name", enterprise.name()));
    payload.put("team_domain", world.workspace().team().domain());
    payload.put("channel_id", place.id());
    payload.put("channel_name", channelName(place));
    payload.put("user_id", actor.userId());
    payload.put("user_name", person.name());
    payload.put("command", command);
    payload.put("text", text);
    payload.put("api_app_id", bot.appId());
    payload.put("is_enterprise_install", Boolean.toString(isOrgWide()));
    payload.put("response_url", responses.issue(place.id(), person.id(), null));
    payload.put("trigger_id", triggers.issue(person.id()));
    Delivery end = send(EnvelopeType.SLASH_COMMANDS, payload, true);
    switch (end) {
      case Delivery.Acknowledged(JsonNode answer) -> answered(person, place, command, answer);
      case Delivery.NobodyThere _ -> failed(person, place, command, "dispatch_failed");
      case Delivery.TimedOut _ -> failed(person, place, command, "operation_timeout");
    }
    return end;
  }

  /**
   * A person clicks a button, or picks from a menu, in a message.
   *
   * @param value for a menu the value of the option, for an input what was typed; else null
   */
  public Delivery click(
      String as, String channel, String ts, String actionId, @Nullable String value) {
    Actor actor = people.actor(as);
    Person person = actor.person();
    Conversation place = people.placeOf(person, channel);
    Message message = visible(person, place, ts);
    Elements.Found found = Actions.find(message.get("blocks"), actionId);
    ObjectNode payload = action(actor, found, value);
    ObjectNode container = payload.putObject("container");
    container.put("type", "message");
    container.put("message_ts", ts);
    container.put("channel_id", place.id());
    container.put("is_ephemeral", message.ephemeralTo() != null);
    message.threadTs().ifPresent(thread -> container.put("thread_ts", thread));
    payload.putObject("channel").put("id", place.id()).put("name", channelName(place));
    if (message.ephemeralTo() == null) {
      payload.set("message", shapes.message(message, place));
    }
    payload.put("response_url", responses.issue(place.id(), person.id(), ts));
    payload.set("state", Actions.state(found, value));
    return send(EnvelopeType.INTERACTIVE, payload, false);
  }

  /** A person clicks something in a modal or on the home tab. */
  public Delivery clickInView(String as, String viewId, String actionId, @Nullable String value) {
    Actor actor = people.actor(as);
    View view = view(actor.person(), viewId);
    Elements.Found found = Actions.find(view.body().path("blocks"), actionId);
    ObjectNode payload = action(actor, found, value);
    payload.putObject("container").put("type", "view").put("view_id", viewId);
    payload.set("view", shapes.view(view));
    return send(EnvelopeType.INTERACTIVE, payload, false);
  }

  /**
   * A person submits a modal. As in Slack's own clients, one that lacks something required is not
   * sent at all.
   *
   * @param values what was filled in: block id to action id to value
   */
  public Submission submit(String as, String viewId, JsonNode values) {
    Actor actor = people.actor(as);
    Person person = actor.person();
    View view = view(person, viewId);
    ObjectNode shown = shapes.view(view);
    ObjectNode state = Actions.inputs(view.body().path("blocks"), values);
    ObjectNode unfinished = Actions.unfinished(view.body().path("blocks"), state);
    if (!unfinished.isEmpty()) {
      return new Submission.Errors(unfinished);
    }
    shown.putObject("state").set("values", state);
    ObjectNode payload = signed("view_submission", actor);
    payload.set("view", shown);
    payload.put("trigger_id", triggers.issue(person.id()));
    payload.putArray("response_urls");
    return switch (send(EnvelopeType.INTERACTIVE, payload, true)) {
      case Delivery.Acknowledged(JsonNode answer) -> followed(view, answer);
      case Delivery.NobodyThere _ -> new Submission.Failed("dispatch_failed");
      case Delivery.TimedOut _ -> new Submission.Failed("operation_timeout");
    };
  }

  /** A person closes a modal without submitting it. */
  public void close(String as, String viewId) {
    Actor actor = people.actor(as);
    View view = view(actor.person(), viewId);
    world.views().close(view, false);
    if (view.body().path("notify_on_close").asBoolean()) {
      ObjectNode payload = signed("view_closed", actor);
      payload.set("view", shapes.view(view));
      payload.put("is_cleared", false);
      hub.send(EnvelopeType.INTERACTIVE, payload, false, _ -> {});
    }
  }

  /** A person's home tab, if there is one, and their open modals, the topmost last. */
  public List<ObjectNode> views(String as) {
    Person person = people.acting(as);
    List<ObjectNode> all = new ArrayList<>();
    world.views().home(person.id()).ifPresent(view -> all.add(shapes.view(view)));
    world.views().stack(person.id()).forEach(view -> all.add(shapes.view(view)));
    return List.copyOf(all);
  }

  private Submission followed(View view, JsonNode answer) {
    ObjectNode next =
        answer.path("view") instanceof ObjectNode object ? object.deepCopy() : Json.object();
    switch (Json.text(answer, "response_action")) {
      case "errors" -> {
        return new Submission.Errors(answer.path("errors"));
      }
      case "update" -> world.views().update(view.id(), next);
      case "push" -> world.views().open(view.user(), next, true);
      case "clear" -> world.views().close(view, true);
      default -> world.views().close(view, false);
    }
    return new Submission.Accepted();
  }

  private Message visible(Person person, Conversation place, String ts) {
    return world
        .message(place.id(), ts)
        .filter(found -> found.visibleTo(person.id()))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no message %s in %s that %s can see."
                    .formatted(ts, People.title(place), person.name())));
  }

  private View view(Person person, String id) {
    return world
        .views()
        .find(id)
        .filter(found -> found.open() && found.user().equals(person.id()))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no open view " + id + " on " + person.name() + "'s screen."));
  }

  private ObjectNode action(Actor actor, Elements.Found found, @Nullable String value) {
    ObjectNode payload = signed("block_actions", actor);
    payload.put("trigger_id", triggers.issue(actor.person().id()));
    ObjectNode action = Actions.acted(found, value);
    action.put("action_ts", timestamps.next());
    payload.putArray("actions").add(action);
    return payload;
  }

  private boolean isOrgWide() {
    return world.workspace().enterprise().filter(Enterprise::orgWide).isPresent();
  }

  private ObjectNode signed(String type, Actor actor) {
    ObjectNode payload = Json.object().put("type", type);
    payload.set("user", actor.user());
    payload.put("api_app_id", world.workspace().bot().appId());
    payload.put("token", "simulator");
    payload.set("team", people.team(actor));
    payload.putNull("enterprise");
    world
        .workspace()
        .enterprise()
        .ifPresent(enterprise ->
            payload
                .putObject("enterprise")
                .put("id", enterprise.id())
                .put("name", enterprise.name()));
    payload.put("is_enterprise_install", isOrgWide());
    return payload;
  }

  private Delivery send(EnvelopeType type, ObjectNode payload, boolean acceptsResponse) {
    CompletableFuture<Delivery> end = new CompletableFuture<>();
    hub.send(type, payload, acceptsResponse, end::complete);
    return end.join();
  }

  /** Shows what came with a slash command's acknowledgement, or what is wrong with it. */
  private void answered(Person person, Conversation place, String command, JsonNode answer) {
    if (!(answer instanceof ObjectNode shown) || shown.isEmpty()) {
      return;
    }
    switch (responses.inline(place.id(), person.id(), shown)) {
      case ResponseUrls.Outcome.Done _ -> {
        // It is on the screen.
      }
      case ResponseUrls.Outcome.Refused(String error, ObjectNode _) ->
          failed(person, place, command, error);
    }
  }

  private void failed(Person person, Conversation place, String command, String error) {
    ObjectNode body = Json.object();
    body.put("type", "message");
    body.put("user", "USLACKBOT");
    body.put("is_ephemeral", true);
    body.put("text", command + " failed with the error \"" + error + "\"");
    world.post(place.id(), body, person.id());
  }

  private static String channelName(Conversation place) {
    return place.kind() == Kind.DIRECT ? "directmessage" : place.name();
  }
}
