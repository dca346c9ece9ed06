package dev.bandmaster.engine.commands.apps;

import java.util.ArrayList;
import java.util.List;

/** Rows of words under each other. */
final class Columns {
  private static final String GAP = "  ";

  private Columns() {}

  /** Each row as a line in which every column but the last is as wide as its widest word. */
  static List<String> of(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = row.get(i).codePointCount(0, row.get(i).length());
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String word = row.get(i);
      line.append(i == 0 ? "" : GAP)
          .append(word)
          .repeat(' ', widths.get(i) - word.codePointCount(0, word.length()));
    }
    return line.toString().stripTrailing();
  }
}
