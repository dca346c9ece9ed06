package dev.bandmaster.app.http;

import io.javalin.config.RoutesConfig;

/**
 * Routes of one topic on the bot's port. Whatever is added is behind the token, except below {@code /api/}; connections, sizes,
 * times and rates are bounded before a route is reached. A handler that may wait for something runs
 * within a {@link dev.bandmaster.http.ConcurrencyLimit} of its own.
 */
public interface Routes {
  void addTo(RoutesConfig routes);
}
