package dev.bandmaster.bus;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The broker is unreachable. The message says why. */
public final class BusUnavailable extends IOException {
  private static final long serialVersionUID = 1L;

  public BusUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
