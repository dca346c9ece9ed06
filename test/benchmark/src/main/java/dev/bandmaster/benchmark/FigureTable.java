package dev.bandmaster.benchmark;

import java.util.List;
import java.util.Locale;

/** Figures as lines for a terminal. */
final class FigureTable {
  private FigureTable() {}

  static String of(List<Figure> figures) {
    StringBuilder table = new StringBuilder();
    for (Figure figure : figures) {
      String target =
          figure.target().isPresent() ? "≤ " + number(figure.target().getAsDouble()) : "";
      String verdict = figure.target().isEmpty() ? "" : figure.met() ? "met" : "MISSED";
      table
          .append(
              "  %-52s %10s %-5s %-9s %s"
                  .formatted(figure.name(), number(figure.value()), figure.unit(), target, verdict)
                  .stripTrailing())
          .append('\n');
    }
    return table.toString();
  }

  /** Two decimals for small numbers, none for large ones. */
  private static String number(double value) {
    String digits = value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, digits, value).replaceAll("\\.0+$", "");
  }
}
