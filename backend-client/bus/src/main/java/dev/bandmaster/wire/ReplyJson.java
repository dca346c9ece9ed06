package dev.bandmaster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.json.DataJson;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import java.time.Duration;

/** Replies to and from their JSON. */
final class ReplyJson {
  private ReplyJson() {}

  static ObjectNode of(TargetReport reply) {
    ObjectNode json = WireJson.object();
    json.put("v", WireJson.VERSION);
    json.put("kind", kind(reply.body()));
    json.put("req", reply.request());
    json.put("node", reply.node());
    json.put("boot", reply.boot());
    json.put("seq", reply.sequence());
    json.put("ts", reply.sentAt().toEpochMilli());
    switch (reply.body()) {
      case ReportBody.Accepted(Duration heartbeat) -> json.put("heartbeat", heartbeat.toMillis());
      case ReportBody.Started started -> {}
      case ReportBody.Heartbeat heartbeat -> {}
      case ReportBody.Progress progress ->
          json.put("key", progress.key()).put("message", progress.value());
      case ReportBody.Output output ->
          json.put("stream", output.stream()).put("data", output.text());
      case ReportBody.Final end -> {
        json.put("code", end.code().wireName());
        json.put("message", end.message());
        if (end.exit() != null) {
          json.put("exit", end.exit());
        }
        json.set("data", DataJson.write(end.data()));
      }
    }
    return json;
  }

  private static String kind(ReportBody body) {
    return switch (body) {
      case ReportBody.Accepted accepted -> "accepted";
      case ReportBody.Started started -> "started";
      case ReportBody.Progress progress -> "progress";
      case ReportBody.Output output -> "output";
      case ReportBody.Heartbeat heartbeat -> "heartbeat";
      case ReportBody.Final end -> "final";
    };
  }

  static TargetReport reply(JsonNode json) throws WireException {
    var read = new WireJson(json);
    return new TargetReport(
        read.text("req"),
        read.text("node"),
        read.text("boot"),
        read.number("seq"),
        read.instant("ts"),
        body(read.text("kind"), read));
  }

  private static ReportBody body(String kind, WireJson json) throws WireException {
    return switch (kind) {
      case "accepted" ->
          json.has("heartbeat")
              ? new ReportBody.Accepted(Duration.ofMillis(json.number("heartbeat")))
              : new ReportBody.Accepted();
      case "started" -> new ReportBody.Started();
      case "progress" -> new ReportBody.Progress(json.text("key"), json.text("message"));
      case "output" -> new ReportBody.Output(json.text("stream"), json.text("data"));
      case "heartbeat" -> new ReportBody.Heartbeat();
      case "final" ->
          new ReportBody.Final(
              json.constant("code", FinalCode.class),
              json.text("message"),
              json.has("exit") ? Math.toIntExact(json.number("exit")) : null,
              DataJson.read(json.any("data")));
      default -> throw new WireException("unknown reply kind");
    };
  }
}
