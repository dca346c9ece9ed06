package dev.bandmaster.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.model.WireNamed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the fields of a JSON object that came from outside, and says which one is wrong. */
public final class WireJson {
  /** The version of the protocol that this program speaks; every message says its own. */
  static final int VERSION = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(Jws.LONGEST)
                          .maxNumberLength(100)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode json;

  public WireJson(JsonNode json) throws WireException {
    if (!json.isObject()) {
      throw new WireException("a JSON object is expected");
    }
    this.json = json;
  }

  static JsonNode parse(String text) throws WireException {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new WireException("the content is not valid JSON", null);
    }
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array(List<String> values) {
    ArrayNode array = MAPPER.createArrayNode();
    values.forEach(array::add);
    return array;
  }

  static ObjectNode map(Map<String, String> values) {
    ObjectNode object = object();
    values.forEach(object::put);
    return object;
  }

  public String text(String field) throws WireException {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw new WireException("field \"" + field + "\" must be a string");
    }
    return value.textValue();
  }

  String textOr(String field, String absent) throws WireException {
    return json.has(field) ? text(field) : absent;
  }

  public long number(String field) throws WireException {
    JsonNode value = json.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new WireException("field \"" + field + "\" must be a whole number");
    }
    return value.longValue();
  }

  double decimal(String field) throws WireException {
    JsonNode value = json.path(field);
    if (!value.isNumber()) {
      throw new WireException("field \"" + field + "\" must be a number");
    }
    return value.doubleValue();
  }

  /** Milliseconds since 1970 in UTC. */
  Instant instant(String field) throws WireException {
    return Instant.ofEpochMilli(number(field));
  }

  JsonNode object(String field) throws WireException {
    JsonNode value = json.path(field);
    if (!value.isObject()) {
      throw new WireException("field \"" + field + "\" must be an object");
    }
    return value;
  }

  /** Whatever is there; JSON null when nothing is. */
  public JsonNode any(String field) {
    return json.has(field) ? json.get(field) : NullNode.getInstance();
  }

  public boolean has(String field) {
    return json.hasNonNull(field);
  }

  List<String> textsOr(String field, List<String> absent) throws WireException {
    return json.has(field) ? texts(field) : absent;
  }

  boolean flagOr(String field, boolean absent) throws WireException {
    JsonNode value = json.path(field);
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw new WireException("field \"" + field + "\" must be true or false");
    }
    return value.booleanValue();
  }

  List<String> texts(String field) throws WireException {
    JsonNode value = json.path(field);
    if (!value.isArray()) {
      throw new WireException("field \"" + field + "\" must be a list of strings");
    }
    var texts = new ArrayList<String>(value.size());
    for (JsonNode item : value) {
      if (!item.isTextual()) {
        throw new WireException("field \"" + field + "\" must be a list of strings");
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  Map<String, String> map(String field) throws WireException {
    var map = new HashMap<String, String>();
    for (Map.Entry<String, JsonNode> entry : object(field).properties()) {
      if (!entry.getValue().isTextual()) {
        throw new WireException("field \"" + field + "\" must have strings as values");
      }
      map.put(entry.getKey(), entry.getValue().textValue());
    }
    return map;
  }

  /** A constant, written exactly or all in upper or lower case. */
  public <E extends Enum<E> & WireNamed> E constant(String field, Class<E> type)
      throws WireException {
    String text = text(field);
    for (E constant : type.getEnumConstants()) {
      String name = constant.wireName();
      if (name.equals(text)
          || name.toLowerCase(Locale.ROOT).equals(text)
          || name.toUpperCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw new WireException("field \"" + field + "\" has an unknown value");
  }
}
