package dev.bandmaster.engine.view;

import dev.bandmaster.model.Data;
import dev.bandmaster.model.VisibleText;
import dev.bandmaster.model.WebAddress;
import java.util.stream.Collectors;

/** Structured data as people read it: a line per field, {@code version: 1.4.2}. */
public final class DataText {
  private DataText() {}

  /** The fields, a line each; lists and objects within them in one line. */
  public static String of(Data.Fields data) {
    return data.values().entrySet().stream()
        .map(field -> VisibleText.line(field.getKey()) + ": " + value(field.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** Addresses lose what may be secret in them. */
  private static String text(String text) {
    return text.contains("://") && !text.contains(" ") ? WebAddress.shown(text) : text;
  }

  private static String value(Data data) {
    return switch (data) {
      case Data.None none -> "-";
      case Data.Text(String text) -> VisibleText.line(text(text));
      case Data.Flag(boolean flag) -> flag ? "yes" : "no";
      case Data.Decimal number -> number.value().toPlainString();
      case Data.Items items ->
          items.values().stream().map(DataText::value).collect(Collectors.joining(", "));
      case Data.Fields fields ->
          fields.values().entrySet().stream()
              .map(field -> VisibleText.line(field.getKey()) + "=" + value(field.getValue()))
              .collect(Collectors.joining(", "));
    };
  }
}
