package dev.bandmaster.agent.logs;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Replaces what looks like a secret in lines of a log, before they leave the node. Remembers
 * whether the lines are inside a private key, so there is one for each log that is read; for one
 * thread.
 */
final class Redaction {

  private static final String HIDDEN = "***";

  /** A pattern whose first group is kept; none looks back over more than one line. */
  private record Rule(Pattern pattern, String replacement) {
    static Rule keeping(String regex) {
      return new Rule(Pattern.compile(regex), "$1" + HIDDEN);
    }
  }

  private static final List<Rule> USUAL =
      List.of(
          Rule.keeping(
              "(?i)((?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)"
                  + "[\"']?\\s{0,3}[:=]\\s{0,3})(?:\"[^\"]*\"|'[^']*'|[^\\s,;&\"']+)"),
          Rule.keeping("(?i)((?:authorization|cookie)[\"']?\\s{0,3}[:=]\\s{0,3}).+"),
          Rule.keeping("(?i)(\\b(?:bearer|basic)\\s{1,3})[A-Za-z0-9._~+/=-]{8,}"),
          Rule.keeping("(://[^\\s/:@]{1,100}:)[^\\s@/]{1,200}(?=@)"),
          Rule.keeping("(\\b)(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
          Rule.keeping("(\\b)xox[a-z]-[A-Za-z0-9-]{8,}"),
          Rule.keeping("(\\b)gh[pousr]_[A-Za-z0-9]{20,}"),
          Rule.keeping("(\\b)eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*"));

  private static final String KEY_BEGINS = "-----BEGIN ";
  private static final String KEY_ENDS = "-----END ";

  private final List<Pattern> configured;
  private boolean isInKey;

  Redaction(List<Pattern> configured) {
    this.configured = List.copyOf(configured);
  }

  /** The line as it may be shown. */
  String line(String line) {
    if (isInKey) {
      isInKey = !line.contains(KEY_ENDS);
      return HIDDEN;
    }
    int key = line.indexOf(KEY_BEGINS);
    if (key >= 0 && line.indexOf("PRIVATE KEY", key) >= 0) {
      String before = line(line.substring(0, key));
      isInKey = line.indexOf(KEY_ENDS, key) < 0;
      return before + HIDDEN;
    }
    String shown = line;
    for (Pattern pattern : configured) {
      shown = pattern.matcher(shown).replaceAll(HIDDEN);
    }
    for (Rule rule : USUAL) {
      shown = rule.pattern().matcher(shown).replaceAll(rule.replacement());
    }
    return shown;
  }
}
