package dev.bandmaster.app.http;

import dev.bandmaster.http.ConcurrencyLimit;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.function.Supplier;

/** Health and metrics. */
final class HealthRoutes implements Routes {
  static final String LIVE = "/health/live";

  /** Health asks the store, which may hang; being alive is answered all the same. */
  private static final int MOST_READY = 8;

  /** Metrics are some 50 KiB each, and one scraper asks one at a time. */
  private static final int MOST_METRICS = 4;

  private final Supplier<Health> health;
  private final Supplier<String> metrics;

  HealthRoutes(Supplier<Health> health, Supplier<String> metrics) {
    this.health = health;
    this.metrics = metrics;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    add(routes, LIVE, HealthRoutes::live);
    add(routes, "/health/ready", new ConcurrencyLimit(MOST_READY).limit(this::ready));
    add(routes, "/metrics", new ConcurrencyLimit(MOST_METRICS).limit(this::figures));
  }

  private static void add(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private static void live(Context context) {
    context.contentType("text/plain; charset=utf-8").result("alive\n");
  }

  private void ready(Context context) {
    Health now = health.get();
    context
        .status(now.isReady() ? 200 : 503)
        .contentType("application/json")
        .result(now.json() + "\n");
  }

  private void figures(Context context) {
    context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.get());
  }
}
