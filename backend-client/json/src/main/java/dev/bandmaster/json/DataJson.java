package dev.bandmaster.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.model.Data;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** {@link Data} to JSON and back. Whole numbers are written without a point. Any thread. */
public final class DataJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private DataJson() {}

  /** The data as JSON; nothing becomes null. */
  public static JsonNode write(Data data) {
    return switch (data) {
      case Data.None none -> JSON.nullNode();
      case Data.Text(String value) -> JSON.textNode(value);
      case Data.Flag(boolean value) -> JSON.booleanNode(value);
      case Data.Decimal(BigDecimal value) ->
          value.scale() == 0 ? JSON.numberNode(value.toBigInteger()) : JSON.numberNode(value);
      case Data.Items items -> {
        ArrayNode array = JSON.arrayNode();
        items.values().forEach(item -> array.add(write(item)));
        yield array;
      }
      case Data.Fields fields -> write(fields);
    };
  }

  /** The fields as a JSON object. */
  public static ObjectNode write(Data.Fields fields) {
    ObjectNode object = JSON.objectNode();
    fields.values().forEach((name, value) -> object.set(name, write(value)));
    return object;
  }

  /**
   * Reads JSON of any kind; null and what is missing become nothing.
   *
   * @throws IllegalArgumentException if a number is too long, see {@link Data.Decimal}
   */
  public static Data read(JsonNode json) {
    if (json.isObject()) {
      return fields(json);
    }
    if (json.isArray()) {
      var items = new ArrayList<Data>(json.size());
      json.forEach(item -> items.add(read(item)));
      return new Data.Items(items);
    }
    if (json.isNumber()) {
      return new Data.Decimal(
          json.isIntegralNumber() ? new BigDecimal(json.bigIntegerValue()) : json.decimalValue());
    }
    if (json.isBoolean()) {
      return new Data.Flag(json.booleanValue());
    }
    return json.isNull() || json.isMissingNode() ? Data.none() : Data.of(json.asText());
  }

  /** Reads the fields of a JSON object; of anything else there are none. */
  public static Data.Fields fields(JsonNode json) {
    var fields = new LinkedHashMap<String, Data>();
    json.properties().forEach(field -> fields.put(field.getKey(), read(field.getValue())));
    return new Data.Fields(fields);
  }
}
