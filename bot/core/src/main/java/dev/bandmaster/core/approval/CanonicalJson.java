package dev.bandmaster.core.approval;

import dev.bandmaster.model.Data;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Data as one JSON text: the fields of objects in the order of their names, no blanks, and only
 * what JSON demands is escaped. Equal data make equal texts, which a digest needs; digests are
 * stored, so the text of given data never changes.
 */
final class CanonicalJson {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private CanonicalJson() {}

  static String of(Data data) {
    return write(data.sorted());
  }

  private static String write(Data data) {
    return switch (data) {
      case Data.None none -> "null";
      case Data.Text(String value) -> quote(value);
      case Data.Flag(boolean value) -> Boolean.toString(value);
      case Data.Decimal number -> number.value().toPlainString();
      case Data.Items items ->
          items.values().stream()
              .map(CanonicalJson::write)
              .collect(Collectors.joining(",", "[", "]"));
      case Data.Fields fields ->
          fields.values().entrySet().stream()
              .map(field -> quote(field.getKey()) + ":" + write(field.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  private static String quote(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\b' -> quoted.append("\\b");
        case '\t' -> quoted.append("\\t");
        case '\n' -> quoted.append("\\n");
        case '\f' -> quoted.append("\\f");
        case '\r' -> quoted.append("\\r");
        default -> {
          if (c < ' ') {
            quoted.append("\\u").append(HEX.toHexDigits(c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
