package dev.bandmaster.app.http;

import dev.bandmaster.engine.webhooks.WebhookEndpoint;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles deliveries to {@code /webhooks/}. Each source has its own secret. */
final class WebhookRoutes implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookRoutes.class);

  static final String PREFIX = "/webhooks/";

  private final WebhookEndpoint posts;

  WebhookRoutes(WebhookEndpoint posts) {
    this.posts = posts;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post(PREFIX, this::take);
    routes.post(PREFIX + "<name>", this::take);
  }

  private void take(Context context) throws IOException {
    WebhookEndpoint.Answer answer = posts.take(post(context));
    // A client that is still sending would not see its answer otherwise.
    discard(context);
    write(context, answer);
  }

  static void write(Context context, WebhookEndpoint.Answer answer) {
    answer
        .retryAfter()
        .ifPresent(after ->
            context.header(
                "Retry-After", Long.toString(Math.max(1, after.plusMillis(999).toSeconds()))));
    if (answer.status() == 405) {
      context.header("Allow", "POST");
    }
    if (answer.challenge()) {
      context.header("WWW-Authenticate", "Bearer");
    }
    context.status(answer.status()).contentType("application/json").result(answer.json() + "\n");
  }

  private static WebhookEndpoint.Post post(Context context) {
    return new WebhookEndpoint.Post(
        URLDecoder.decode(
            context.path().substring(PREFIX.length()).replace("+", "%2B"), StandardCharsets.UTF_8),
        name -> Optional.ofNullable(context.header(name)),
        Optional.ofNullable(context.header("Content-Length"))
            .filter(length -> length.matches("[0-9]{1,18}"))
            .map(Long::valueOf),
        context.bodyInputStream());
  }

  /** Reads and discards a body; the server bounds its size and duration. */
  private static void discard(Context context) {
    try {
      InputStream body = context.bodyInputStream();
      byte[] buffer = new byte[8_192];
      while (body.read(buffer) >= 0) {
        // Dropped.
      }
    } catch (IOException broken) {
      LOG.debug("A delivery was incomplete: {}", broken.getMessage());
      context.header("Connection", "close");
    }
  }
}
