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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * Arguments by name: a text, a whole number, true for a flag, or a list of texts. Empty if the
   * field is not given.
   */
  Optional<Map<String, List<String>>> arguments(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      throw ApiProblem.badRequest("The field '%s' must be an object.".formatted(name));
    }
    Map<String, List<String>> arguments = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : value.properties()) {
      JsonNode given = each.getValue();
      if (given.isTextual() || given.isIntegralNumber()) {
        arguments.put(each.getKey(), List.of(given.asText()));
      } else if (given.isArray()) {
        arguments.put(each.getKey(), texts(name, given));
      } else if (given.isBoolean()) {
        if (given.asBoolean()) {
          arguments.put(each.getKey(), List.of());
        }
      } else {
        throw badArgument(name);
      }
    }
    return Optional.of(arguments);
  }

  private static List<String> texts(String name, JsonNode list) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list) {
      if (!item.isTextual()) {
        throw badArgument(name);
      }
      texts.add(item.asText());
    }
    return texts;
  }

  private static ApiProblem badArgument(String name) {
    return ApiProblem.badRequest(
        "Each value in '%s' must be a text, a whole number, true or false, or a list of texts."
            .formatted(name));
  }
}
