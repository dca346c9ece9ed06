package dev.bandmaster.bot.watch;

import dev.bandmaster.bot.alert.Alert;
import dev.bandmaster.bot.alert.AlertTimes;
import dev.bandmaster.bot.alert.Post;
import dev.bandmaster.bot.alert.Silence;
import dev.bandmaster.bot.alert.Surroundings;
import dev.bandmaster.bot.alert.Topic;
import dev.bandmaster.bot.node.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where which alerts are posted.
 *
 * @param routes the first that fits counts
 * @param usual where the others go
 * @param fallback where alerts go whose channel refuses them
 */
public record AlertRoutes(
    List<Route> routes, Optional<String> usual, Optional<String> fallback, AlertTimes times) {
  public AlertRoutes {
    routes = List.copyOf(routes);
  }

  /**
   * Where some alerts are posted.
   *
   * @param environments empty for all
   * @param applications empty for all
   * @param least how bad it has to be
   * @param mention the id of the user group that is called; may be empty
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

    boolean fits(Topic topic, Alert alert) {
      return (environments.isEmpty() || environments.contains(topic.environment()))
          && (applications.isEmpty()
              || applications.stream().anyMatch(alert.applications()::contains))
          && alert.severity().compareTo(least) >= 0;
    }
  }

  List<Post> posts(Topic topic, Alert alert) {
    return routes.stream()
        .filter(route -> route.fits(topic, alert))
        .findFirst()
        .map(route -> new Post(route.channel(), route.mention(), ""))
        .or(() -> usual.map(Post::in))
        .map(List::of)
        .orElse(List.of());
  }

  /** The surroundings while these silences stand. */
  Surroundings with(List<Silence> silences) {
    return new Surroundings() {
      @Override
      public AlertTimes times() {
        return times;
      }

      @Override
      public Optional<Silence> silence(Topic topic, Alert alert, Instant now) {
        return silences.stream()
            .filter(silence -> silence.standsAt(now) && silence.matches(topic, alert))
            .max(Comparator.comparing(Silence::until));
      }

      @Override
      public List<Post> posts(Topic topic, Alert alert) {
        return AlertRoutes.this.posts(topic, alert);
      }

      @Override
      public Optional<String> fallback() {
        return fallback;
      }
    };
  }
}
