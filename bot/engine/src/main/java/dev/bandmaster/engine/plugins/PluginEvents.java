package dev.bandmaster.engine.plugins;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.fleet.NodeRecord;
import dev.bandmaster.core.fleet.NodeTransition;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.view.JobText;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Planned.Subject;
import dev.bandmaster.plugin.PluginEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What plugins hear of a commit: the ends of jobs, alerts, and how nodes come and go. */
public final class PluginEvents {

  /** Ends of jobs that are remembered: a late answer that corrects one is no second end. */
  private static final int MOST_REMEMBERED = 2_000;

  private final InstantSource clock;
  private final Map<String, Boolean> ended =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  public PluginEvents(InstantSource clock) {
    this.clock = clock;
  }

  /** The events of a commit that was made, in its order. */
  public List<PluginEvent> of(List<Change> changes) {
    List<PluginEvent> events = new ArrayList<>();
    Instant now = clock.instant();
    for (Change change : changes) {
      switch (change) {
        case Change.UpdateJob updated when updated.job().state().status().isFinal() -> {
          if (isFirst(updated.job())) {
            events.add(of(updated.job(), now));
          }
        }
        case Change.UpdateAlertGroup(Optional<AlertGroup> before, AlertGroup after) ->
            of(before, after, now).ifPresent(events::add);
        case Change.NodeChanged(NodeTransition transition, Instant at) ->
            of(transition, at).ifPresent(events::add);
        default -> {
          // Nothing that plugins hear of.
        }
      }
    }
    return events;
  }

  private boolean isFirst(Job job) {
    synchronized (ended) {
      return ended.put(job.id(), true) == null;
    }
  }

  private static PluginEvent of(Job job, Instant now) {
    Optional<Subject> subject = job.work().subject();
    return new PluginEvent.JobEnded(
        now,
        job.number(),
        job.work().title(),
        job.right().environment(),
        job.right().application(),
        subject.map(Subject::version).orElse(""),
        JobText.of(job.state().status()),
        job.askerName(),
        job.state().nodes().values().stream()
            .filter(work -> work.status() != NodeStatus.OK)
            .map(NodeWork::node)
            .toList());
  }

  private static Optional<PluginEvent> of(
      Optional<AlertGroup> before, AlertGroup after, Instant now) {
    boolean was = before.filter(known -> !known.firing().isEmpty()).isPresent();
    boolean is = !after.firing().isEmpty();
    if (was == is) {
      return Optional.empty();
    }
    List<String> names =
        (is ? after : before.orElse(after))
            .firing().stream().map(member -> member.alert().name()).toList();
    String severity = after.severity().name().toLowerCase(Locale.ROOT);
    return Optional.of(
        new PluginEvent.AlertChanged(
            now, after.number(), after.topic().environment(), severity, is, names));
  }

  private static Optional<PluginEvent> of(NodeTransition transition, Instant at) {
    Optional<String> was = transition.before().flatMap(PluginEvents::word);
    return transition
        .after()
        .flatMap(after ->
            word(after)
                .filter(state -> !was.equals(Optional.of(state)))
                .map(state ->
                    new PluginEvent.NodeChanged(at, after.node(), after.environment(), state)));
  }

  private static Optional<String> word(NodeRecord node) {
    return switch (node.state()) {
      case UP, LATE -> Optional.of("up");
      case DOWN, ZOMBIE -> Optional.of("down");
      case LEFT -> Optional.of("left");
      case NEW -> Optional.empty();
    };
  }
}
