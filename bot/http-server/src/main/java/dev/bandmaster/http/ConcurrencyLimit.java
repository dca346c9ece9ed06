package dev.bandmaster.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.concurrent.Semaphore;

/**
 * How many requests of one kind are handled at once; what is beyond is refused with 503. A handler
 * that hangs costs its own kind a place and no other kind anything.
 */
public final class ConcurrencyLimit {
  private final Semaphore places;

  public ConcurrencyLimit(int atOnce) {
    this.places = new Semaphore(atOnce);
  }

  /** The same handler, within the limit. */
  public Handler limit(Handler handler) {
    return context -> {
      if (!places.tryAcquire()) {
        refuse(context);
        return;
      }
      try {
        handler.handle(context);
      } finally {
        places.release();
      }
    };
  }

  private static void refuse(Context context) {
    context.header("Retry-After", "1").header("Cache-Control", "no-store");
    context
        .status(503)
        .contentType("text/plain; charset=utf-8")
        .result("Too many requests of this kind are in progress. Try again in a moment.\n");
  }
}
