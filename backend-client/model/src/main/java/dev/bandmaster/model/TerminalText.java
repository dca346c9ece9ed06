package dev.bandmaster.model;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a program printed, read as a terminal would show it: sequences for colours, cursor and
 * window titles vanish, a carriage return and a backspace write over what stands there, {@code ESC
 * [K} erases. What is left of control characters becomes visible as {@link VisibleText} does it.
 * Output that is no text is named instead of shown. Pure; takes time in proportion to the text.
 */
public final class TerminalText {

  /** Fewer odd characters than this do not make output binary. */
  private static final int FEW = 8;

  private static final char ESCAPE = '\u001B';
  private static final char BELL = '\u0007';

  private final String text;
  private final StringBuilder out;
  private int[] line = new int[80];
  private int length;
  private int cursor;
  private int at;

  private TerminalText(String text) {
    this.text = text;
    this.out = new StringBuilder(text.length());
  }

  /** The text as it would stand on a terminal. */
  public static String read(String text) {
    if (isPlain(text)) {
      return text;
    }
    return isBinary(text)
        ? String.format(Locale.ROOT, "binary output, %,d characters: not shown", text.length())
        : VisibleText.lines(new TerminalText(text).shown());
  }

  /** Nearly all output is printable ASCII and needs no copy. */
  private static boolean isPlain(String text) {
    for (int at = 0; at < text.length(); at++) {
      char each = text.charAt(at);
      if ((each < ' ' && each != '\n' && each != '\t') || each >= 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** More than a tenth of it is NUL, bytes that are no text, or controls no terminal knows. */
  private static boolean isBinary(String text) {
    long odd =
        text.chars()
            .filter(each ->
                each == 0xFFFD
                    || each == 0x2400
                    || (each < ' ' && "\t\n\r\b\f\u0007\u001B\u000B".indexOf(each) < 0))
            .count();
    return odd >= FEW && odd * 10 > text.length();
  }

  private String shown() {
    while (at < text.length()) {
      int each = text.codePointAt(at);
      at += Character.charCount(each);
      switch (each) {
        case '\n' -> endLine();
        case '\r' -> cursor = 0;
        case '\b' -> cursor = Math.max(0, cursor - 1);
        case BELL -> {}
        case ESCAPE -> escape();
        case 0x9B -> control();
        case 0x90, 0x98, 0x9D, 0x9E, 0x9F -> string();
        default -> put(each);
      }
    }
    endOfText();
    return out.toString();
  }

  private void put(int each) {
    if (cursor == line.length) {
      line = Arrays.copyOf(line, line.length * 2);
    }
    line[cursor++] = each;
    length = Math.max(length, cursor);
  }

  private void endLine() {
    endOfText();
    out.append('\n');
  }

  private void endOfText() {
    for (int each = 0; each < length; each++) {
      out.appendCodePoint(line[each]);
    }
    length = 0;
    cursor = 0;
  }

  private void escape() {
    if (at == text.length()) {
      return;
    }
    switch (text.charAt(at)) {
      case '[' -> {
        at++;
        control();
      }
      case ']', 'P', 'X', '^', '_' -> {
        at++;
        string();
      }
      default -> {
        skip(' ', '/');
        if (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '~') {
          at++;
        }
      }
    }
  }

  /** The rest of a control sequence: parameters, intermediate characters and one that ends it. */
  private void control() {
    int start = at;
    skip('0', '?');
    String parameters = text.substring(start, at);
    skip(' ', '/');
    if (at < text.length() && text.charAt(at) >= '@' && text.charAt(at) <= '~') {
      if (text.charAt(at) == 'K') {
        erase(parameters);
      }
      at++;
    }
  }

  private void erase(String parameters) {
    switch (parameters) {
      case "", "0" -> length = Math.min(length, cursor);
      case "1" -> Arrays.fill(line, 0, Math.min(length, cursor), ' ');
      case "2" -> {
        Arrays.fill(line, 0, cursor, ' ');
        length = cursor;
      }
      default -> {}
    }
  }

  /** A title, a link or the like: up to its end, or to that of the line if it has none. */
  private void string() {
    while (at < text.length() && text.charAt(at) != '\n') {
      char each = text.charAt(at++);
      if (each == BELL || each == 0x9C) {
        return;
      }
      if (each == ESCAPE) {
        if (at < text.length() && text.charAt(at) == '\\') {
          at++;
        }
        return;
      }
    }
  }

  private void skip(char first, char last) {
    while (at < text.length() && text.charAt(at) >= first && text.charAt(at) <= last) {
      at++;
    }
  }
}
