package dev.bandmaster.simulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.simulator.world.Json;
import java.time.Duration;
import java.util.Arrays;

/** Faults as the control interface writes them. */
final class FaultFields {
  private static final int MILLIS_A_SECOND = 1_000;

  private FaultFields() {}

  static Fault read(Fields fields) {
    String word = fields.required("kind");
    Fault usual = Fault.of(Fault.Kind.of(word).orElseThrow(() -> unknown(word)));
    int usualMillis = (int) usual.delay().toMillis();
    int retryAfter =
        fields.json().has("retry_after")
            ? fields.number("retry_after", 1) * MILLIS_A_SECOND
            : usualMillis;
    Fault fault =
        usual
            .on(fields.text("method", usual.method()))
            .times(fields.number("count", usual.count()))
            .answering(fields.number("status", usual.status()))
            .lasting(Duration.ofMillis(fields.number("ms", retryAfter)))
            .saying(fields.text("error", usual.error()));
    Fault wide = fields.flag("all") ? fault.everywhere() : fault;
    return fields.flag("same_envelope") ? wide.inTheSameEnvelope() : wide;
  }

  static ObjectNode json(Fault fault) {
    return Json.object()
        .put("id", fault.id())
        .put("kind", fault.kind().word())
        .put("method", fault.method())
        .put("count", fault.count())
        .put("ms", fault.delay().toMillis())
        .put("status", fault.status())
        .put("all", fault.all())
        .put("same_envelope", fault.sameEnvelope())
        .put("error", fault.error());
  }

  private static IllegalArgumentException unknown(String word) {
    var words = Arrays.stream(Fault.Kind.values()).map(Fault.Kind::word).toList();
    return new IllegalArgumentException(
        "There is no fault '" + word + "'. Available: " + words + ", list and clear.");
  }
}
