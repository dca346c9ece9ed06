package dev.bandmaster.app;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.store.Alerts;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.home.OpenAlerts;
import dev.bandmaster.engine.view.AlertRenderer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The open alerts and what is quiet for a while, for the home tab; read from the store at most
 * every few seconds.
 */
final class OpenAlertLines implements OpenAlerts {

  private static final Duration FRESH = Duration.ofSeconds(5);

  /** Alerts that are read; a home tab shows fewer. */
  private static final int MOST = 50;

  private final Alerts alerts;
  private final AlertRenderer renderer;
  private final InstantSource clock;
  private Instant read = Instant.EPOCH;
  private List<Line> lines = List.of();

  OpenAlertLines(Alerts alerts, AlertRenderer renderer, InstantSource clock) {
    this.alerts = alerts;
    this.renderer = renderer;
    this.clock = clock;
  }

  @Override
  public synchronized List<Line> lines() {
    Instant now = clock.instant();
    if (!now.isBefore(read.plus(FRESH)) || now.isBefore(read)) {
      try {
        lines = Stream.concat(open(), quiet(now)).toList();
        read = now;
      } catch (StoreUnavailable away) {
        // What was read before is shown until the store is back.
        return lines;
      }
    }
    return lines;
  }

  private Stream<Line> open() {
    return alerts.open(MOST).stream()
        .sorted(
            Comparator.comparing(AlertGroup::severity).reversed().thenComparing(AlertGroup::began))
        .map(this::line);
  }

  private Line line(AlertGroup group) {
    boolean waits = group.state().acknowledged().isEmpty() && !group.firing().isEmpty();
    return new Line(
        renderer.line(group),
        waits ? Optional.of(AlertRenderer.acknowledge(group)) : Optional.empty());
  }

  /** What is silenced, and for how much longer. */
  private Stream<Line> quiet(Instant now) {
    return alerts.silences().stream()
        .filter(silence -> silence.standsAt(now))
        .limit(MOST)
        .map(silence -> Line.of(renderer.line(silence, now)));
  }
}
