package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bandmaster.simulator.world.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a call, whatever way they came: as form fields, in the address or as a JSON
 * body. A field that comes twice counts once, with its first value.
 *
 * @param fields the arguments by name; form fields are texts
 */
public record Arguments(ObjectNode fields) {
  /** Arguments from form fields or the address. */
  public static Arguments ofFields(Map<String, List<String>> form) {
    ObjectNode fields = Json.object();
    form.forEach((name, values) -> {
      if (!values.isEmpty()) {
        fields.put(name, values.getFirst());
      }
    });
    return new Arguments(fields);
  }

  /** These arguments and others; these count where both name the same. */
  public Arguments and(Arguments others) {
    ObjectNode both = others.fields.deepCopy();
    both.setAll(fields);
    return new Arguments(both);
  }

  /** The same arguments with the token that came in the header. */
  Arguments withToken(String token) {
    return new Arguments(fields.deepCopy().put("token", token));
  }

  /** Whether the argument is there at all, even if empty. */
  boolean has(String name) {
    return fields.hasNonNull(name);
  }

  /** The argument as text; empty where it is missing. */
  String text(String name) {
    return Json.text(fields, name);
  }

  /** The argument as text; the call is refused where it is missing or empty. */
  String required(String name) {
    String value = text(name);
    if (value.isEmpty()) {
      throw ApiRefusal.withMessages(
          "invalid_arguments", List.of("[ERROR] missing required field: " + name));
    }
    return value;
  }

  /** The argument as yes or no: {@code 1}, {@code true} and their like. */
  boolean flag(String name) {
    String value = text(name).toLowerCase(Locale.ROOT);
    return value.equals("1") || value.equals("true");
  }

  /** The argument as a number between 1 and {@code most}. */
  int limit(String name, int otherwise, int most) {
    String value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return Math.clamp(Integer.parseInt(value), 1, most);
    } catch (NumberFormatException notNumber) {
      throw new ApiRefusal("invalid_limit");
    }
  }

  /** The argument as JSON, be it a JSON body's own value or a text that contains JSON. */
  Optional<JsonNode> json(String name) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (value instanceof TextNode text) {
      if (text.asText().isBlank()) {
        return Optional.empty();
      }
      return Optional.of(
          Json.parse(text.asText())
              .orElseThrow(() ->
                  ApiRefusal.withMessages(
                      "invalid_arguments",
                      List.of("[ERROR] value passed for " + name + " is not valid JSON"))));
    }
    return Optional.of(value);
  }

  /** The parts of an argument that is a list with commas, or a JSON array. */
  List<String> list(String name) {
    JsonNode value = fields.path(name);
    if (value.isArray()) {
      return value.valueStream().map(JsonNode::asText).toList();
    }
    return Arrays.stream(text(name).split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
