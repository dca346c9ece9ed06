package dev.bandmaster.core.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The incidents that are open, while a decision is being made. */
final class Incidents {
  /** Between two updates of how many nodes are silent. */
  private static final Duration UPDATES = Duration.ofSeconds(5);

  private final List<Incident> open;

  Incidents(List<Incident> open) {
    this.open = new ArrayList<>(open);
  }

  List<Incident> all() {
    return List.copyOf(open);
  }

  /** One that concerns the whole fleet; there is never more than one. */
  Optional<Incident> ofFleet() {
    return open.stream().filter(incident -> incident.scope().isFleet()).findFirst();
  }

  /** One because of which the bot may receive nothing. */
  Optional<Incident> deafness() {
    return ofFleet().filter(incident -> incident.kind() != Incident.Kind.ABSENCE);
  }

  Optional<Incident> suspending() {
    return ofFleet().filter(Incident::suspends);
  }

  /** Whether an incident stands for the failure of this node. */
  boolean inhibits(NodeRecord life) {
    return open.stream().anyMatch(incident -> incident.scope().holds(life));
  }

  /**
   * Opens one.
   *
   * @return those that it takes the place of: one of the fleet explains what any other could say
   */
  List<Incident> open(
      Incident.Kind kind,
      FleetScope scope,
      Instant began,
      Instant now,
      Duration patience,
      int silent) {
    List<Incident> replaced = scope.isFleet() ? all() : List.of();
    open.removeAll(replaced);
    open.add(new Incident(kind, scope, began, now, patience, Optional.empty(), silent, now));
    return replaced;
  }

  /** The bot was away; if something else was wrong with it before, that is the better word. */
  List<Incident> away(Instant since, Instant now, Duration patience) {
    List<Incident> replaced =
        ofFleet().isEmpty()
            ? open(Incident.Kind.ABSENCE, FleetScope.FLEET, since, now, patience, 0)
            : List.of();
    watchAgain(now, patience);
    return replaced;
  }

  /** The bot receives again: what was to be concluded has to wait once more. */
  void watchAgain(Instant now, Duration patience) {
    open.replaceAll(incident -> {
      Incident watching = incident.watchingSince(now);
      return incident.kind() == Incident.Kind.ABSENCE
          ? watching.settlingAt(now.plus(patience))
          : watching.unsettled();
    });
  }

  List<Incident> unsettled(Incident.Kind kind) {
    return open.stream()
        .filter(incident -> incident.kind() == kind && incident.settles().isEmpty())
        .toList();
  }

  /** Those whose number people were notified of a while ago. */
  List<Incident> toBeUpdated(Instant now) {
    return unsettled(Incident.Kind.MASS_LOSS).stream()
        .filter(incident -> !now.isBefore(incident.saidAt().plus(UPDATES)))
        .toList();
  }

  List<Incident> over(Instant now) {
    return open.stream().filter(incident -> incident.isOver(now)).toList();
  }

  void replace(Incident before, Incident after) {
    open.replaceAll(incident -> incident.equals(before) ? after : incident);
  }

  void close(Incident incident) {
    open.remove(incident);
  }
}
