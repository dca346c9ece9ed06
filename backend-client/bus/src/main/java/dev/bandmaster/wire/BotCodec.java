package dev.bandmaster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.NodeDirectory;
import dev.bandmaster.model.NodeEvent;
import dev.bandmaster.model.NodeName;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.RejectedMessage.Kind;
import dev.bandmaster.model.TargetReport;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The bot's side of the protocol: signs requests, judges replies and events. Any thread. */
public final class BotCodec {
  private static final String NO_KEY =
      "none of the bot's keys is valid now; run 'bandmaster keys rotate --now'";

  /** Keys of the bot that are remembered for a node; in use are one, or two while they change. */
  private static final int MOST_PAIRS = 8;

  private final BotKeySource keys;
  private final NodeDirectory directory;
  private final Map<String, Agreed> agreed = new ConcurrentHashMap<>();
  private final Map<String, String> written = new ConcurrentHashMap<>();

  /**
   * Keys already agreed on with a node; X25519 for every message would cost more than everything
   * else. Until keys have been changed everywhere the bot signs with one and nodes write under
   * another.
   *
   * @param key the node's
   * @param pairs by the id of the bot's key
   */
  private record Agreed(NodePublicKey key, Map<String, PairKeys> pairs) {}

  /**
   * @param keys the first signs requests; nodes may write under any of them, which is how keys are
   *     changed
   */
  public BotCodec(List<BotKeys> keys, NodeDirectory directory) {
    this(BotKeySource.of(keys), directory);
  }

  /** As the other, with keys that may change. */
  public BotCodec(BotKeySource keys, NodeDirectory directory) {
    this.keys = keys;
    this.directory = directory;
  }

  /** Why nothing can be signed now, if that is so. */
  public Optional<String> problem() {
    return keys.signing().isPresent() ? Optional.empty() : Optional.of(NO_KEY);
  }

  /**
   * Under which of the bot's keys each trusted node has written last, as far as it was heard since
   * the start: who still has to be given new keys.
   */
  public Map<String, String> keysInUse() {
    Map<String, String> inUse = new HashMap<>(written);
    inUse.keySet().removeIf(node -> directory.keyOf(node).isEmpty());
    return inUse;
  }

  private BotKeys signing() {
    return keys.signing().orElseThrow(() -> new IllegalStateException(NO_KEY));
  }

  /**
   * The signed bytes of a request.
   *
   * @throws IllegalStateException when no key counts now; {@link #problem} says so beforehand
   */
  public byte[] sign(Request request) {
    BotKeys signing = signing();
    return Jws.sign(
            RequestJson.of(request).toString(), Jws.ED25519, signing.id(), "", signing.signing())
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Closes a part of a request's arguments so that only {@code node} can read it.
   *
   * @return a JWE in compact form, or empty when the node is not enrolled
   */
  public Optional<String> seal(String node, JsonNode part) {
    BotKeys signing = signing();
    return directory
        .keyOf(node)
        .map(key -> SealedPart.seal(part, node, signing.id(), pair(signing, node, key).seal()));
  }

  /**
   * Judges a message that arrived as a reply.
   *
   * @param replyTo the reply address at which it arrived
   */
  public Opened<TargetReport> openReply(byte[] body, Hints hints, String replyTo) {
    return open(
        body,
        (payload, sender, _) -> {
          TargetReport reply = ReplyJson.reply(payload);
          if (!reply.node().equals(sender.keyId())) {
            return disagrees(
                sender, "the reply names a different node than the one that signed it");
          }
          if (!hints.routingKey().equals(RoutingKeys.reply(replyTo, reply))
              || !hints.correlatesWith(reply.request())) {
            return disagrees(
                sender, "the reply's routing key or correlation id differs from the signed one");
          }
          return new Opened.Trusted<>(reply);
        });
  }

  /** Judges a message that arrived as an event. */
  public Opened<NodeEvent> openEvent(byte[] body, Hints hints) {
    return open(
        body,
        (payload, sender, pair) -> {
          NodeEvent event = EventJson.event(payload);
          if (!event.stamp().node().equals(sender.keyId())) {
            return disagrees(
                sender, "the event names a different node than the one that signed it");
          }
          if (!hints.routingKey().equals(RoutingKeys.event(event))) {
            return disagrees(sender, "the event's routing key differs from the signed one");
          }
          String sealed = new WireJson(payload).textOr(EventJson.TOKEN, "");
          return new Opened.Trusted<>(
              event instanceof Enrolment enrolment && !sealed.isEmpty()
                  ? EventJson.withToken(enrolment, SealedPart.open(sealed, pair.seal()))
                  : event);
        });
  }

  /** Reads a payload whose signature has been found good. */
  private interface Reading<T> {
    Opened<T> read(JsonNode payload, Jws.Claim sender, PairKeys pair) throws WireException;
  }

  private <T> Opened<T> open(byte[] body, Reading<T> reading) {
    if (body.length > Jws.LONGEST) {
      return dropped(Kind.MALFORMED, "", "the message is larger than " + Jws.LONGEST + " bytes");
    }
    String compact = new String(body, StandardCharsets.ISO_8859_1);
    String source = "";
    try {
      Jws.Claim claim = Jws.claim(compact);
      source = claim.keyId();
      if (!claim.algorithm().equals(Jws.HMAC) || !NodeName.isValid(source)) {
        return dropped(
            Kind.MALFORMED,
            source,
            "a node's message must be signed with " + Jws.HMAC + " under its own name");
      }
      Optional<BotKeys> bot = keys.find(claim.bot());
      return bot.isPresent()
          ? verified(compact, claim, bot.get(), reading)
          : dropped(
              Kind.UNKNOWN_SENDER,
              source,
              "the message is signed for a bot key that this bot does not have, or that has ended");
    } catch (WireException | IllegalArgumentException | ArithmeticException e) {
      return dropped(Kind.MALFORMED, source, "the message cannot be read: " + e.getMessage());
    }
  }

  private <T> Opened<T> verified(String compact, Jws.Claim claim, BotKeys bot, Reading<T> reading)
      throws WireException {
    Optional<NodePublicKey> trusted = directory.keyOf(claim.keyId());
    PairKeys pair;
    if (trusted.isPresent()) {
      pair = pair(bot, claim.keyId(), trusted.get());
    } else {
      agreed.remove(claim.keyId());
      written.remove(claim.keyId());
      Optional<NodePublicKey> shown = keyShownByEnrolment(compact);
      if (shown.isEmpty()) {
        return dropped(Kind.UNKNOWN_SENDER, claim.keyId(), "the node is not enrolled");
      }
      pair = PairKeys.of(bot, claim.keyId(), shown.get());
    }
    Optional<String> payload = Jws.verify(compact, Jws.HMAC, pair.mac());
    if (payload.isEmpty()) {
      return enrolmentWithAnotherKey(compact, claim, bot, reading);
    }
    if (trusted.isPresent()) {
      written.put(claim.keyId(), bot.id());
    }
    return read(payload.get(), claim, pair, reading);
  }

  /**
   * A node that is enrolled but has new keys asks again; whether to believe it is for a person to
   * say.
   */
  private <T> Opened<T> enrolmentWithAnotherKey(
      String compact, Jws.Claim claim, BotKeys bot, Reading<T> reading) throws WireException {
    Optional<PairKeys> pair =
        keyShownByEnrolment(compact).map(key -> PairKeys.of(bot, claim.keyId(), key));
    Optional<String> payload = pair.flatMap(shared -> Jws.verify(compact, Jws.HMAC, shared.mac()));
    return payload.isPresent()
        ? read(payload.get(), claim, pair.orElseThrow(), reading)
        : dropped(
            Kind.BAD_SIGNATURE, claim.keyId(), "the signature does not match this node's key");
  }

  /**
   * The key inside an enrolment that nobody has verified yet: the message proves that its sender
   * holds it.
   */
  private static Optional<NodePublicKey> keyShownByEnrolment(String compact) throws WireException {
    var json = new WireJson(WireJson.parse(Jws.unverifiedPayload(compact)));
    return json.textOr("kind", "").equals("enroll")
        ? Optional.of(new NodePublicKey(json.text("key")))
        : Optional.empty();
  }

  private static <T> Opened<T> read(
      String payload, Jws.Claim claim, PairKeys pair, Reading<T> reading) throws WireException {
    JsonNode json = WireJson.parse(payload);
    long version = new WireJson(json).number("v");
    return version == WireJson.VERSION
        ? reading.read(json, claim, pair)
        : dropped(
            Kind.UNKNOWN_VERSION,
            claim.keyId(),
            "the node uses protocol version %d, this bot version %d"
                .formatted(version, WireJson.VERSION));
  }

  private PairKeys pair(BotKeys bot, String node, NodePublicKey key) {
    Agreed known = agreed.get(node);
    if (known == null || !known.key().equals(key) || known.pairs().size() >= MOST_PAIRS) {
      known = new Agreed(key, new ConcurrentHashMap<>());
      agreed.put(node, known);
    }
    return known.pairs().computeIfAbsent(bot.id(), id -> PairKeys.of(bot, node, key));
  }

  private static <T> Opened<T> disagrees(Jws.Claim sender, String reason) {
    return dropped(Kind.DISAGREES, sender.keyId(), reason);
  }

  private static <T> Opened<T> dropped(Kind kind, String source, String reason) {
    return new Opened.Dropped<>(new RejectedMessage(kind, source, reason));
  }
}
