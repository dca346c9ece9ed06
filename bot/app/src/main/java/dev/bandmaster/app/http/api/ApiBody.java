package dev.bandmaster.app.http.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The JSON object of a request, read strictly: a misspelt field is refused, not ignored. */
record ApiBody(JsonNode object) {

  /** Bytes; a command has at most 4,000 characters. */
  private static final int LONGEST = 64 << 10;

  private static final ObjectMapper JSON = mapper();

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build());
    return mapper;
  }

  /**
   * Reads it; no body at all is an empty object.
   *
   * @param known the fields there may be
   */
  static ApiBody read(Context context, Set<String> known) throws IOException {
    byte[] bytes = context.bodyInputStream().readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw ApiProblem.badRequest("The body is longer than %,d bytes.".formatted(LONGEST));
    }
    if (bytes.length == 0) {
      return new ApiBody(JSON.createObjectNode());
    }
    String type = Optional.ofNullable(context.header("Content-Type")).orElse("");
    if (!type.startsWith("application/json")) {
      throw ApiProblem.badRequest("The body must be 'Content-Type: application/json'.");
    }
    JsonNode object;
    try {
      object = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw ApiProblem.badRequest("The body is no valid JSON.");
    }
    if (!object.isObject()) {
      throw ApiProblem.badRequest("The body must be a JSON object.");
    }
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw ApiProblem.badRequest(
            "Unknown field '%s'. Known: %s."
                .formatted(
                    name.length() > 80 ? name.substring(0, 80) + "…" : name,
                    known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known))));
      }
    }
    return new ApiBody(object);
  }

  /** A text; empty if it is not given. */
  Optional<String> text(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw ApiProblem.badRequest("The field '%s' must be a text.".formatted(name));
    }
    return Optional.of(value.asText());
  }

  /** True or false; false if it is not given. */
  boolean flag(String name) {
    JsonNode value = object.get(name);
    if (value != null && !value.isBoolean()) {
      throw ApiProblem.badRequest("The field '%s' must be true or false.".formatted(name));
    }
    return value != null && value.asBoolean();
  }
}
