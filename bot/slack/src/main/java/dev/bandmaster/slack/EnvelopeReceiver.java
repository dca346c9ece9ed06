package dev.bandmaster.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.listener.WebSocketMessageListener;
import com.slack.api.socket_mode.response.AckResponse;
import com.slack.api.socket_mode.response.MapResponse;
import com.slack.api.socket_mode.response.SocketModeResponse;
import dev.bandmaster.core.chat.EnvelopeSink;
import dev.bandmaster.core.chat.EnvelopeSink.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes envelopes in: stores each, then acknowledges it, and does no more; only of a dialog it says
 * with the acknowledgement what is wrong with its fields. What an envelope means is found out later
 * by the inbox worker, so only the store can delay the acknowledgement, and what was not stored is
 * not acknowledged.
 */
final class EnvelopeReceiver implements WebSocketMessageListener {

  private static final Logger LOG = LoggerFactory.getLogger(EnvelopeReceiver.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The longest envelope that is stored, in characters. A click carries its whole message, which
   * Slack keeps below 50 blocks of 3,000 characters; this is several times as much.
   */
  static final int LONGEST = 1_000_000;

  /** What Slack says about the socket itself; it has its own listeners. */
  private static final Set<String> ABOUT_THE_SOCKET = Set.of("hello", "disconnect");

  private final SocketModeClient client;
  private final EnvelopeSink sink;
  private final ModalOpener prompter;
  private final IgnoredCounts ignored;

  EnvelopeReceiver(
      SocketModeClient client, EnvelopeSink sink, ModalOpener prompter, IgnoredCounts ignored) {
    this.ignored = ignored;
    this.client = client;
    this.sink = sink;
    this.prompter = prompter;
  }

  @Override
  public void handle(String raw) {
    if (raw.length() > LONGEST) {
      LOG.warn("Dropped an envelope of {} characters.", raw.length());
      ignored.add(IgnoredReason.ENVELOPE_TOO_LONG);
      return;
    }
    JsonNode envelope;
    try {
      envelope = JSON.readTree(raw);
    } catch (JsonProcessingException unreadable) {
      LOG.warn("Dropped an envelope that is not JSON.");
      ignored.add(IgnoredReason.ENVELOPE_NOT_JSON);
      return;
    }
    String id = envelope.path("envelope_id").asText();
    String type = envelope.path("type").asText();
    Optional<Kind> kind = kind(type);
    if (kind.isEmpty() || id.isEmpty()) {
      LOG.debug("Not an envelope: {}", type);
      if (!ABOUT_THE_SOCKET.contains(type)) {
        ignored.add(IgnoredReason.UNKNOWN_ENVELOPE);
      }
      return;
    }
    EnvelopeSink.Stored stored =
        sink.store(DedupeKey.of(kind.get(), envelope), kind.get(), id, raw);
    client.sendSocketModeResponse(acknowledgement(id, envelope.path("payload")));
    LOG.debug("Acknowledged {} {}.", stored, id);
  }

  /** A dialog with mistakes stays on the screen, and each mistake is shown at its field. */
  private SocketModeResponse acknowledgement(String id, JsonNode payload) {
    Map<String, String> mistakes =
        Submission.read(payload).map(prompter::mistakes).orElse(Map.of());
    return mistakes.isEmpty()
        ? AckResponse.builder().envelopeId(id).build()
        : MapResponse.builder()
            .envelopeId(id)
            .payload(Map.of("response_action", "errors", "errors", mistakes))
            .build();
  }

  private static Optional<Kind> kind(String type) {
    return switch (type) {
      case "events_api" -> Optional.of(Kind.EVENT);
      case "interactive" -> Optional.of(Kind.INTERACTION);
      case "slash_commands" -> Optional.of(Kind.SLASH);
      default -> Optional.empty();
    };
  }
}
