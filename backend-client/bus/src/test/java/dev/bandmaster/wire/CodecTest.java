package dev.bandmaster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.EnrolledNodes;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.RejectedMessage.Kind;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.Target;
import dev.bandmaster.model.TargetReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CodecTest {
  private static final String WEB1 = "web1.example.com";
  private static final String KEY = RoutingKeys.node("main", WEB1);

  private final AtomicReference<Instant> now = new AtomicReference<>(Samples.NOW);
  private final BotKeys bot = keys("bot-1");
  private final NodeKeys web1 = NodeKeys.generate();
  private final EnrolledNodes directory = new EnrolledNodes();
  private final BotCodec botCodec = new BotCodec(List.of(bot), directory);
  private final NodeCodec nodeCodec =
      new NodeCodec(
          WEB1, web1, new RequestReader(new BotKeyRing(List.of(bot.publicKeys())), now::get));

  @BeforeEach
  void enrol() {
    directory.accept(WEB1, web1.publicKey());
  }

  @Test
  void everyRequestComesBackAsItWas() {
    for (Target target :
        List.of(
            new Target.Nodes(List.of(WEB1)),
            new Target.Broadcast("staging", "app=web"),
            new Target.Broadcast("", ""),
            new Target.AppBroadcast("staging", "web"),
            new Target.AnyOne())) {
      Request request = Samples.request("r1", target);
      String key = RoutingKeys.of(request, WEB1).iterator().next();
      assertThat(open(botCodec.sign(request), new Hints(key, "r1", "replica-1")))
          .isEqualTo(new RequestVerdict.Genuine(request));
    }
  }

  @Test
  void everyReplyComesBackAsItWas() {
    for (ReportBody body :
        List.of(
            new ReportBody.Accepted(),
            new ReportBody.Started(),
            new ReportBody.Progress("fetch", "done"),
            new ReportBody.Output("stdout", "quotes \" ' ` $(x) ; \u0000 é 𝕏\n"),
            new ReportBody.Heartbeat(),
            new ReportBody.Final(FinalCode.OK, "", null, Data.none()),
            new ReportBody.Final(FinalCode.FAILED, "no", 7, Data.Fields.EMPTY.with("a", 1)))) {
      TargetReport reply = reply(WEB1, body);
      assertThat(openReply(nodeCodec.sign(reply), reply)).isEqualTo(new Opened.Trusted<>(reply));
    }
  }

  @Test
  void trap5_anythingBesideTheRequestThatDisagreesIsRejected() {
    byte[] signed = botCodec.sign(Samples.request("r1"));
    assertThat(kind(open(signed, new Hints(RoutingKeys.node("main", "web2.example.com"), "", ""))))
        .contains(Kind.DISAGREES);
    assertThat(
            kind(
                open(
                    signed, new Hints(RoutingKeys.broadcast("main", "staging", "deploy"), "", ""))))
        .contains(Kind.DISAGREES);
    assertThat(kind(open(signed, new Hints(KEY, "r2", "")))).contains(Kind.DISAGREES);
    assertThat(kind(open(signed, new Hints(KEY, "", "replica-2")))).contains(Kind.DISAGREES);
    assertThat(open(signed, new Hints(KEY, "", ""))).isInstanceOf(RequestVerdict.Genuine.class);
  }

  @Test
  void trap5_aRequestForOthersIsRejectedHere() {
    byte[] signed = botCodec.sign(Samples.request("r1", new Target.Nodes(List.of("db1"))));
    assertThat(kind(open(signed, new Hints(KEY, "", "")))).contains(Kind.DISAGREES);
  }

  @Test
  void trap5_everyFieldIsInsideTheSignature() {
    List<Consumer<ObjectNode>> changes =
        List.of(
            json -> json.put("replyTo", "replica-2"),
            json -> json.put("action", "rollback"),
            json -> json.withObject("/target").put("filter", "env=prod"),
            json -> json.withObject("/caller").put("principal", "slack:T1:U9"),
            json -> json.withObject("/args").put("version", "6.6.6"),
            json -> json.put("ttl", 86_400_000));
    for (Consumer<ObjectNode> change : changes) {
      String[] parts = ascii(botCodec.sign(Samples.request("r1"))).split("\\.", -1);
      byte[] changed = ascii(parts[0] + "." + changed(parts[1], change) + "." + parts[2]);
      assertThat(kind(open(changed, new Hints(KEY, "", "")))).contains(Kind.BAD_SIGNATURE);
    }
  }

  private String refusal(String id) {
    return ((RequestVerdict.Refused)
            open(botCodec.sign(Samples.request(id)), new Hints(KEY, "", "")))
        .reason();
  }

  @Test
  void trustT25_anExpiredRequestBlamesTheClockWhereItIsTheClock() {
    now.set(Samples.NOW.plusSeconds(70));
    assertThat(refusal("r1")).as("one proves nothing").endsWith("its ttl is 60 s");
    now.set(Samples.NOW.plusSeconds(71));
    assertThat(refusal("r2")).contains("this node's clock is about 70 s ahead of the bot's");
  }

  @Test
  void trustT25_anExpiredRequestThatWaitedBlamesNoClock() {
    open(botCodec.sign(Samples.request("r1")), new Hints(KEY, "", ""));
    now.set(Samples.NOW.plusSeconds(70));
    assertThat(refusal("r2")).endsWith("so it waited on its way");
  }

  @ParameterizedTest
  @CsvSource({"-60, GENUINE", "-61, EXPIRED", "60, GENUINE", "61, INVALID", "600, INVALID"})
  void trap7_trap15_aRequestIsTakenWithinItsTimeOnly(int secondsAhead, String expected) {
    now.set(Samples.NOW.minusSeconds(secondsAhead));
    RequestVerdict verdict = open(botCodec.sign(Samples.request("r1")), new Hints(KEY, "", ""));
    assertThat(
            switch (verdict) {
              case RequestVerdict.Genuine genuine -> "GENUINE";
              case RequestVerdict.Refused refused -> refused.code().name();
              case RequestVerdict.NotMeant notMeant -> "NOT MEANT";
              case RequestVerdict.Untrusted untrusted -> "UNTRUSTED";
            })
        .isEqualTo(expected);
  }

  @Test
  void anUnknownVersionIsAnsweredOnTheNodeAndReportedByTheBot() {
    ObjectNode future = RequestJson.of(Samples.request("r1")).put("v", 2);
    byte[] signed = ascii(Jws.sign(future.toString(), Jws.ED25519, bot.id(), "", bot.signing()));
    assertThat(open(signed, new Hints(KEY, "", "")))
        .isEqualTo(
            new RequestVerdict.Refused(
                "r1",
                "replica-1",
                FinalCode.INVALID,
                "this node uses protocol version 1, the request version 2"));
    TargetReport reply = reply(WEB1, new ReportBody.Started());
    String futureReply = ReplyJson.of(reply).put("v", 2).toString();
    byte[] signedReply =
        ascii(
            Jws.sign(
                futureReply,
                Jws.HMAC,
                WEB1,
                bot.id(),
                PairKeys.of(web1, WEB1, bot.publicKeys()).mac()));
    assertThat(kind(openReply(signedReply, reply))).contains(Kind.UNKNOWN_VERSION);
  }

  @Test
  void anAuthenticRequestThatCannotBeReadIsAnswered() {
    ObjectNode broken = RequestJson.of(Samples.request("r1"));
    broken.remove("caller");
    byte[] signed = ascii(Jws.sign(broken.toString(), Jws.ED25519, bot.id(), "", bot.signing()));
    assertThat(open(signed, new Hints(KEY, "", "")))
        .isEqualTo(
            new RequestVerdict.Refused(
                "r1",
                "replica-1",
                FinalCode.INVALID,
                "the request cannot be read: field \"caller\" must be an object"));
  }

  @Test
  void aStrangersRequestIsNotTrusted() {
    byte[] sameName = new BotCodec(List.of(keys("bot-1")), directory).sign(Samples.request("r1"));
    assertThat(kind(open(sameName, new Hints(KEY, "", "")))).contains(Kind.BAD_SIGNATURE);
    byte[] otherName = new BotCodec(List.of(keys("bot-2")), directory).sign(Samples.request("r1"));
    assertThat(kind(open(otherName, new Hints(KEY, "", "")))).contains(Kind.UNKNOWN_SENDER);
  }

  @Test
  void anotherAlgorithmThanTheOneForRequestsIsRefused() {
    var publicKeyAsSecret =
        new SecretKeySpec(RawKeys.bytes(bot.publicKeys().ed25519()), "HmacSHA256");
    byte[] confused =
        ascii(
            Jws.sign(
                RequestJson.of(Samples.request("r1")).toString(),
                Jws.HMAC,
                bot.id(),
                "",
                publicKeyAsSecret));
    assertThat(kind(open(confused, new Hints(KEY, "", "")))).contains(Kind.MALFORMED);
  }

  @Test
  void trap19_aNodeCannotSpeakForAnother() {
    NodeKeys thief = NodeKeys.generate();
    directory.accept("thief", thief.publicKey());
    TargetReport forged = reply(WEB1, new ReportBody.Started());
    String json = ReplyJson.of(forged).toString();
    var own = PairKeys.of(thief, "thief", bot.publicKeys()).mac();
    assertThat(kind(openReply(ascii(Jws.sign(json, Jws.HMAC, "thief", bot.id(), own)), forged)))
        .contains(Kind.DISAGREES);
    assertThat(kind(openReply(ascii(Jws.sign(json, Jws.HMAC, WEB1, bot.id(), own)), forged)))
        .contains(Kind.BAD_SIGNATURE);
    var pretended = PairKeys.of(thief, WEB1, bot.publicKeys()).mac();
    assertThat(kind(openReply(ascii(Jws.sign(json, Jws.HMAC, WEB1, bot.id(), pretended)), forged)))
        .contains(Kind.BAD_SIGNATURE);
  }

  @Test
  void aReplyUnderAnotherRoutingKeyOrCorrelationIsRejected() {
    TargetReport reply = reply(WEB1, new ReportBody.Started());
    byte[] signed = nodeCodec.sign(reply);
    String key = RoutingKeys.reply("replica-1", reply);
    assertThat(kind(botCodec.openReply(signed, new Hints("replica-1.x.y", "", ""), "replica-1")))
        .contains(Kind.DISAGREES);
    assertThat(kind(botCodec.openReply(signed, new Hints(key, "other", ""), "replica-1")))
        .contains(Kind.DISAGREES);
    assertThat(kind(botCodec.openReply(signed, new Hints(key, "", ""), "replica-2")))
        .contains(Kind.DISAGREES);
  }

  @Test
  void untilItIsEnrolledANodeMayOnlyShowItsKey() {
    directory.forget(WEB1);
    TargetReport reply = reply(WEB1, new ReportBody.Started());
    assertThat(kind(openReply(nodeCodec.sign(reply), reply))).contains(Kind.UNKNOWN_SENDER);
    var enrolment = new Enrolment(Samples.stamp(1), web1.publicKey());
    assertThat(
            botCodec.openEvent(
                nodeCodec.sign(enrolment), new Hints(RoutingKeys.event(enrolment), "", "")))
        .isEqualTo(new Opened.Trusted<NodeEvent>(enrolment));
  }

  @Test
  void trustT4_aTokenIsReadByTheBotAndByNobodyOnTheWay() {
    directory.forget(WEB1);
    var enrolment = new Enrolment(Samples.stamp(1), web1.publicKey(), Optional.of("correct horse"));
    byte[] signed = nodeCodec.sign(enrolment);
    assertThat(payloadOf(signed)).contains("token").doesNotContain("horse");
    assertThat(enrolment.toString()).doesNotContain("horse");
    assertThat(botCodec.openEvent(signed, new Hints(RoutingKeys.event(enrolment), "", "")))
        .isEqualTo(new Opened.Trusted<NodeEvent>(enrolment));
    String moved = payloadOf(signed).replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    assertThatThrownBy(() ->
            SealedPart.open(moved, PairKeys.of(NodeKeys.generate(), WEB1, bot.publicKeys()).seal()))
        .isInstanceOf(WireException.class);
  }

  private static String payloadOf(byte[] signed) {
    String[] parts = new String(signed, StandardCharsets.US_ASCII).split("\\.", -1);
    return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
  }

  @Test
  void aShownKeyMustBeHeld() {
    directory.forget(WEB1);
    var enrolment = new Enrolment(Samples.stamp(1), NodeKeys.generate().publicKey());
    assertThat(
            kind(
                botCodec.openEvent(
                    nodeCodec.sign(enrolment), new Hints(RoutingKeys.event(enrolment), "", ""))))
        .contains(Kind.BAD_SIGNATURE);
  }

  @Test
  void keysAreChangedWithoutAPause() {
    BotKeys next =
        BotKeys.generate(
            "bot-2", Samples.NOW.minusSeconds(10), Samples.NOW.plus(Duration.ofDays(365)));
    var ring = new BotKeyRing(List.of(bot.publicKeys(), next.publicKeys()));
    var node = new NodeCodec(WEB1, web1, new RequestReader(ring, now::get));
    var both = new BotCodec(List.of(next, bot), directory);
    assertThat(node.open(both.sign(Samples.request("r1")), new Hints(KEY, "", ""), Samples.web1()))
        .isInstanceOf(RequestVerdict.Genuine.class);
    assertThat(
            node.open(botCodec.sign(Samples.request("r2")), new Hints(KEY, "", ""), Samples.web1()))
        .isInstanceOf(RequestVerdict.Genuine.class);
    TargetReport reply = reply(WEB1, new ReportBody.Started());
    String key = RoutingKeys.reply("replica-1", reply);
    assertThat(both.openReply(node.sign(reply), new Hints(key, "", ""), "replica-1"))
        .isEqualTo(new Opened.Trusted<>(reply));
    assertThat(kind(botCodec.openReply(node.sign(reply), new Hints(key, "", ""), "replica-1")))
        .contains(Kind.UNKNOWN_SENDER);
  }

  @Test
  void trustT6_aNodeThatIsRunningTakesKeysThatItWasGivenLater() {
    BotKeys next = keys("bot-2");
    var ring = new AtomicReference<>(new BotKeyRing(List.of(bot.publicKeys())));
    var node = new NodeCodec(WEB1, web1, new RequestReader(ring::get, now::get));
    byte[] signed = new BotCodec(List.of(next), directory).sign(Samples.request("r1"));
    assertThat(node.open(signed, new Hints(KEY, "", ""), Samples.web1()))
        .isInstanceOf(RequestVerdict.Untrusted.class);
    ring.set(new BotKeyRing(List.of(bot.publicKeys(), next.publicKeys())));
    assertThat(node.open(signed, new Hints(KEY, "", ""), Samples.web1()))
        .isInstanceOf(RequestVerdict.Genuine.class);
    ring.set(new BotKeyRing(List.of(bot.publicKeys())));
    assertThat(node.open(signed, new Hints(KEY, "", ""), Samples.web1()))
        .as("what was checked before is not remembered for a key that is gone")
        .isInstanceOf(RequestVerdict.Untrusted.class);
  }

  @Test
  void trustT6_anotherKeyUnderAKnownIdIsAnotherKey() {
    BotKeys other = keys("bot-1");
    var ring = new AtomicReference<>(new BotKeyRing(List.of(bot.publicKeys())));
    var node = new NodeCodec(WEB1, web1, new RequestReader(ring::get, now::get));
    byte[] signed = botCodec.sign(Samples.request("r1"));
    TargetReport reply = reply(WEB1, new ReportBody.Started());
    assertThat(node.open(signed, new Hints(KEY, "", ""), Samples.web1()))
        .isInstanceOf(RequestVerdict.Genuine.class);
    node.sign(reply);
    ring.set(new BotKeyRing(List.of(other.publicKeys())));
    assertThat(node.open(signed, new Hints(KEY, "", ""), Samples.web1()))
        .isInstanceOf(RequestVerdict.Untrusted.class);
    String key = RoutingKeys.reply("replica-1", reply);
    assertThat(
            new BotCodec(List.of(other), directory)
                .openReply(node.sign(reply), new Hints(key, "", ""), "replica-1"))
        .isEqualTo(new Opened.Trusted<>(reply));
  }

  @Test
  void trustT6_theBotKnowsUnderWhichKeyEachNodeWrites() {
    BotKeys next = keys("bot-2");
    var both = new BotCodec(List.of(bot, next), directory);
    TargetReport reply = reply(WEB1, new ReportBody.Started());
    Hints hints = new Hints(RoutingKeys.reply("replica-1", reply), "", "");
    both.openReply(nodeCodec.sign(reply), hints, "replica-1");
    assertThat(both.keysInUse()).isEqualTo(Map.of(WEB1, bot.id()));
    var moved =
        new NodeCodec(
            WEB1, web1, new RequestReader(new BotKeyRing(List.of(next.publicKeys())), now::get));
    both.openReply(moved.sign(reply), hints, "replica-1");
    assertThat(both.keysInUse()).isEqualTo(Map.of(WEB1, next.id()));
    directory.forget(WEB1);
    assertThat(both.keysInUse()).isEmpty();
  }

  @Test
  void sealedPartsOpenAtTheirNodeOnly() throws Exception {
    var secret = JsonNodeFactory.instance.objectNode().put("password", "correct horse");
    String sealed = botCodec.seal(WEB1, secret).orElseThrow();
    assertThat(sealed).doesNotContain("horse");
    assertThat(nodeCodec.unseal(sealed)).isEqualTo(secret);
    var other =
        new NodeCodec(
            WEB1,
            NodeKeys.generate(),
            new RequestReader(new BotKeyRing(List.of(bot.publicKeys())), now::get));
    assertThatThrownBy(() -> other.unseal(sealed))
        .isInstanceOf(WireException.class)
        .hasMessageNotContaining("horse");
    assertThat(botCodec.seal("stranger", secret)).isEmpty();
  }

  @Test
  void damagedBytesNeverThrow() {
    long seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    byte[] request = botCodec.sign(Samples.request("r1"));
    TargetReport reply = reply(WEB1, new ReportBody.Output("stdout", "text"));
    byte[] signedReply = nodeCodec.sign(reply);
    for (int round = 0; round < 1_000; round++) {
      assertThat(open(damaged(request, random), new Hints(KEY, "", "")))
          .as("seed %d", seed)
          .isNotInstanceOf(RequestVerdict.Genuine.class);
      assertThat(openReply(damaged(signedReply, random), reply))
          .as("seed %d", seed)
          .isInstanceOf(Opened.Dropped.class);
    }
  }

  /** Another byte somewhere. */
  private static byte[] damaged(byte[] message, SplittableRandom random) {
    byte[] copy = message.clone();
    int at = random.nextInt(copy.length);
    copy[at] ^= (byte) random.nextInt(1, 128);
    return copy;
  }

  private RequestVerdict open(byte[] body, Hints hints) {
    return nodeCodec.open(body, hints, Samples.web1());
  }

  private Opened<TargetReport> openReply(byte[] body, TargetReport reply) {
    return botCodec.openReply(
        body, new Hints(RoutingKeys.reply("replica-1", reply), "", ""), "replica-1");
  }

  private static Optional<Kind> kind(RequestVerdict verdict) {
    return verdict instanceof RequestVerdict.Untrusted(RejectedMessage rejected)
        ? Optional.of(rejected.kind())
        : Optional.empty();
  }

  private static Optional<Kind> kind(Opened<?> opened) {
    return opened instanceof Opened.Dropped<?>(RejectedMessage rejected)
        ? Optional.of(rejected.kind())
        : Optional.empty();
  }

  private static TargetReport reply(String node, ReportBody body) {
    return new TargetReport("r1", node, "b0071", 1, Samples.NOW, body);
  }

  private static BotKeys keys(String id) {
    return BotKeys.generate(
        id, Samples.NOW.minus(Duration.ofDays(1)), Samples.NOW.plus(Duration.ofDays(1)));
  }

  private static String changed(String part, Consumer<ObjectNode> change) {
    try {
      var json =
          (ObjectNode)
              WireJson.parse(
                  new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
      change.accept(json);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    } catch (WireException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
