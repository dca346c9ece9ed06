package dev.bandmaster.app;

import dev.bandmaster.config.AlertsConfig;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.fleet.DetectorRules;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.alerts.AlertNotifier;
import dev.bandmaster.engine.alerts.AlertService;
import dev.bandmaster.engine.alerts.FailureReporter;
import dev.bandmaster.engine.alerts.FleetWatch;
import dev.bandmaster.engine.home.OpenAlerts;
import dev.bandmaster.engine.hooks.Hook;
import dev.bandmaster.engine.hooks.HookCalls;
import dev.bandmaster.engine.hooks.HookRunner;
import dev.bandmaster.engine.jobs.JobEndListener;
import dev.bandmaster.engine.oncall.OnCall;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.engine.watchdog.Watchdog;
import dev.bandmaster.engine.webhooks.WebhookReceiver;
import dev.bandmaster.plugin.NodeStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The components that monitor the fleet and notify people, built from the " + "configuration. */
final class AlertModule implements JobEndListener {
  /** Nodes of one job whose silence is noted; more of them at once are no fault of single nodes. */
  private static final int MOST_SILENT = 500;

  private final AlertRenderer renderer;
  private final AlertService service;
  private final FailureReporter failures;
  private final FleetWatch fleet;
  private final OpenAlerts openAlerts;
  private final WebhookReceiver webhooks;
  private final Optional<Watchdog> watchdog;
  private final HookRunner hookRunner;

  AlertModule(
      BotConfig config,
      StoreModule stores,
      FleetModule fleetModule,
      OnCall onCall,
      Lifecycle lifecycle) {
    Store store = stores.store();
    InstantSource clock = stores.clock();
    AlertsConfig alerts = config.alerts();
    TimeText times = new TimeText(config.timeZone());
    String collective = config.bus().collective();
    renderer = new AlertRenderer(times);
    openAlerts = new OpenAlertLines(store.alerts(), renderer, clock);
    service =
        new AlertService(
            store,
            AlertRouting.of(config, onCall::mention),
            new AlertNotifier(renderer, alerts.owner()),
            clock);
    webhooks = new WebhookReceiver(WebhookSources.of(config), store, service, clock);
    watchdog =
        alerts.watchdog().map(dog -> new Watchdog(dog.url().reveal(), dog.interval(), store));
    List<Hook> hooks = ConfigMapper.hooks(alerts);
    HookCalls hookCalls = new HookCalls(hooks);
    failures = lifecycle.own(new FailureReporter(service, collective, alerts.quiet(), clock));
    hookRunner = lifecycle.own(new HookRunner(hooks, store, config.replica(), clock));
    fleet =
        lifecycle.own(
            new FleetWatch(
                store,
                new DetectorRules(
                    collective,
                    alerts.nodeTimeout(),
                    alerts.startupGrace(),
                    alerts.observerGrace(),
                    alerts.forgetAfter(),
                    Set.copyOf(config.expectedNodes()),
                    Set.copyOf(alerts.criticalEnvironments())),
                service,
                new WatchSurroundings(store, fleetModule, hookCalls, watchdog),
                times,
                config.replica(),
                clock));
  }

  /** The outgoing path, which also calls the watchdog if there is one. */
  Chat watched(Chat chat, BooleanSupplier listening) {
    return watchdog.map(dog -> dog.behind(chat, listening)).orElse(chat);
  }

  Optional<Watchdog> watchdog() {
    return watchdog;
  }

  HookRunner hooks() {
    return hookRunner;
  }

  OpenAlerts openAlerts() {
    return openAlerts;
  }

  AlertRenderer renderer() {
    return renderer;
  }

  AlertService service() {
    return service;
  }

  WebhookReceiver webhooks() {
    return webhooks;
  }

  FailureReporter failures() {
    return failures;
  }

  FleetWatch fleet() {
    return fleet;
  }

  void start() {
    failures.start();
    fleet.start();
    hookRunner.start();
  }

  /** What failed is an alert; and who said nothing is known to all replicas. */
  @Override
  public List<Change> with(Job job, Instant now) {
    List<Change> changes = new ArrayList<>(failures.ended(job, now));
    List<String> silent =
        job.state().nodes().values().stream()
            .filter(
                work -> work.status() == NodeStatus.NO_ANSWER || work.status() == NodeStatus.LOST)
            .map(work -> work.node())
            .limit(MOST_SILENT)
            .toList();
    if (!silent.isEmpty()) {
      changes.add(new Change.Unanswered(silent, now));
    }
    return changes;
  }

  @Override
  public void after(Job job) {}

  /** How many nodes are in which state, for {@code status}. */
  String describe() {
    Map<NodeState, Long> states =
        fleet.lives().stream()
            .collect(
                Collectors.groupingBy(life -> life.state(), TreeMap::new, Collectors.counting()));
    String nodes =
        states.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return (fleet.isWatching() ? "watches" : "another replica monitors the nodes")
        + (nodes.isEmpty() ? "; no node has reported" : "; " + nodes);
  }
}
