package dev.bandmaster.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.wire.WireException;
import dev.bandmaster.wire.WireJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An earlier final inside the data of a {@code DUPLICATE}. */
final class StoredFinal {
  private StoredFinal() {}

  static JsonNode json(ReportBody.Final end) {
    ObjectNode json = WireJson.object();
    json.put("code", end.code().wireName());
    json.put("message", end.message());
    Integer exit = end.exit();
    if (exit != null) {
      json.put("exit", exit);
    }
    json.set("data", end.data());
    return json;
  }

  /** Empty when there is none, or when what is there is no final. */
  static Optional<ReportBody.Final> read(JsonNode json) {
    if (!json.isObject()) {
      return Optional.empty();
    }
    try {
      var read = new WireJson(json);
      FinalCode code = read.constant("code", FinalCode.class);
      return code == FinalCode.DUPLICATE
          ? Optional.empty()
          : Optional.of(
              new ReportBody.Final(code, read.text("message"), exit(read), read.any("data")));
    } catch (WireException | IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Integer exit(WireJson json) throws WireException {
    return json.has("exit") ? Math.toIntExact(json.number("exit")) : null;
  }
}
