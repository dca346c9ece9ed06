package dev.bandmaster.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.control.Control;
import dev.bandmaster.simulator.control.Interactions;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.control.Submission;
import dev.bandmaster.simulator.socket.Delivery;
import dev.bandmaster.simulator.world.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The control interface: what tests, scripts and the page do as people. */
final class ControlRoutes {
  private static final int WAIT_MILLIS = 10_000;
  private static final int LONGEST_WAIT_MILLIS = 120_000;

  private final Control control;
  private final Interactions interactions;

  ControlRoutes(Control control, Interactions interactions) {
    this.control = control;
    this.interactions = interactions;
  }

  void addTo(RoutesConfig routes) {
    post(routes, "say", this::say);
    post(routes, "edit", this::edit);
    post(routes, "delete", this::delete);
    post(routes, "react", this::react);
    post(routes, "invite", this::invite);
    post(routes, "share", this::share);
    post(routes, "click", this::click);
    post(routes, "slash", this::slash);
    post(routes, "submit", this::submit);
    post(routes, "close", this::close);
    post(routes, "home", this::home);
    post(routes, "reload", this::reload);
    get(routes, "messages", this::messages);
    get(routes, "hidden", this::hidden);
    get(routes, "wait", this::await);
    get(routes, "views", this::views);
    routes.exception(
        IllegalArgumentException.class,
        (wrong, context) ->
            answer(
                context.status(400),
                Json.object().put("ok", false).put("error", wrong.getMessage())));
  }

  static void post(RoutesConfig routes, String name, Function<Fields, ObjectNode> work) {
    routes.post("/_sim/" + name, context -> answer(context, ok(work.apply(Fields.of(context)))));
  }

  static void get(RoutesConfig routes, String name, Function<Fields, ObjectNode> work) {
    routes.get("/_sim/" + name, context -> answer(context, ok(work.apply(Fields.of(context)))));
  }

  static void answer(Context context, JsonNode body) {
    context.contentType("application/json; charset=utf-8").result(body.toString());
  }

  private static JsonNode ok(ObjectNode result) {
    return result.has("ok") ? result : Json.object().put("ok", true).setAll(result);
  }

  private ObjectNode say(Fields fields) {
    String as = fields.required("as");
    String channel = fields.required("channel");
    String text = fields.text("text", "");
    String thread = fields.optional("thread_ts");
    String ts =
        fields.flag("raw")
            ? control.sayRaw(as, channel, text, thread)
            : control.say(as, channel, text, thread);
    return Json.object().put("ts", ts).put("channel", control.channelId(as, channel));
  }

  private ObjectNode edit(Fields fields) {
    control.edit(
        fields.required("as"),
        fields.required("channel"),
        fields.required("ts"),
        fields.text("text", ""));
    return Json.object();
  }

  private ObjectNode delete(Fields fields) {
    control.delete(fields.required("as"), fields.required("channel"), fields.required("ts"));
    return Json.object();
  }

  private ObjectNode react(Fields fields) {
    boolean changed =
        control.react(
            fields.required("as"),
            fields.required("channel"),
            fields.required("ts"),
            fields.required("name"),
            !fields.flag("remove"));
    return Json.object().put("changed", changed);
  }

  private ObjectNode invite(Fields fields) {
    boolean joined = control.invite(fields.required("channel"), fields.required("user"));
    return Json.object().put("joined", joined);
  }

  private ObjectNode share(Fields fields) {
    boolean changed = control.share(fields.required("channel"), !fields.flag("remove"));
    return Json.object().put("changed", changed);
  }

  private ObjectNode click(Fields fields) {
    String as = fields.required("as");
    String action = fields.required("action_id");
    String value = fields.optional("value");
    String view = fields.optional("view_id");
    return delivered(
        view != null
            ? interactions.clickInView(as, view, action, value)
            : interactions.click(
                as, fields.required("channel"), fields.required("ts"), action, value));
  }

  private ObjectNode slash(Fields fields) {
    return delivered(
        interactions.slash(
            fields.required("as"),
            fields.required("channel"),
            fields.required("command"),
            fields.text("text", "")));
  }

  private ObjectNode submit(Fields fields) {
    Submission submission =
        interactions.submit(
            fields.required("as"), fields.required("view_id"), fields.json().path("values"));
    return switch (submission) {
      case Submission.Accepted _ -> Json.object();
      case Submission.Errors(JsonNode messages) ->
          Json.object().put("ok", false).put("error", "invalid_inputs").set("errors", messages);
      case Submission.Failed(String error) -> Json.object().put("ok", false).put("error", error);
    };
  }

  private ObjectNode close(Fields fields) {
    interactions.close(fields.required("as"), fields.required("view_id"));
    return Json.object();
  }

  private ObjectNode home(Fields fields) {
    control.openHome(fields.required("as"), fields.text("tab", "home"));
    return Json.object();
  }

  private ObjectNode messages(Fields fields) {
    String channel = fields.required("channel");
    List<SeenMessage> seen =
        fields.flag("all")
            ? control.everything(channel)
            : control.messages(channel, fields.optional("thread_ts"), fields.optional("as"));
    return messages(seen);
  }

  private static ObjectNode messages(List<SeenMessage> seen) {
    ArrayNode messages = Json.array();
    seen.forEach(message -> messages.add(message.json()));
    return Json.object().set("messages", messages);
  }

  private ObjectNode hidden(Fields fields) {
    String channel = fields.optional("channel");
    return messages(channel == null ? control.hidden() : control.hidden(channel));
  }

  private ObjectNode reload(Fields fields) {
    control.reload(fields.required("as"));
    return Json.object();
  }

  private ObjectNode await(Fields fields) {
    int millis = Math.clamp(fields.number("timeout_ms", WAIT_MILLIS), 0, LONGEST_WAIT_MILLIS);
    Optional<SeenMessage> found =
        control.await(fields.required("channel"), Wanted.by(fields), Duration.ofMillis(millis));
    return found
        .<ObjectNode>map(message -> Json.object().set("message", message.json()))
        .orElseGet(() -> Json.object().put("ok", false).put("error", "timeout"));
  }

  private ObjectNode views(Fields fields) {
    ArrayNode views = Json.array();
    interactions.views(fields.required("as")).forEach(views::add);
    return Json.object().set("views", views);
  }

  private static ObjectNode delivered(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Acknowledged(JsonNode payload) -> {
        ObjectNode result = Json.object().put("delivery", "acknowledged");
        if (!payload.isMissingNode()) {
          result.set("payload", payload);
        }
        yield result;
      }
      case Delivery.NobodyThere _ -> undelivered("nobody_there", "dispatch_failed");
      case Delivery.TimedOut _ -> undelivered("timed_out", "operation_timeout");
    };
  }

  private static ObjectNode undelivered(String how, String error) {
    return Json.object().put("ok", false).put("error", error).put("delivery", how);
  }
}
