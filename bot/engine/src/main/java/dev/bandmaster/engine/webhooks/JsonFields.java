package dev.bandmaster.engine.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.model.Nearest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An object of a body. Every question names the field in its complaint.
 *
 * @param path where it is; empty for the body itself
 */
record JsonFields(String path, JsonNode node) {

  private static final int MOST_LABELS = 100;

  /** Characters of a stranger's text that are quoted in an answer. */
  private static final int QUOTED = 40;

  static JsonFields of(String path, JsonNode node) throws BadBody {
    if (!node.isObject()) {
      throw BadBody.because((path.isEmpty() ? "the body" : path) + " must be an object: { … }");
    }
    return new JsonFields(path, node);
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private Optional<JsonNode> value(String key) {
    return Optional.ofNullable(node.get(key)).filter(value -> !value.isNull());
  }

  /** A text; empty where there is none. */
  Optional<String> text(String key) throws BadBody {
    Optional<JsonNode> value = value(key);
    if (value.isPresent() && !value.get().isTextual()) {
      throw BadBody.because(at(key) + " must be a string");
    }
    return value.map(JsonNode::asText).filter(text -> !text.isBlank());
  }

  String required(String key, String what) throws BadBody {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      throw BadBody.because("%s is missing: %s".formatted(at(key), what));
    }
    return text.get();
  }

  /** A text that identifies something, and so cannot be cut. */
  static String bounded(String name, String text, int most) throws BadBody {
    String line = SafeText.line(text, most + 1);
    if (line.isEmpty() || line.length() > most) {
      throw BadBody.because("%s must have 1 to %d characters".formatted(name, most));
    }
    return line;
  }

  String identifier(String key, String what, int most) throws BadBody {
    return bounded(at(key), required(key, what), most);
  }

  /** One of some words. */
  String oneOf(String key, String text, List<String> words) throws BadBody {
    if (!words.contains(text)) {
      throw BadBody.because(
          "%s is '%s'; it must be one of %s"
              .formatted(at(key), SafeText.line(text, QUOTED), String.join(", ", words)));
    }
    return text;
  }

  /** A moment as in {@code 2026-05-04T12:00:00Z}. */
  Optional<Instant> time(String key) throws BadBody {
    Optional<String> text = text(key);
    try {
      return text.map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    } catch (DateTimeException unreadable) {
      throw BadBody.because(at(key) + " must be a time such as 2026-05-04T12:00:00Z");
    }
  }

  /** Names with texts, numbers or truths; empty where there is none. */
  Map<String, String> labels(String key) throws BadBody {
    Map<String, String> labels = new TreeMap<>();
    Optional<JsonNode> value = value(key);
    if (value.isEmpty()) {
      return labels;
    }
    JsonFields inside = of(at(key), value.get());
    if (inside.node().size() > MOST_LABELS) {
      throw BadBody.because("%s has more than %d names".formatted(at(key), MOST_LABELS));
    }
    for (Map.Entry<String, JsonNode> each : inside.node().properties()) {
      if (each.getValue().isContainerNode()) {
        throw BadBody.because(
            "%s must be a string".formatted(inside.at(SafeText.line(each.getKey(), QUOTED))));
      }
      if (!each.getValue().isNull()) {
        labels.put(each.getKey(), each.getValue().asText());
      }
    }
    return labels;
  }

  /** A list of objects. */
  List<JsonFields> objects(String key, int most, String what) throws BadBody {
    JsonNode list =
        value(key)
            .filter(JsonNode::isArray)
            .orElseThrow(
                () -> BadBody.because("%s must be a list of %s: [ … ]".formatted(at(key), what)));
    if (list.size() > most) {
      throw BadBody.tooMuch(
          "%s has %d %s; at most %d are accepted".formatted(at(key), list.size(), what, most));
    }
    List<JsonFields> objects = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      objects.add(of("%s[%d]".formatted(at(key), i), list.get(i)));
    }
    return objects;
  }

  /** Refuses everything else, so that a mistyped name is not taken for one that is left out. */
  void knowsOnly(List<String> keys) throws BadBody {
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      if (!keys.contains(each.getKey())) {
        String name = SafeText.line(each.getKey(), QUOTED);
        throw BadBody.because(
            "%s is unknown; known fields: %s%s"
                .formatted(at(name), String.join(", ", keys), Nearest.hint(name, keys)));
      }
    }
  }
}
