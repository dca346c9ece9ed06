package dev.bandmaster.engine.alerts;

import dev.bandmaster.core.alert.AlertContext;
import dev.bandmaster.core.alert.AlertEvent;
import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertGroupMachine;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.core.store.Alerts;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where alerts go on, no matter who raises them. Nothing of an alert group is in memory: it is
 * read, decided upon and written by the one that finds it as it was read. So any replica may do
 * that, and any thread.
 */
public final class AlertService {
  private static final Logger LOG = LoggerFactory.getLogger(AlertService.class);

  /** How often it is decided again when somebody else was quicker. */
  private static final int TRIES = 5;

  /** Episodes in one look. */
  private static final int MOST = 200;

  private final Store store;
  private final AlertRoutes routes;
  private final AlertNotifier report;
  private final InstantSource clock;
  private final AlertStorms storms;
  private final ItemGuard<String> guard;
  private final AtomicLong refusals = new AtomicLong();
  private final Set<String> settled = new HashSet<>();
  private Instant looked = Instant.EPOCH;

  public AlertService(Store store, AlertRoutes routes, AlertNotifier report, InstantSource clock) {
    this.store = store;
    this.routes = routes;
    this.report = report;
    this.clock = clock;
    this.storms = new AlertStorms(store);
    this.guard = ItemGuard.logging(LOG, "Alerts:", clock, StoreUnavailable.class::isInstance);
  }

  // --- What is wrong ---

  /**
   * What has to be kept when this is said; the caller commits it with whatever belongs to it. What
   * cannot be decided now is kept as it was said, and decided alone later; so one signal that fails
   * holds up no other.
   */
  public List<Change> decide(List<Signal> signals, Instant now) {
    List<Change> changes = new ArrayList<>();
    try {
      changes.addAll(decideAll(signals, now));
    } catch (StoreUnavailable | StoreConflict e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.debug("One of {} signals could not be processed", signals.size(), e);
      changes.addAll(decideEach(signals, now));
    }
    return changes;
  }

  private List<Change> decideAll(List<Signal> signals, Instant now) {
    if (signals.isEmpty()) {
      return List.of();
    }
    Sorting sorting = new Sorting(signals, now);
    signals.forEach(sorting::add);
    return sorting.changes();
  }

  /** Finds those that can be decided together by leaving out those that fail alone. */
  private List<Change> decideEach(List<Signal> signals, Instant now) {
    List<Signal> good = new ArrayList<>();
    List<Signal> bad = new ArrayList<>();
    for (Signal signal : signals) {
      try {
        decideAll(List.of(signal), now);
        good.add(signal);
      } catch (StoreUnavailable | StoreConflict e) {
        throw e;
      } catch (RuntimeException e) {
        guard.failed("signal " + signal.key(), e);
        bad.add(signal);
      }
    }
    List<Change> changes = new ArrayList<>();
    try {
      changes.addAll(decideAll(good, now));
    } catch (StoreUnavailable | StoreConflict e) {
      throw e;
    } catch (RuntimeException e) {
      guard.failed("signals " + good.getFirst().key(), e);
      bad.addAll(good);
    }
    changes.addAll(later(bad, now));
    return changes;
  }

  private static List<Change> later(List<Signal> signals, Instant now) {
    return signals.stream()
        .<Change>map(signal -> new Change.RecordSignal(Ids.next(now), signal))
        .toList();
  }

  /**
   * Keeps what is said, and tells people.
   *
   * @throws StoreUnavailable if it cannot be kept now
   */
  public void report(List<Signal> signals) {
    for (int i = 1; i <= TRIES; i++) {
      try {
        store.commit(decide(signals, clock.instant()));
        return;
      } catch (StoreConflict e) {
        LOG.debug("Processing signals again: {}", e.getMessage());
      }
    }
    store.commit(later(signals, clock.instant()));
  }

  /** Signals, sorted by the episodes that they concern. */
  private final class Sorting {
    private final Instant now;
    private final Map<String, String> firing;
    private final Map<String, AlertGroup> episodes = new LinkedHashMap<>();
    private final Map<String, List<AlertEvent>> events = new LinkedHashMap<>();
    private final Map<String, String> topics = new LinkedHashMap<>();
    private final Set<String> begun = new HashSet<>();

    Sorting(List<Signal> signals, Instant now) {
      this.now = now;
      this.firing =
          new LinkedHashMap<>(
              store.alerts().firing(signals.stream().map(Signal::key).distinct().toList()));
    }

    void add(Signal signal) {
      switch (signal) {
        case Signal.Fired(GroupKey topic, Optional<String> headline, var alert) -> {
          String id =
              Optional.ofNullable(firing.get(alert.key()))
                  .filter(this::isOpen)
                  .orElseGet(() -> ofTopic(topic, alert.severity()));
          firing.put(alert.key(), id);
          add(id, new AlertEvent.Fired(alert, headline));
        }
        case Signal.Cleared(String key) ->
            Optional.ofNullable(firing.get(key))
                .filter(this::isOpen)
                .ifPresent(id -> add(id, new AlertEvent.Cleared(key)));
      }
    }

    private void add(String id, AlertEvent event) {
      events.computeIfAbsent(id, fresh -> new ArrayList<>()).add(event);
    }

    private boolean isOpen(String id) {
      AlertGroup known = episodes.get(id);
      if (known == null) {
        known = store.alerts().find(id).orElse(null);
        if (known != null) {
          episodes.put(id, known);
        }
      }
      return known != null && !known.hasEnded();
    }

    private String ofTopic(GroupKey topic, Severity severity) {
      return known(topic)
          .orElseGet(() -> {
            GroupKey shown =
                storms.isStorm(severity, begun.size(), now) ? AlertStorms.of(topic) : topic;
            return known(shown).orElseGet(() -> begin(shown));
          });
    }

    private Optional<String> known(GroupKey topic) {
      String id = topics.get(topic.key());
      if (id != null) {
        return Optional.of(id);
      }
      Optional<AlertGroup> open = store.alerts().open(topic);
      open.ifPresent(episode -> {
        topics.put(topic.key(), episode.id());
        episodes.putIfAbsent(episode.id(), episode);
      });
      return open.map(AlertGroup::id);
    }

    private String begin(GroupKey topic) {
      AlertGroup fresh = AlertGroup.begin(Ids.next(now), store.alerts().nextNumber(), topic, now);
      begun.add(fresh.id());
      topics.put(topic.key(), fresh.id());
      episodes.put(fresh.id(), fresh);
      return fresh.id();
    }

    List<Change> changes() {
      AlertContext surroundings = surroundings();
      List<Change> changes = new ArrayList<>();
      events.forEach((id, happened) -> {
        AlertGroup before = episodes.get(id);
        if (before != null) {
          changes.addAll(step(before, begun.contains(id), happened, surroundings, now));
        }
      });
      return changes;
    }
  }

  private AlertContext surroundings() {
    return routes.with(store.alerts().silences());
  }

  private List<Change> step(
      AlertGroup before,
      boolean begins,
      List<AlertEvent> events,
      AlertContext surroundings,
      Instant now) {
    AlertGroupMachine.Step step = AlertGroupMachine.apply(before, events, surroundings, now);
    if (step.episode().equals(before)) {
      return List.of();
    }
    if (storms.endsUnseen(before, step)) {
      return storms.fold(before, step, surroundings.times(), now);
    }
    List<Change> changes = new ArrayList<>();
    changes.add(
        new Change.UpdateAlertGroup(
            begins ? Optional.empty() : Optional.of(before), step.episode()));
    changes.addAll(report.changes(step));
    return changes;
  }

  /** What has to be kept when somebody wants something of an episode. */
  public List<Change> decide(AlertGroup seen, AlertEvent event) {
    return step(seen, false, List.of(event), surroundings(), clock.instant());
  }

  // --- What time brings ---

  /** Makes alerts of signals, and looks what time has changed. For one thread. */
  public void look() {
    Instant now = clock.instant();
    take(now);
    List<Silence> silences = store.alerts().silences();
    boolean silenceBegins =
        silences.stream()
            .anyMatch(silence -> silence.from().isAfter(looked) && !silence.from().isAfter(now));
    looked = now;
    List<AlertGroup> due =
        silenceBegins ? store.alerts().open(MOST) : store.alerts().due(now, MOST + guard.failing());
    AlertContext surroundings = routes.with(silences);
    due.stream()
        .filter(episode -> !guard.isSkipped(name(episode)))
        .forEach(episode -> advance(episode, new AlertEvent.TimePassed(), surroundings, now));
    store.alerts().refused().stream()
        .filter(refusal -> settled.add(refusal.item()))
        .forEach(refusal ->
            guard.runNow("refusal " + refusal.item(), () -> refused(refusal, surroundings, now)));
  }

  private static String name(AlertGroup episode) {
    return "alert " + episode.number();
  }

  /** Each in a commit of its own, so that one that cannot be dealt with holds up no other. */
  private void take(Instant now) {
    for (Change.RecordSignal signalled : store.alerts().signals(MOST + guard.failing())) {
      String item = "stored signal " + signalled.id();
      guard.run(item, () -> take(signalled, now));
    }
  }

  private void take(Change.RecordSignal signalled, Instant now) {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.SignalProcessed(signalled.id()));
    try {
      changes.addAll(decideAll(List.of(signalled.signal()), now));
      store.commit(changes);
    } catch (StoreConflict e) {
      LOG.debug("Processing signal {} again: {}", signalled.id(), e.getMessage());
    }
  }

  /** {@code alert:<episode>:<channel>}. */
  private void refused(Alerts.Refusal refusal, AlertContext surroundings, Instant now) {
    List<String> parts = List.of(refusal.item().split(":", 3));
    if (parts.size() < 3) {
      return;
    }
    String channel = parts.getLast();
    store
        .alerts()
        .find(parts.get(1))
        .filter(episode ->
            episode.state().posts().stream().anyMatch(post -> post.channel().equals(channel)))
        .ifPresent(episode -> {
          refusals.incrementAndGet();
          advance(episode, new AlertEvent.Refused(channel, refusal.reason()), surroundings, now);
        });
  }

  private void advance(
      AlertGroup episode, AlertEvent event, AlertContext surroundings, Instant now) {
    guard.runNow(
        name(episode),
        () -> {
          try {
            store.commit(step(episode, false, List.of(event), surroundings, now));
          } catch (StoreConflict e) {
            // The one that was quicker has looked at the time as well; a refusal is looked at
            // again.
            settled.removeIf(item -> item.startsWith("alert:" + episode.id() + ":"));
            LOG.debug("Another replica already changed alert {}", episode.number());
          }
        });
  }

  /** How often a channel refused an alert since the start. */
  public long refusals() {
    return refusals.get();
  }
}
