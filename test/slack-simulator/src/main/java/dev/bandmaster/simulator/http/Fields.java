package dev.bandmaster.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Json;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a control request: from the JSON body, and from the address.
 *
 * @param json all fields by name
 */
record Fields(ObjectNode json) {
  static Fields of(Context context) {
    ObjectNode fields = Json.object();
    context.queryParamMap().forEach((name, values) -> fields.put(name, values.getFirst()));
    String body = context.body();
    if (!body.isBlank()) {
      JsonNode parsed =
          Json.parse(body)
              .orElseThrow(() -> new IllegalArgumentException("The body is not valid JSON."));
      if (!(parsed instanceof ObjectNode object)) {
        throw new IllegalArgumentException("The body is not a JSON object.");
      }
      fields.setAll(object);
    }
    return new Fields(fields);
  }

  /** The field; missing or empty is an error that names it. */
  String required(String name) {
    String value = Json.text(json, name);
    if (value.isEmpty()) {
      throw new IllegalArgumentException("The field '" + name + "' is missing.");
    }
    return value;
  }

  /** The field, or null where it is missing or empty. */
  @Nullable String optional(String name) {
    String value = Json.text(json, name);
    return value.isEmpty() ? null : value;
  }

  /** The field, or what holds where it is missing. */
  String text(String name, String otherwise) {
    return json.hasNonNull(name) ? Json.text(json, name) : otherwise;
  }

  /** The field as yes or no. */
  boolean flag(String name) {
    String value = Json.text(json, name);
    return value.equals("true") || value.equals("1");
  }

  /** The field as a whole number, or what holds where it is missing. */
  int number(String name, int otherwise) {
    String value = Json.text(json, name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException notNumber) {
      throw new IllegalArgumentException(
          "The field '" + name + "' is '" + value + "', which is not a whole number.", notNumber);
    }
  }
}
