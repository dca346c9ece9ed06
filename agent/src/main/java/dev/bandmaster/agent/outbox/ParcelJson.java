package dev.bandmaster.agent.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.json.DataJson;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.model.WireNamed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** A reply as it lies in the spool: unsigned, since it is signed when it is sent. */
final class ParcelJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ParcelJson() {}

  static byte[] bytes(Parcel parcel) {
    TargetReport reply = parcel.reply();
    ObjectNode json = JSON.createObjectNode();
    json.put("replyTo", parcel.replyTo());
    json.put("request", reply.request());
    json.put("node", reply.node());
    json.put("boot", reply.boot());
    json.put("sequence", reply.sequence());
    json.put("sentAt", reply.sentAt().toEpochMilli());
    switch (reply.body()) {
      case ReportBody.Accepted(Duration heartbeat) ->
          json.put("kind", "accepted").put("heartbeat", heartbeat.toMillis());
      case ReportBody.Started() -> json.put("kind", "started");
      case ReportBody.Heartbeat() -> json.put("kind", "heartbeat");
      case ReportBody.Progress(String key, String value) ->
          json.put("kind", "progress").put("key", key).put("value", value);
      case ReportBody.Output(String stream, String text) ->
          json.put("kind", "output").put("stream", stream).put("text", text);
      case ReportBody.Final end -> {
        json.put("kind", "final").put("code", end.code().wireName()).put("message", end.message());
        if (end.exit() != null) {
          json.put("exit", end.exit());
        }
        json.set("data", DataJson.write(end.data()));
      }
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  static Parcel parcel(byte[] bytes) throws IOException {
    try {
      JsonNode json = JSON.readTree(bytes);
      return new Parcel(
          json.required("replyTo").asText(),
          new TargetReport(
              json.required("request").asText(),
              json.required("node").asText(),
              json.required("boot").asText(),
              json.required("sequence").asLong(),
              Instant.ofEpochMilli(json.required("sentAt").asLong()),
              body(json)));
    } catch (IllegalArgumentException e) {
      throw new IOException("not a spooled reply: " + e.getMessage(), e);
    }
  }

  private static ReportBody body(JsonNode json) throws IOException {
    String kind = json.required("kind").asText();
    return switch (kind) {
      case "accepted" ->
          new ReportBody.Accepted(Duration.ofMillis(json.required("heartbeat").asLong()));
      case "started" -> new ReportBody.Started();
      case "heartbeat" -> new ReportBody.Heartbeat();
      case "progress" ->
          new ReportBody.Progress(json.required("key").asText(), json.required("value").asText());
      case "output" ->
          new ReportBody.Output(json.required("stream").asText(), json.required("text").asText());
      case "final" ->
          new ReportBody.Final(
              WireNamed.find(FinalCode.class, json.required("code").asText()),
              json.required("message").asText(),
              json.has("exit") ? Integer.valueOf(json.get("exit").asInt()) : null,
              DataJson.read(json.required("data")));
      default -> throw new IOException("not a spooled reply: its kind is " + kind);
    };
  }
}
