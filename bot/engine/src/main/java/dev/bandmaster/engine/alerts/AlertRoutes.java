package dev.bandmaster.engine.alerts;

import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.AlertContext;
import dev.bandmaster.core.alert.AlertTimes;
import dev.bandmaster.core.alert.Destination;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.fleet.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where which alerts are posted.
 *
 * @param routes the first that fits counts
 * @param usual where the others go
 * @param fallback where alerts go whose channel refuses them
 * @param mentions who is meant by the mention of a route at this moment; answers at once
 */
public record AlertRoutes(
    List<Route> routes,
    Optional<String> usual,
    Optional<String> fallback,
    AlertTimes times,
    UnaryOperator<String> mentions) {

  /** Routes that mention nobody but groups. */
  public AlertRoutes(
      List<Route> routes, Optional<String> usual, Optional<String> fallback, AlertTimes times) {
    this(routes, usual, fallback, times, UnaryOperator.identity());
  }

  public AlertRoutes {
    routes = List.copyOf(routes);
  }

  /**
   * Where some alerts are posted.
   *
   * @param environments empty for all
   * @param applications empty for all
   * @param least how bad it has to be
   * @param mention the id of the user group that is called, or {@code oncall:} and a team; may be
   *     empty
   */
  public record Route(
      List<String> environments,
      List<String> applications,
      Severity least,
      String channel,
      String mention) {
    public Route {
      environments = List.copyOf(environments);
      applications = List.copyOf(applications);
    }

    boolean fits(GroupKey topic, Alert alert) {
      return (environments.isEmpty() || environments.contains(topic.environment()))
          && (applications.isEmpty()
              || applications.stream().anyMatch(alert.applications()::contains))
          && alert.severity().compareTo(least) >= 0;
    }
  }

  List<Destination> posts(GroupKey topic, Alert alert) {
    return routes.stream()
        .filter(route -> route.fits(topic, alert))
        .findFirst()
        .map(route -> new Destination(route.channel(), mentions.apply(route.mention()), ""))
        .or(() -> usual.map(Destination::in))
        .map(List::of)
        .orElse(List.of());
  }

  /** The surroundings while these silences stand. */
  AlertContext with(List<Silence> silences) {
    return new AlertContext() {
      @Override
      public AlertTimes times() {
        return times;
      }

      @Override
      public Optional<Silence> silence(GroupKey topic, Alert alert, Instant now) {
        return silences.stream()
            .filter(silence -> silence.standsAt(now) && silence.matches(topic, alert))
            .max(Comparator.comparing(Silence::until));
      }

      @Override
      public List<Destination> posts(GroupKey topic, Alert alert) {
        return AlertRoutes.this.posts(topic, alert);
      }

      @Override
      public Optional<String> fallback() {
        return fallback;
      }
    };
  }
}
