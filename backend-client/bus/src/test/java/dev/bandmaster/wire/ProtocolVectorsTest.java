package dev.bandmaster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.EnrolledNodes;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.Load;
import dev.bandmaster.model.NodeEvent;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.Target;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.model.WorkEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The published test vectors: what this program writes and how it judges is what {@code
 * docs/protocol} says. The keys in the file are the source; run with {@code -Dvectors=write} to
 * make the rest again after a deliberate change.
 */
final class ProtocolVectorsTest {
  private static final Path FOLDER = Path.of("..", "..", "docs", "protocol");
  private static final Path FILE = FOLDER.resolve("vectors.json");
  private static final String WEB1 = "web1.example.com";
  private static final Instant FROM = Samples.NOW.minus(Duration.ofDays(59));

  private static JsonNode published = JsonNodeFactory.instance.objectNode();
  private static BotKeys bot = BotKeys.generate("bot-1", FROM, FROM.plus(Duration.ofDays(730)));
  private static NodeKeys node = NodeKeys.generate();

  @BeforeAll
  static void readTheVectors() throws Exception {
    boolean writing = "write".equals(System.getProperty("vectors"));
    if (Files.exists(FILE)) {
      read();
    }
    if (writing) {
      Files.writeString(FILE, made().toPrettyString() + "\n");
      read();
    }
  }

  private static void read() throws IOException, WireException {
    published = WireJson.parse(Files.readString(FILE));
    JsonNode keys = published.path("keys");
    bot =
        new BotKeys(
            BotPublicKeys.parse(keys.path("bot").path("public").asText()),
            RawKeys.bytes(keys.path("bot").path("ed25519Private").asText()),
            RawKeys.bytes(keys.path("bot").path("x25519Private").asText()));
    node =
        new NodeKeys(
            new NodePublicKey(keys.path("node").path("x25519").asText()),
            RawKeys.bytes(keys.path("node").path("x25519Private").asText()));
  }

  @Test
  void whatIsWrittenIsWhatIsPublished() {
    assertThat(made().toPrettyString()).isEqualTo(published.toPrettyString());
  }

  @Test
  void whatIsPublishedIsAcceptedOrRejectedAsItSays() {
    var directory = new EnrolledNodes();
    directory.accept(WEB1, node.publicKey());
    var botCodec = new BotCodec(List.of(bot), directory);
    for (JsonNode message : published.path("messages")) {
      var clock = InstantSource.fixed(Instant.ofEpochMilli(message.path("now").asLong()));
      var nodeCodec =
          new NodeCodec(
              WEB1, node, new RequestReader(new BotKeyRing(List.of(bot.publicKeys())), clock));
      byte[] bytes = message.path("bytes").asText().getBytes(StandardCharsets.US_ASCII);
      var hints = new Hints(message.path("routingKey").asText(), "", "");
      String result =
          switch (message.path("to").asText()) {
            case "node" -> result(nodeCodec.open(bytes, hints, Samples.web1()));
            case "bot, as a reply" -> result(botCodec.openReply(bytes, hints, "replica-1"));
            default -> result(botCodec.openEvent(bytes, hints));
          };
      assertThat(result)
          .as(message.path("name").asText())
          .isEqualTo(message.path("expected").asText());
    }
  }

  @Test
  void everyMessageFitsItsSchema() throws Exception {
    for (JsonNode message : published.path("messages")) {
      JsonNode payload = WireJson.parse(Jws.unverifiedPayload(message.path("bytes").asText()));
      if (payload.path("v").asInt() == WireJson.VERSION) {
        assertThat(schema(message.path("schema").asText()).validate(payload))
            .as(payload.toString())
            .isEmpty();
      }
    }
  }

  @Test
  void theSchemasRefuseWhatTheProgramRefuses() throws Exception {
    ObjectNode request = RequestJson.of(Samples.request("r1"));
    for (String field :
        List.of("v", "id", "ts", "ttl", "caller", "target", "args", "delivery", "replyTo")) {
      ObjectNode without = request.deepCopy();
      without.remove(field);
      assertThat(schema("request.schema.json").validate(without)).as(field).isNotEmpty();
    }
  }

  private static JsonSchema schema(String name) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(FOLDER.resolve(name)));
  }

  private static ObjectNode made() {
    ObjectNode vectors = WireJson.object();
    vectors.put(
        "about", "Keys, bytes and expected results. The keys are public and protect nothing.");
    ObjectNode keys = vectors.putObject("keys");
    ObjectNode botKeys = keys.putObject("bot");
    botKeys.put("public", bot.publicKeys().line());
    botKeys.put("ed25519Private", RawKeys.text(RawKeys.raw(bot.signing())));
    botKeys.put("x25519Private", RawKeys.text(RawKeys.raw(bot.agreement())));
    ObjectNode nodeKeys = keys.putObject("node");
    nodeKeys.put("name", WEB1);
    nodeKeys.put("x25519", node.publicKey().x25519());
    nodeKeys.put("x25519Private", RawKeys.text(RawKeys.raw(node.agreement())));
    nodeKeys.put("fingerprint", node.publicKey().fingerprint());
    PairKeys pair = PairKeys.of(bot, WEB1, node.publicKey());
    ObjectNode derived = keys.putObject("derived");
    derived.put("HS256", RawKeys.text(pair.mac().getEncoded()));
    derived.put("A256GCM", RawKeys.text(pair.seal().getEncoded()));
    ObjectNode words = vectors.putObject("keyWords");
    for (String text : List.of("web1", WEB1, "WEB_1", "café", "", "*", "ü".repeat(100))) {
      words.put(text, KeyWord.of(text));
    }
    var messages = vectors.putArray("messages");
    requests().forEach(messages::add);
    replies().forEach(messages::add);
    events().forEach(messages::add);
    return vectors;
  }

  private static List<ObjectNode> requests() {
    Request request = Samples.request("0195511a-c600-7000-8000-000000000001");
    String key = RoutingKeys.node("main", WEB1);
    Request ping =
        Samples.request(
            "0195511a-c600-7000-8000-000000000002", new Target.Broadcast("staging", "app=web"));
    Request other =
        Samples.request(
            "0195511a-c600-7000-8000-000000000003", new Target.Broadcast("staging", "app=db"));
    ObjectNode future = RequestJson.of(request).put("v", 2);
    String signed = signed(RequestJson.of(request));
    return List.of(
        message("a request for two nodes", "node", "request", key, Samples.NOW, signed, "genuine"),
        message(
            "a broadcast whose filter holds",
            "node",
            "request",
            RoutingKeys.broadcast("main", "staging", "deploy"),
            Samples.NOW,
            signed(RequestJson.of(ping)),
            "genuine"),
        message(
            "a broadcast whose filter does not hold",
            "node",
            "request",
            RoutingKeys.broadcast("main", "staging", "deploy"),
            Samples.NOW,
            signed(RequestJson.of(other)),
            "not meant"),
        message(
            "the first request under the key of another node",
            "node",
            "request",
            RoutingKeys.node("main", "web9"),
            Samples.NOW,
            signed,
            "untrusted: DISAGREES"),
        message(
            "the first request 61 s later",
            "node",
            "request",
            key,
            Samples.NOW.plusSeconds(61),
            signed,
            "refused: EXPIRED"),
        message(
            "the first request ten minutes ahead of the node's clock",
            "node",
            "request",
            key,
            Samples.NOW.minusSeconds(600),
            signed,
            "refused: INVALID"),
        message(
            "a version from the future",
            "node",
            "request",
            key,
            Samples.NOW,
            signed(future),
            "refused: INVALID"),
        message(
            "the first request with another signature",
            "node",
            "request",
            key,
            Samples.NOW,
            signed.substring(0, signed.lastIndexOf('.'))
                + signed(future).substring(signed(future).lastIndexOf('.')),
            "untrusted: BAD_SIGNATURE"));
  }

  private static List<ObjectNode> replies() {
    Map<String, ReportBody> bodies = new LinkedHashMap<>();
    bodies.put("accepted", new ReportBody.Accepted());
    bodies.put("progress", new ReportBody.Progress("unpack", "done"));
    bodies.put("output", new ReportBody.Output("stdout", "Größe: 3 \"quotes\"\n"));
    var end =
        new ReportBody.Final(
            FinalCode.OK, "deployed", 0, Data.Fields.EMPTY.with("version", "1.4.2"));
    bodies.put("final", end);
    bodies.put("final of a request that was run before", ReportBody.Final.duplicateOf(end));
    return bodies.entrySet().stream()
        .map(body -> {
          var reply =
              new TargetReport(
                  "0195511a-c600-7000-8000-000000000001",
                  WEB1,
                  "b0071",
                  7,
                  Samples.NOW,
                  body.getValue());
          return message(
              "a reply: " + body.getKey(),
              "bot, as a reply",
              "reply",
              RoutingKeys.reply("replica-1", reply),
              Samples.NOW,
              mac(ReplyJson.of(reply)),
              "trusted");
        })
        .toList();
  }

  private static List<ObjectNode> events() {
    List<NodeEvent> events =
        List.of(
            new PresenceEvent.Join(Samples.stamp(1), Samples.web1()),
            new PresenceEvent.Alive(
                Samples.stamp(2),
                new Load(0.25, 8),
                Duration.ofSeconds(10),
                1,
                NodeDescriptions.hash(Samples.web1())),
            new PresenceEvent.Leave(Samples.stamp(3)),
            new WorkEvent(
                Samples.stamp(4),
                "0195511a-c600-7000-8000-000000000001",
                WorkEvent.Kind.FINISHED,
                "deployed"),
            new AlertEvent(
                Samples.stamp(5), AlertEvent.Severity.WARNING, "disk-full", "/var is 97 % full"),
            new Enrolment(Samples.stamp(6), node.publicKey()));
    return events.stream()
        .map(event ->
            message(
                "an event: " + EventJson.kind(event),
                "bot, as an event",
                "event",
                RoutingKeys.event(event),
                Samples.NOW,
                mac(EventJson.of(event)),
                "trusted"))
        .toList();
  }

  private static ObjectNode message(
      String name,
      String to,
      String schema,
      String routingKey,
      Instant now,
      String bytes,
      String expected) {
    return WireJson.object()
        .put("name", name)
        .put("to", to)
        .put("schema", schema + ".schema.json")
        .put("routingKey", routingKey)
        .put("now", now.toEpochMilli())
        .put("bytes", bytes)
        .put("expected", expected);
  }

  private static String signed(JsonNode json) {
    return Jws.sign(json.toString(), Jws.ED25519, bot.id(), "", bot.signing());
  }

  private static String mac(JsonNode json) {
    return Jws.sign(
        json.toString(), Jws.HMAC, WEB1, bot.id(), PairKeys.of(node, WEB1, bot.publicKeys()).mac());
  }

  private static String result(RequestVerdict verdict) {
    return switch (verdict) {
      case RequestVerdict.Genuine genuine -> "genuine";
      case RequestVerdict.NotMeant notMeant -> "not meant";
      case RequestVerdict.Refused refused -> "refused: " + refused.code();
      case RequestVerdict.Untrusted(RejectedMessage rejected) -> "untrusted: " + rejected.kind();
    };
  }

  private static String result(Opened<?> opened) {
    return switch (opened) {
      case Opened.Trusted<?> trusted -> "trusted";
      case Opened.Dropped<?>(RejectedMessage rejected) -> "dropped: " + rejected.kind();
    };
  }
}
