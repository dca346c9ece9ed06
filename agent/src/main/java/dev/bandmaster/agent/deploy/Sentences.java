package dev.bandmaster.agent.deploy;

/** Short texts out of what programs print. */
final class Sentences {

  /** How much of a program's output goes into a sentence, in characters. */
  private static final int QUOTE = 500;

  private Sentences() {}

  /** Collects no more than a sentence can quote. */
  static void append(StringBuilder collected, String text) {
    int room = QUOTE - collected.length();
    if (room > 0) {
      collected.append(text, 0, Math.min(room, text.length()));
    }
  }

  /** The statement, with what was printed behind it when there is something. */
  static String join(String statement, String printed) {
    String quote = printed.strip();
    String sentence = quote.isEmpty() ? statement : statement + ": " + quote;
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }
}
