package dev.bandmaster.engine.pipeline;

/**
 * What is wrong with the words behind a command.
 *
 * @param word the word, or the parameter's name, that it is about; empty if it is about none
 * @param reason a sentence for the person who typed it
 * @param suggests whether the sentence names what was probably meant
 */
record Mistake(Kind kind, String word, String reason, boolean suggests) {

  /** What sort of mistake it is. */
  enum Kind {
    /** An option stands without its value. */
    NO_VALUE,
    /** The command has no such option. */
    UNKNOWN_OPTION,
    /** There are more words than the command takes. */
    TOO_MANY,
    /** A required parameter is not given. */
    MISSING,
    /** A quote is never closed. */
    UNCLOSED,
    /** A name, such as an environment's, that does not exist. */
    UNKNOWN_NAME,
    /** A value that does not look like its type. */
    MALFORMED
  }

  /** One that suggests nothing. */
  Mistake(Kind kind, String word, String reason) {
    this(kind, word, reason, false);
  }
}
