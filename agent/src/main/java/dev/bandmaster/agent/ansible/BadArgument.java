package dev.bandmaster.agent.ansible;

import dev.bandmaster.model.FinalCode;

/** A request that is not run, with a sentence for the person who asked. */
final class BadArgument extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final FinalCode code;
  private final String sentence;

  BadArgument(FinalCode code, String sentence) {
    super(sentence);
    this.code = code;
    this.sentence = sentence;
  }

  FinalCode code() {
    return code;
  }

  String sentence() {
    return sentence;
  }
}
