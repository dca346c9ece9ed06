package dev.bandmaster.slack;

/**
 * Undoes what Slack does to what people type: links, mentions and entities become what was typed,
 * and typographic quotes and dashes become those of a keyboard. Code spans keep their characters.
 *
 * <p>Pure; takes time in proportion to the text and never throws.
 */
public final class SlackText {

  private SlackText() {}

  /**
   * The words of a message to the bot.
   *
   * <ul>
   *   <li>{@code <http://web1.example.com|web1.example.com>} → {@code web1.example.com}: a link
   *       that Slack made of what was typed. Where the label says something else, the address
   *       counts, never the label.
   *   <li>{@code <@U1>} and {@code <@U1|ann>} → {@code @U1}; {@code <#C1|ops>} → {@code #C1};
   *       {@code <!subteam^S1|@web>} → {@code @S1}; {@code <!here>} → {@code @here}.
   *   <li>Outside code spans curly quotes become straight, an em dash becomes {@code --}, unusual
   *       spaces become plain ones, invisible characters vanish.
   *   <li>The first mention of the bot is left out, and so are backticks round the whole command.
   * </ul>
   *
   * @param raw the text as Slack sent it
   * @param bot the bot's own user id, or empty where no mention is to be left out
   */
  public static String read(String raw, String bot) {
    Reading reading = new Reading(raw, bot);
    return withoutFence(reading.read().strip());
  }

  /** Whether the raw text mentions a user; what stands in code is only shown. */
  static boolean mentions(String raw, String user) {
    if (user.isEmpty()) {
      return false;
    }
    Reading reading = new Reading(raw, user);
    var _ = reading.read();
    return reading.addressed;
  }

  private static String withoutFence(String text) {
    for (String fence : new String[] {"```", "`"}) {
      if (text.length() > 2 * fence.length()
          && text.startsWith(fence)
          && text.endsWith(fence)
          && text.indexOf('`', fence.length()) == text.length() - fence.length()) {
        return text.substring(fence.length(), text.length() - fence.length()).strip();
      }
    }
    return text;
  }

  /** One walk from the first character to the last. */
  private static final class Reading {
    private final String raw;
    private final String bot;
    private final StringBuilder out;
    private boolean code;
    private boolean addressed;

    Reading(String raw, String bot) {
      this.raw = raw;
      this.bot = bot;
      this.out = new StringBuilder(raw.length());
      this.addressed = bot.isEmpty();
    }

    String read() {
      // Backticks without a partner are plain characters, so the last one that can close is known.
      int lastBacktick = raw.lastIndexOf('`');
      int noTokenBefore = 0;
      int at = 0;
      while (at < raw.length()) {
        char next = raw.charAt(at);
        if (next == '<' && at >= noTokenBefore) {
          int end = endOfToken(at);
          if (end > 0) {
            token(raw.substring(at + 1, end));
            at = end + 1;
            continue;
          }
          noTokenBefore = -end;
        }
        if (next == '`') {
          code = !code && at < lastBacktick;
          out.append(next);
          at++;
        } else if (next == '&') {
          at += entity(at);
        } else {
          plain(next);
          at++;
        }
      }
      return out.toString();
    }

    /** The place of the closing bracket, or minus the place up to which there is none. */
    private int endOfToken(int start) {
      for (int at = start + 1; at < raw.length(); at++) {
        char each = raw.charAt(at);
        if (each == '>') {
          return at;
        }
        if (each == '<' || each == '\n') {
          return -at;
        }
      }
      return -raw.length();
    }

    private int entity(int at) {
      if (raw.startsWith("&amp;", at)) {
        out.append('&');
        return 5;
      }
      if (raw.startsWith("&lt;", at)) {
        out.append('<');
        return 4;
      }
      if (raw.startsWith("&gt;", at)) {
        out.append('>');
        return 4;
      }
      out.append('&');
      return 1;
    }

    private void plain(char next) {
      if (code) {
        out.append(next);
        return;
      }
      switch (next) {
        case '\u2018', '\u2019', '\u201A', '\u201B', '\u2032' -> out.append('\'');
        case '\u201C', '\u201D', '\u201E', '\u201F', '\u2033' -> out.append('"');
        case '\u2014' -> out.append("--");
        case '\u00A0', '\u202F', '\u205F', '\u3000' -> out.append(' ');
        // Soft hyphen, zero-width and joining characters, marks of writing direction.
        case '\u00AD', '\u200B', '\u200C', '\u200D', '\u200E', '\u200F', '\u2060', '\uFEFF' -> {}
        case '\u202A', '\u202B', '\u202C', '\u202D', '\u202E' -> {}
        case '\u2066', '\u2067', '\u2068', '\u2069' -> {}
        default -> out.append(next >= '\u2000' && next <= '\u200A' ? ' ' : next);
      }
    }

    private void token(String inside) {
      int bar = inside.indexOf('|');
      String target = bar < 0 ? inside : inside.substring(0, bar);
      String label = bar < 0 ? "" : inside.substring(bar + 1);
      switch (target.isEmpty() ? ' ' : target.charAt(0)) {
        case '@' -> person(target);
        case '#' -> out.append(target);
        case '!' -> special(target.substring(1), label);
        case ' ' -> out.append(unescaped('<' + inside + '>'));
        default -> link(unescaped(target), unescaped(label));
      }
    }

    private void person(String target) {
      if (!addressed && !code && target.substring(1).equals(bot)) {
        addressed = true;
        return;
      }
      out.append(target);
    }

    private void special(String target, String label) {
      if (target.startsWith("subteam^")) {
        out.append('@').append(target.substring("subteam^".length()));
      } else if (target.startsWith("date^")) {
        out.append(unescaped(label));
      } else {
        out.append('@').append(target);
      }
    }

    private void link(String target, String label) {
      int scheme = target.indexOf(':');
      String bare = target.substring(scheme + 1);
      if (bare.startsWith("//")) {
        bare = bare.substring(2);
        out.append(label.equals(bare) || (label + "/").equals(bare) ? label : target);
      } else {
        // An address of another sort, such as mailto: or tel:, which Slack found in what was typed.
        out.append(scheme < 0 ? target : bare);
      }
    }

    private static String unescaped(String text) {
      return SlackText.unescaped(text);
    }
  }

  /** Text as people wrote it: Slack writes three characters as entities, in names too. */
  static String unescaped(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
