package dev.bandmaster.agent.deploy;

import java.io.IOException;

/** An archive tries what no release does. The message is a sentence for the person who asked. */
final class UnsafeArchiveException extends IOException {

  private static final long serialVersionUID = 1L;

  UnsafeArchiveException(String sentence) {
    super(sentence);
  }
}
