package dev.bandmaster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodeEvent;
import dev.bandmaster.model.NodeFilter;
import dev.bandmaster.model.NodeName;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.RejectedMessage.Kind;
import dev.bandmaster.model.Target;
import dev.bandmaster.model.TargetReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A node's side of the protocol: judges requests, signs replies and events. Any thread. */
public final class NodeCodec {
  private final String node;
  private final NodeKeys keys;
  private final RequestReader reader;
  private final RequestAges ages = new RequestAges();

  /** By the whole key: what a changed file says under an id that was known is another key. */
  private final Map<BotPublicKeys, PairKeys> pairs = new ConcurrentHashMap<>();

  public NodeCodec(String node, NodeKeys keys, RequestReader reader) {
    this.node = NodeName.require(node);
    this.keys = keys;
    this.reader = reader;
  }

  public NodePublicKey publicKey() {
    return keys.publicKey();
  }

  /**
   * Judges a message that arrived as a request.
   *
   * @param self this node as it is now: filters are evaluated on it
   */
  public RequestVerdict open(byte[] body, Hints hints, NodeDescription self) {
    return switch (reader.read(body)) {
      case RequestVerdict.Genuine(Request request) -> check(request, hints, self);
      case RequestVerdict.Refused refused -> refused;
      case RequestVerdict.Untrusted untrusted -> untrusted;
      case RequestVerdict.NotMeant notMeant -> notMeant;
    };
  }

  private RequestVerdict check(Request request, Hints hints, NodeDescription self) {
    if (!request.collective().equals(self.collective())
        || !RoutingKeys.of(request, node).contains(hints.routingKey())) {
      return disagrees(
          request, "the request was signed for different nodes than its routing key says");
    }
    if (!hints.correlatesWith(request.id()) || !hints.answersTo(request.replyTo())) {
      return disagrees(
          request, "the request's correlation id or reply address differs from the signed one");
    }
    Duration age = Duration.between(request.sentAt(), reader.clock().instant());
    if (request.delivery() == Delivery.LIVE) {
      ages.add(age);
    }
    if (age.compareTo(request.ttl()) > 0) {
      return refused(
          request,
          FinalCode.EXPIRED,
          "the request arrived %d s after it was sent; its ttl is %d s%s"
              .formatted(age.toSeconds(), request.ttl().toSeconds(), ages.blame()));
    }
    if (age.negated().compareTo(request.ttl()) > 0) {
      return refused(
          request,
          FinalCode.INVALID,
          "the request's time is %d s ahead of this node's clock, more than its ttl of %d s: one of the clocks is wrong"
              .formatted(age.negated().toSeconds(), request.ttl().toSeconds()));
    }
    return meant(request, self);
  }

  private RequestVerdict meant(Request request, NodeDescription self) {
    return switch (request.target()) {
      case Target.AnyOne() -> new RequestVerdict.Genuine(request);
      case Target.Nodes(List<String> names) ->
          names.contains(node)
              ? new RequestVerdict.Genuine(request)
              : disagrees(request, "the request was signed for other nodes");
      case Target.AppBroadcast(String env, String app) -> {
        if (!env.isEmpty() && !env.equals(self.env())) {
          yield disagrees(request, "the request was signed for another environment");
        }
        yield self.apps().containsKey(app)
            ? new RequestVerdict.Genuine(request)
            : new RequestVerdict.NotMeant(request.id());
      }
      case Target.Broadcast(String env, String filter) -> {
        if (!env.isEmpty() && !env.equals(self.env())) {
          yield disagrees(request, "the request was signed for another environment");
        }
        yield switch (NodeFilter.parse(filter)) {
          case NodeFilter.Parsed.Valid(NodeFilter parsed) ->
              parsed.matches(self)
                  ? new RequestVerdict.Genuine(request)
                  : new RequestVerdict.NotMeant(request.id());
          case NodeFilter.Parsed.Invalid(String reason, int column) ->
              refused(
                  request,
                  FinalCode.INVALID,
                  "the filter is invalid at column " + column + ": " + reason);
        };
      }
    };
  }

  /** The signed bytes of a reply. */
  public byte[] sign(TargetReport reply) {
    if (!reply.node().equals(node)) {
      throw new IllegalArgumentException("a node signs only its own replies");
    }
    return sign(ReplyJson.of(reply), newest());
  }

  /** The signed bytes of an event. */
  public byte[] sign(NodeEvent event) {
    if (!event.stamp().node().equals(node)) {
      throw new IllegalArgumentException("a node signs only its own events");
    }
    BotPublicKeys bot = newest();
    ObjectNode json = EventJson.of(event);
    if (event instanceof Enrolment enrolment) {
      enrolment
          .token()
          .ifPresent(token ->
              json.put(
                  EventJson.TOKEN,
                  SealedPart.seal(EventJson.token(token), node, bot.id(), pair(bot).seal())));
    }
    return sign(json, bot);
  }

  /**
   * Reads a part that {@link BotCodec#seal} closed for this node.
   *
   * @throws WireException when it is not for this node, or was changed
   */
  public JsonNode unseal(String sealed) throws WireException {
    Jws.Claim claim = Jws.claim(sealed);
    Instant now = reader.clock().instant();
    BotPublicKeys bot =
        reader
            .ring()
            .find(claim.bot(), now)
            .orElseThrow(() -> new WireException("a sealed part is from an unknown bot key"));
    return SealedPart.open(sealed, pair(bot).seal());
  }

  private BotPublicKeys newest() {
    return reader
        .ring()
        .newest(reader.clock().instant())
        .orElseThrow(
            () -> new IllegalStateException("no bot key in this node's key ring is valid today"));
  }

  private byte[] sign(JsonNode json, BotPublicKeys bot) {
    return Jws.sign(json.toString(), Jws.HMAC, node, bot.id(), pair(bot).mac())
        .getBytes(StandardCharsets.US_ASCII);
  }

  private PairKeys pair(BotPublicKeys bot) {
    return pairs.computeIfAbsent(bot, key -> PairKeys.of(keys, node, key));
  }

  private static RequestVerdict refused(Request request, FinalCode code, String reason) {
    return new RequestVerdict.Refused(request.id(), request.replyTo(), code, reason);
  }

  private static RequestVerdict disagrees(Request request, String reason) {
    return new RequestVerdict.Untrusted(
        new RejectedMessage(Kind.DISAGREES, request.sender(), reason));
  }
}
