package dev.bandmaster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.model.Bounds;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.RejectedMessage.Kind;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks the signature of requests and reads them; everything that is the same for all nodes of a
 * process. A signature that was just checked is remembered with its exact bytes, since checking one
 * costs more than everything else. Any thread.
 */
public final class RequestReader {
  /**
   * How many checked messages are remembered: redeliveries and many nodes in one process come close
   * together.
   */
  private static final int REMEMBERED = 32;

  private final Supplier<BotKeyRing> ring;
  private final InstantSource clock;
  private final Map<Checked, JsonNode> checked =
      Collections.synchronizedMap(
          new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Checked, JsonNode> eldest) {
              return size() > REMEMBERED;
            }
          });

  /** A message whose signature was good under a key; under another one it may not be. */
  private record Checked(BotPublicKeys key, String message) {}

  public RequestReader(BotKeyRing ring, InstantSource clock) {
    this(() -> ring, clock);
  }

  /**
   * As the other, with keys that may change.
   *
   * @param ring asked for every message: answers from memory
   */
  public RequestReader(Supplier<BotKeyRing> ring, InstantSource clock) {
    this.ring = ring;
    this.clock = clock;
  }

  BotKeyRing ring() {
    return ring.get();
  }

  InstantSource clock() {
    return clock;
  }

  /** {@link RequestVerdict.Genuine} here means only: signed by a trusted bot, and readable. */
  RequestVerdict read(byte[] body) {
    if (body.length > Jws.LONGEST) {
      return untrusted(Kind.MALFORMED, "", "the message is larger than " + Jws.LONGEST + " bytes");
    }
    String compact = new String(body, StandardCharsets.ISO_8859_1);
    try {
      Jws.Claim claim = Jws.claim(compact);
      if (!claim.algorithm().equals(Jws.ED25519)) {
        return untrusted(
            Kind.MALFORMED, claim.keyId(), "a request must be signed with " + Jws.ED25519);
      }
      Optional<BotPublicKeys> key = ring().find(claim.keyId(), clock.instant());
      if (key.isEmpty()) {
        return untrusted(
            Kind.UNKNOWN_SENDER,
            claim.keyId(),
            "the bot key is not in this node's key ring, or is not valid today");
      }
      var message = new Checked(key.get(), compact);
      JsonNode payload = checked.get(message);
      if (payload == null) {
        Optional<String> text =
            Jws.verify(compact, Jws.ED25519, RawKeys.ed25519(RawKeys.bytes(key.get().ed25519())));
        if (text.isEmpty()) {
          return untrusted(
              Kind.BAD_SIGNATURE, claim.keyId(), "the signature does not match the bot's key");
        }
        payload = WireJson.parse(text.get());
        checked.put(message, payload);
      }
      return readable(payload, claim.keyId());
    } catch (WireException e) {
      return untrusted(Kind.MALFORMED, "", e.getMessage());
    }
  }

  /**
   * The sender is proven: from here on a mistake is answered whenever it can be seen whom to
   * answer.
   */
  private static RequestVerdict readable(JsonNode payload, String sender) throws WireException {
    var json = new WireJson(payload);
    if (json.number("v") != WireJson.VERSION) {
      return answered(
          json,
          sender,
          Kind.UNKNOWN_VERSION,
          "this node uses protocol version %d, the request version %d"
              .formatted(WireJson.VERSION, json.number("v")));
    }
    try {
      if (!json.text("kind").equals(RequestJson.KIND)) {
        return untrusted(Kind.MALFORMED, sender, "the message is not a request");
      }
      return new RequestVerdict.Genuine(RequestJson.request(payload));
    } catch (WireException | IllegalArgumentException | ArithmeticException e) {
      return answered(
          json, sender, Kind.MALFORMED, "the request cannot be read: " + e.getMessage());
    }
  }

  private static RequestVerdict answered(WireJson json, String sender, Kind kind, String reason)
      throws WireException {
    String request = json.textOr("id", "");
    String replyTo = json.textOr("replyTo", "");
    return request.isEmpty()
            || replyTo.isEmpty()
            || request.length() > Bounds.NAME
            || replyTo.length() > Bounds.NAME
        ? untrusted(kind, sender, reason)
        : new RequestVerdict.Refused(request, replyTo, FinalCode.INVALID, reason);
  }

  private static RequestVerdict untrusted(Kind kind, String source, String reason) {
    return new RequestVerdict.Untrusted(new RejectedMessage(kind, source, reason));
  }
}
