package dev.bandmaster.app.http;

import io.javalin.config.RoutesConfig;
import java.util.Optional;

/**
 * Routes of one topic on the bot's port. Whatever is added is behind the token; connections, sizes,
 * times and rates are bounded before a route is reached. A handler that may wait for something runs
 * within a {@link dev.bandmaster.http.ConcurrencyLimit} of its own.
 */
public interface Routes {
  void addTo(RoutesConfig routes);

  /**
   * Where these routes decide themselves who may ask: a path that ends with a slash and that no
   * others use. Empty if the server's token is needed.
   */
  default Optional<String> guardedByThemselves() {
    return Optional.empty();
  }
}
