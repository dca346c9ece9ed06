package dev.bandmaster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.model.Target;
import java.time.Duration;
import java.util.List;

/** Requests to and from their JSON. */
final class RequestJson {
  static final String KIND = "request";

  private RequestJson() {}

  static ObjectNode of(Request request) {
    ObjectNode json = WireJson.object();
    json.put("v", WireJson.VERSION);
    json.put("kind", KIND);
    json.put("id", request.id());
    json.put("idem", request.idempotencyKey());
    json.put("ts", request.sentAt().toEpochMilli());
    json.put("ttl", request.ttl().toMillis());
    json.put("deadline", request.deadline().toEpochMilli());
    json.put("sender", request.sender());
    json.set("caller", of(request.caller()));
    json.put("collective", request.collective());
    json.set("target", of(request.target()));
    json.put("capability", request.capability());
    json.put("action", request.action());
    json.set("args", request.arguments());
    json.put("delivery", request.delivery().wireName());
    json.put("replyTo", request.replyTo());
    json.put("trace", request.trace());
    return json;
  }

  private static ObjectNode of(Caller caller) {
    ObjectNode json = WireJson.object();
    json.put("principal", caller.principal());
    json.put("name", caller.name());
    json.put("channel", caller.channel());
    json.set("roles", WireJson.array(caller.roles()));
    json.set("approvedBy", WireJson.array(caller.approvedBy()));
    if (!caller.aliases().isEmpty()) {
      json.set("aliases", WireJson.array(caller.aliases()));
    }
    if (caller.bypass()) {
      json.put("bypass", true);
    }
    return json;
  }

  private static ObjectNode of(Target target) {
    ObjectNode json = WireJson.object();
    switch (target) {
      case Target.Broadcast(String env, String filter) ->
          json.put("mode", "broadcast").put("env", env).put("filter", filter);
      case Target.AppBroadcast(String env, String app) ->
          json.put("mode", "app").put("env", env).put("app", app);
      case Target.Nodes(List<String> names) ->
          json.put("mode", "nodes").set("nodes", WireJson.array(names));
      case Target.AnyOne() -> json.put("mode", "any");
    }
    return json;
  }

  static Request request(JsonNode json) throws WireException {
    var read = new WireJson(json);
    return new Request(
        read.text("id"),
        read.text("idem"),
        read.instant("ts"),
        Duration.ofMillis(read.number("ttl")),
        read.instant("deadline"),
        read.text("sender"),
        caller(new WireJson(read.object("caller"))),
        read.text("collective"),
        target(new WireJson(read.object("target"))),
        read.text("capability"),
        read.text("action"),
        read.object("args"),
        read.constant("delivery", Delivery.class),
        read.text("replyTo"),
        read.text("trace"));
  }

  private static Caller caller(WireJson json) throws WireException {
    return new Caller(
        json.text("principal"),
        json.text("name"),
        json.text("channel"),
        json.texts("roles"),
        json.texts("approvedBy"),
        json.textsOr("aliases", List.of()),
        json.flagOr("bypass", false));
  }

  private static Target target(WireJson json) throws WireException {
    return switch (json.text("mode")) {
      case "broadcast" -> new Target.Broadcast(json.text("env"), json.text("filter"));
      case "app" -> new Target.AppBroadcast(json.text("env"), json.text("app"));
      case "nodes" -> new Target.Nodes(json.texts("nodes"));
      case "any" -> new Target.AnyOne();
      default -> throw new WireException("unknown target mode");
    };
  }
}
