package dev.bandmaster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** Replies to and from their JSON. */
final class ReplyJson {
  private ReplyJson() {}

  static ObjectNode of(Reply reply) {
    ObjectNode json = WireJson.object();
    json.put("v", WireJson.VERSION);
    json.put("kind", kind(reply.body()));
    json.put("req", reply.request());
    json.put("node", reply.node());
    json.put("boot", reply.boot());
    json.put("seq", reply.sequence());
    json.put("ts", reply.sentAt().toEpochMilli());
    switch (reply.body()) {
      case ReplyBody.Accepted(Duration heartbeat) -> json.put("heartbeat", heartbeat.toMillis());
      case ReplyBody.Started started -> {}
      case ReplyBody.Heartbeat heartbeat -> {}
      case ReplyBody.Progress progress ->
          json.put("key", progress.key()).put("message", progress.value());
      case ReplyBody.Output output ->
          json.put("stream", output.stream()).put("data", output.text());
      case ReplyBody.Final end -> {
        json.put("code", end.code().wireName());
        json.put("message", end.message());
        if (end.exit() != null) {
          json.put("exit", end.exit());
        }
        json.set("data", end.data());
      }
    }
    return json;
  }

  private static String kind(ReplyBody body) {
    return switch (body) {
      case ReplyBody.Accepted accepted -> "accepted";
      case ReplyBody.Started started -> "started";
      case ReplyBody.Progress progress -> "progress";
      case ReplyBody.Output output -> "output";
      case ReplyBody.Heartbeat heartbeat -> "heartbeat";
      case ReplyBody.Final end -> "final";
    };
  }

  static Reply reply(JsonNode json) throws WireException {
    var read = new WireJson(json);
    return new Reply(
        read.text("req"),
        read.text("node"),
        read.text("boot"),
        read.number("seq"),
        read.instant("ts"),
        body(read.text("kind"), read));
  }

  private static ReplyBody body(String kind, WireJson json) throws WireException {
    return switch (kind) {
      case "accepted" ->
          json.has("heartbeat")
              ? new ReplyBody.Accepted(Duration.ofMillis(json.number("heartbeat")))
              : new ReplyBody.Accepted();
      case "started" -> new ReplyBody.Started();
      case "progress" -> new ReplyBody.Progress(json.text("key"), json.text("message"));
      case "output" -> new ReplyBody.Output(json.text("stream"), json.text("data"));
      case "heartbeat" -> new ReplyBody.Heartbeat();
      case "final" ->
          new ReplyBody.Final(
              json.constant("code", FinalCode.class),
              json.text("message"),
              json.has("exit") ? Math.toIntExact(json.number("exit")) : null,
              json.any("data"));
      default -> throw new WireException("there is no reply of this kind");
    };
  }
}
