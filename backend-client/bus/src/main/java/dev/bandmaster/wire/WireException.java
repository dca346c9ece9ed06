package dev.bandmaster.wire;

import org.jspecify.annotations.Nullable;

/**
 * A message that cannot be read. The message of the exception is a sentence without content of the
 * message.
 */
public final class WireException extends Exception {
  private static final long serialVersionUID = 1L;

  public WireException(String message) {
    this(message, null);
  }

  public WireException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
