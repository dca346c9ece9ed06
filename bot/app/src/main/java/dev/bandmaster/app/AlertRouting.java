package dev.bandmaster.app;

import dev.bandmaster.config.AlertRouteConfig;
import dev.bandmaster.config.AlertsConfig;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.alert.AlertTimes;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.engine.alerts.AlertRoutes;
import java.util.function.UnaryOperator;

/** Where alerts go, out of the configuration. */
final class AlertRouting {
  private AlertRouting() {}

  /**
   * The routes.
   *
   * @param mentions who is meant by a mention at this moment
   */
  static AlertRoutes of(BotConfig config, UnaryOperator<String> mentions) {
    AlertsConfig alerts = config.alerts();
    return new AlertRoutes(
        alerts.routes().stream().map(AlertRouting::route).toList(),
        config.slack().alertsChannel().or(config.slack()::ownerChannel),
        alerts.fallbackChannel().or(config.slack()::ownerChannel),
        new AlertTimes(
            alerts.gather(),
            AlertTimes.STANDARD.edit(),
            alerts.remind(),
            alerts.linger(),
            alerts.acknowledged(),
            alerts.quiet()),
        mentions);
  }

  private static AlertRoutes.Route route(AlertRouteConfig route) {
    return new AlertRoutes.Route(
        route.environments(),
        route.apps(),
        switch (route.severity()) {
          case INFO -> Severity.INFO;
          case WARNING -> Severity.WARNING;
          case CRITICAL -> Severity.CRITICAL;
        },
        route.channel(),
        route.mention().orElse(""));
  }
}
