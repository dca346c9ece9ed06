package dev.bandmaster.simulator.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something on its way to the app, through all its attempts. Guarded by the hub. */
final class Envelope {
  final EnvelopeType type;
  final ObjectNode payload;
  final boolean acceptsResponse;
  final Consumer<Delivery> whenDone;
  final Instant created;
  final List<Sending> sendings = new ArrayList<>();
  final Set<String> ids = new HashSet<>();
  int attempt;
  boolean over;
  @Nullable Instant acknowledged;
  @Nullable JsonNode response;

  Envelope(
      EnvelopeType type,
      ObjectNode payload,
      boolean acceptsResponse,
      Instant created,
      Consumer<Delivery> whenDone) {
    this.type = type;
    this.payload = payload.deepCopy();
    this.acceptsResponse = acceptsResponse;
    this.created = created;
    this.whenDone = whenDone;
  }

  /** The id of the next attempt: the last one's where it keeps its id, else a new one. */
  String nextId(boolean keepId, String fresh) {
    String id = keepId && !sendings.isEmpty() ? sendings.getLast().envelopeId() : fresh;
    ids.add(id);
    return id;
  }

  EnvelopeSeen seen() {
    return new EnvelopeSeen(type, payload.deepCopy(), created, sendings, acknowledged, response);
  }
}
