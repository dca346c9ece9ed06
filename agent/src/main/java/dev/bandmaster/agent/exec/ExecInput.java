package dev.bandmaster.agent.exec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The words {@code name=value} that a person typed, as the JSON object that a module reads. */
sealed interface ExecInput {

  /** The object; whether it fits the schema is another question. */
  record Read(ObjectNode input) implements ExecInput {}

  /** A word that is no argument, with a sentence. */
  record Mistake(String sentence) implements ExecInput {}

  /**
   * Reads words. A value becomes what the schema wants for its name: a number, true or false, an
   * item of a list, and otherwise a text.
   *
   * @param words an array of texts
   */
  static ExecInput of(JsonNode words, @Nullable JsonNode schema) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    for (JsonNode word : words) {
      String text = word.asText();
      int equals = text.indexOf('=');
      if (equals < 1) {
        return new Mistake(
            "Arguments of a module are written name=value; '%s' is not."
                .formatted(text.length() <= 60 ? text : text.substring(0, 60) + "…"));
      }
      String name = text.substring(0, equals);
      String value = text.substring(equals + 1);
      JsonNode property =
          schema == null
              ? JsonNodeFactory.instance.missingNode()
              : schema.path("properties").path(name);
      if (property.path("type").asText().equals("array")) {
        ArrayNode list = input.withArray("/" + name.replace("~", "~0").replace("/", "~1"));
        list.add(value(value, property.path("items")));
      } else if (input.has(name)) {
        return new Mistake("The argument '%s' is there twice.".formatted(name));
      } else {
        input.set(name, value(value, property));
      }
    }
    return new Read(input);
  }

  private static JsonNode value(String text, JsonNode property) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (property.path("type").asText()) {
      case "integer" ->
          text.matches("-?[0-9]{1,15}")
              ? json.numberNode(Long.parseLong(text))
              : json.textNode(text);
      case "number" ->
          text.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")
              ? json.numberNode(new BigDecimal(text))
              : json.textNode(text);
      case "boolean" ->
          text.matches("true|false")
              ? json.booleanNode(Boolean.parseBoolean(text))
              : json.textNode(text);
      default -> json.textNode(text);
    };
  }
}
