package dev.bandmaster.slack;

import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Running text in Slack's markup, in which only what we mean as markup is markup.
 *
 * <p>The markup has no way to escape its own signs, so those that stand at the edge of a word,
 * where they could begin or end something, are wrapped in an invisible character. {@link SlackText}
 * drops it again when a person copies the text into a command.
 */
final class Mrkdwn {

  private static final String SIGNS = "*_~`";

  /** Word joiner: invisible, without width, allows no line break. */
  private static final char INVISIBLE = '\u2060';

  /** Between two words that touch. */
  private static final String JOINT = String.valueOf(INVISIBLE);

  /** Looks like a backtick; the real one would end a code span. */
  private static final char LIKE_BACKTICK = '\u02CB';

  /** Looks like an asterisk; the real one would end bold text. */
  private static final char LIKE_ASTERISK = '\u2217';

  private Mrkdwn() {}

  /** Escapes what Slack reads as mentions, links and entities, and nothing else. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Text between fences, with its own fences broken so that they cannot end it. */
  static String fenced(String text) {
    return "```\n" + escape(text.replace("``", "`" + INVISIBLE + "`")) + "\n```";
  }

  /**
   * The text in pieces of at most so many characters each, cut at line ends where there are any.
   *
   * @param limit at least 100
   */
  static List<String> pieces(Text text, int limit) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (String atom : atoms(text, limit)) {
      String joint = !piece.isEmpty() && touches(piece, atom) ? JOINT : "";
      if (piece.length() + joint.length() + atom.length() > limit) {
        pieces.add(piece.toString());
        piece.setLength(0);
        joint = "";
      }
      piece.append(joint).append(atom);
    }
    pieces.add(piece.toString());
    pieces.removeIf(String::isBlank);
    return pieces;
  }

  /** Markup counts only at the edge of a word: two words that touch are set apart. */
  private static boolean touches(StringBuilder before, String after) {
    char last = before.charAt(before.length() - 1);
    char first = after.charAt(0);
    return !Character.isWhitespace(last)
        && !Character.isWhitespace(first)
        && (SIGNS.indexOf(last) >= 0 || SIGNS.indexOf(first) >= 0);
  }

  /** Rendered parts that must not be cut, none longer than the limit less room for a joint. */
  private static List<String> atoms(Text text, int limit) {
    List<String> atoms = new ArrayList<>();
    int room = (limit - 10) / 6;
    for (Span span : text.spans()) {
      switch (span) {
        case Span.Plain(var plain) -> eachLine(plain, room, line -> atoms.add(neutral(line)));
        case Span.Bold(var bold) ->
            eachLine(bold, room, line -> atoms.add(wrapped(line, '*', LIKE_ASTERISK)));
        case Span.Code(var code) ->
            eachLine(
                code.replace('\n', ' '),
                room,
                line -> atoms.add(wrapped(line, '`', LIKE_BACKTICK)));
        case Span.Person(var user) ->
            atoms.add(SlackIds.isMentionable(user) ? "<@" + wordOnly(user) + ">" : neutral(user));
        case Span.Group(var group) -> atoms.add("<!subteam^" + wordOnly(group) + ">");
        case Span.Channel(var channel) -> atoms.add("<#" + wordOnly(channel) + ">");
        case Span.Link(var url, var label) -> atoms.add(link(url, label, limit));
        case Span.Moment moment -> atoms.add(moment(moment));
      }
    }
    return atoms;
  }

  private static void eachLine(String text, int room, Consumer<String> action) {
    for (String line : Lines.split(text, room)) {
      action.accept(line);
    }
  }

  private static String neutral(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int at = 0; at < text.length(); at++) {
      char each = text.charAt(at);
      if (SIGNS.indexOf(each) >= 0 && !(word(text, at - 1) && word(text, at + 1))) {
        out.append(INVISIBLE).append(each).append(INVISIBLE);
      } else {
        out.append(each);
      }
    }
    return escape(out.toString());
  }

  private static boolean word(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }

  /** Spaces at the edges go outside: markup that begins or ends with a space is not markup. */
  private static String wrapped(String text, char sign, char like) {
    String inner = text.strip();
    if (inner.isEmpty()) {
      return text;
    }
    int start = text.indexOf(inner);
    return text.substring(0, start)
        + sign
        + escape(inner.replace(sign, like))
        + sign
        + text.substring(start + inner.length());
  }

  private static String link(String url, String label, int limit) {
    String target = escape(url.replace("|", "%7C").replace("\n", ""));
    String shown = neutral(label.replace('\n', ' ').replace('|', '/'));
    boolean web = url.startsWith("https://") || url.startsWith("http://");
    boolean fits = target.length() + shown.length() + 3 <= limit - 10;
    if (web && fits) {
      return "<" + target + "|" + shown + ">";
    }
    return shown.length() <= limit - 10 ? shown : shown.substring(0, limit - 11) + "…";
  }

  /** Slack writes it in the reader's time zone, and as it stands here where it cannot. */
  private static String moment(Span.Moment moment) {
    String form = moment.withDay() ? "{date_short_pretty} {time}" : "{time}";
    return "<!date^"
        + moment.at().getEpochSecond()
        + "^"
        + form
        + "|"
        + PlainText.inUtc(moment)
        + ">";
  }

  private static String wordOnly(String user) {
    return user.replaceAll("[^A-Za-z0-9]", "");
  }
}
