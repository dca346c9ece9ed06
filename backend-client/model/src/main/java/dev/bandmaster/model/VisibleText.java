package dev.bandmaster.model;

/**
 * Text of others, made fit to be shown: what a reader sees is all there is. Characters that control
 * a terminal, turn the direction of writing or have no width are replaced by one visible sign each,
 * so that text never grows. Doing it twice changes nothing. Pure.
 */
public final class VisibleText {

  /** Stands for a character that nobody would see. */
  static final char HIDDEN = '\uFFFD';

  /** Stands for the end of a line where there is one line only. */
  static final char LINE_END = '\u23CE';

  private static final int CONTROL_PICTURES = 0x2400;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int EMOJI_PRESENTATION = 0xFE0F;

  private VisibleText() {}

  /** Text on one line: an end of a line in it becomes visible too. Tabs stay. */
  public static String line(String text) {
    return of(text, false);
  }

  /** Text on several lines; line ends and tabs stay, and CR LF becomes a line end. */
  public static String lines(String text) {
    return of(text.indexOf("\r\n") < 0 ? text : text.replace("\r\n", "\n"), true);
  }

  private static String of(String text, boolean manyLines) {
    if (isPlain(text, manyLines)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int before = -1;
    int at = 0;
    while (at < text.length()) {
      int each = text.codePointAt(at);
      at += Character.charCount(each);
      int after = at < text.length() ? text.codePointAt(at) : -1;
      out.appendCodePoint(visible(each, before, after, manyLines));
      before = each;
    }
    return out.toString();
  }

  /** Nearly all text is printable ASCII and needs no copy. */
  private static boolean isPlain(String text, boolean manyLines) {
    for (int at = 0; at < text.length(); at++) {
      char each = text.charAt(at);
      boolean fine = (each >= ' ' && each < 0x7F) || each == '\t' || (manyLines && each == '\n');
      if (!fine) {
        return false;
      }
    }
    return true;
  }

  private static int visible(int each, int before, int after, boolean manyLines) {
    if (each == '\t' || (each == '\n' && manyLines)) {
      return each;
    }
    if (each == '\n' || each == 0x2028 || each == 0x2029 || each == 0x85) {
      return LINE_END;
    }
    if (each < ' ') {
      return CONTROL_PICTURES + each;
    }
    if (each == 0x7F) {
      return CONTROL_PICTURES + 0x21;
    }
    boolean partOfEmoji =
        (each == ZERO_WIDTH_JOINER && isEmoji(before) && Character.isEmoji(after))
            || (each == EMOJI_PRESENTATION && Character.isEmoji(before));
    return isHidden(each) && !partOfEmoji ? HIDDEN : each;
  }

  private static boolean isEmoji(int each) {
    return each == EMOJI_PRESENTATION
        || Character.isEmojiModifier(each)
        || Character.isExtendedPictographic(each);
  }

  /** Whether a character has no picture: Unicode's control and default-ignorable characters. */
  private static boolean isHidden(int each) {
    return switch (Character.getType(each)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default ->
          each == 0x034F
              || each == 0x115F
              || each == 0x1160
              || each == 0x17B4
              || each == 0x17B5
              || within(each, 0x180B, 0x180F)
              || within(each, 0x2060, 0x206F)
              || each == 0x2800
              || each == 0x3164
              || within(each, 0xFE00, 0xFE0F)
              || each == 0xFFA0
              || within(each, 0xFFF0, 0xFFF8)
              || within(each, 0xE0000, 0xE0FFF);
    };
  }

  private static boolean within(int each, int first, int last) {
    return each >= first && each <= last;
  }
}
