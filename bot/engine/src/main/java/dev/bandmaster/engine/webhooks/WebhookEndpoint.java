package dev.bandmaster.engine.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Takes what is posted under {@code /webhooks/}. Called by many threads. */
public interface WebhookEndpoint {

  /** Takes nothing: nothing is to be posted here. */
  WebhookEndpoint NONE =
      post -> new Answer(404, "{\"error\":\"unknown\",\"message\":\"Nothing is accepted here.\"}");

  /**
   * Takes something, or says why not. Anyone who posts it is waiting.
   *
   * @throws IOException if the rest of it does not come
   */
  Answer take(Post post) throws IOException;

  /**
   * Something that is posted. Whatever it says was written by a stranger.
   *
   * @param name what stands behind {@code /webhooks/}
   * @param header a header's first value, by its name in any case
   * @param length how many bytes the body has, if that is said
   * @param body read by anyone who wants it
   */
  record Post(
      String name,
      Function<String, Optional<String>> header,
      Optional<Long> length,
      InputStream body) {}

  /**
   * What is said to it.
   *
   * @param json an object
   * @param retryAfter when it is worth another try
   * @param challenge whether it is to be said how to show a secret
   */
  record Answer(int status, String json, Optional<Duration> retryAfter, boolean challenge) {
    public Answer(int status, String json) {
      this(status, json, Optional.empty(), false);
    }
  }
}
