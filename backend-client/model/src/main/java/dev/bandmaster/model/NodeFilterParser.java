package dev.bandmaster.model;

import dev.bandmaster.model.NodeFilter.Condition;
import dev.bandmaster.model.NodeFilter.Parsed;
import java.util.ArrayList;
import java.util.List;

/** Reads {@link NodeFilter}s by recursive descent, straight from the characters. */
final class NodeFilterParser {
  /**
   * Deepest nesting of parentheses and {@code not}: far beyond what people type, far below the
   * stack's end.
   */
  private static final int DEEPEST = 50;

  private static final List<String> OPERATORS = List.of("=~", "!=", "<=", ">=", "=", "<", ">");

  private final String text;
  private int position;
  private int depth;

  private NodeFilterParser(String text) {
    this.text = text;
  }

  static Parsed parse(String text) {
    if (text.length() > NodeFilter.LONGEST) {
      return new Parsed.Invalid(
          "the filter has %d characters; at most %d are allowed"
              .formatted(text.length(), NodeFilter.LONGEST),
          NodeFilter.LONGEST + 1);
    }
    if (text.isBlank()) {
      return new Parsed.Valid(NodeFilter.ALL);
    }
    var parser = new NodeFilterParser(text);
    try {
      Condition condition = parser.or();
      if (parser.more()) {
        throw parser.mistake("unexpected closing parenthesis");
      }
      return new Parsed.Valid(new NodeFilter(text, condition));
    } catch (Mistake mistake) {
      return new Parsed.Invalid(mistake.reason, mistake.column);
    }
  }

  private Condition or() throws Mistake {
    var any = new ArrayList<Condition>();
    do {
      any.add(and());
    } while (keyword("or"));
    return any.size() == 1 ? any.getFirst() : new NodeFilter.AnyOf(any);
  }

  private Condition and() throws Mistake {
    var all = new ArrayList<Condition>();
    do {
      all.add(not());
    } while (keyword("and") || (more() && text.charAt(position) != ')' && !atKeyword("or")));
    return all.size() == 1 ? all.getFirst() : new NodeFilter.AllOf(all);
  }

  private Condition not() throws Mistake {
    if (++depth > DEEPEST) {
      throw mistake("the filter is nested more than " + DEEPEST + " deep");
    }
    try {
      if (keyword("not")) {
        return new NodeFilter.Not(not());
      }
      return more() && text.charAt(position) == '(' ? parenthesis() : term();
    } finally {
      depth--;
    }
  }

  private Condition parenthesis() throws Mistake {
    int opened = position++;
    Condition inner = or();
    if (!more()) {
      position = opened;
      throw mistake("this parenthesis is not closed");
    }
    position++;
    return inner;
  }

  private Condition term() throws Mistake {
    if (!more()) {
      throw mistake(
          "the filter ends where a condition is expected, such as app=web or a node's name");
    }
    if (atKeyword("and") || atKeyword("or") || text.charAt(position) == ')') {
      throw mistake("a condition is expected here, such as app=web or a node's name");
    }
    if (NodeSelection.begins(text.substring(position))) {
      throw mistake("a selector such as any(…) stands around the whole filter");
    }
    int start = position;
    String word = word("=!<>~");
    int afterWord = position;
    more();
    String operator = operator();
    if (operator.isEmpty()) {
      position = afterWord;
      return names(word, start);
    }
    String value = value();
    try {
      return NodeConditions.comparison(word, operator, value);
    } catch (IllegalArgumentException e) {
      position = start;
      throw mistake(String.valueOf(e.getMessage()));
    }
  }

  private Condition names(String word, int start) throws Mistake {
    try {
      return NodeConditions.names(word);
    } catch (IllegalArgumentException e) {
      position = start;
      throw mistake(String.valueOf(e.getMessage()));
    }
  }

  private String operator() {
    for (String operator : OPERATORS) {
      if (text.startsWith(operator, position)) {
        position += operator.length();
        return operator;
      }
    }
    return "";
  }

  private String value() throws Mistake {
    if (!more() || text.charAt(position) == ')') {
      throw mistake("a value is missing here");
    }
    char quote = text.charAt(position);
    if (quote != '"' && quote != '\'') {
      return word("");
    }
    int end = text.indexOf(quote, position + 1);
    if (end < 0) {
      throw mistake("this quote is not closed");
    }
    String quoted = text.substring(position + 1, end);
    position = end + 1;
    return quoted;
  }

  /** Reads up to a blank, a parenthesis or one of {@code stops}. May be empty. */
  private String word(String stops) {
    int start = position;
    while (position < text.length()
        && !Character.isWhitespace(text.charAt(position))
        && "()".indexOf(text.charAt(position)) < 0
        && stops.indexOf(text.charAt(position)) < 0) {
      position++;
    }
    return text.substring(start, position);
  }

  private boolean keyword(String keyword) {
    if (!more() || !atKeyword(keyword)) {
      return false;
    }
    position += keyword.length();
    return true;
  }

  private boolean atKeyword(String keyword) {
    int end = position + keyword.length();
    return text.regionMatches(true, position, keyword, 0, keyword.length())
        && (end == text.length()
            || Character.isWhitespace(text.charAt(end))
            || "()".indexOf(text.charAt(end)) >= 0);
  }

  /** Skips blanks; whether anything is left. */
  private boolean more() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    return position < text.length();
  }

  private Mistake mistake(String reason) {
    return new Mistake(reason, position + 1);
  }

  /** Ends the reading; never leaves this class. */
  private static final class Mistake extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;
    private final int column;

    Mistake(String reason, int column) {
      super(reason, null, false, false);
      this.reason = reason;
      this.column = column;
    }
  }
}
