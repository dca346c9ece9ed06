package dev.bandmaster.app;

import dev.bandmaster.app.http.MetricRegistry;
import dev.bandmaster.app.http.RenamedMetric;
import dev.bandmaster.config.MetricsConfig;
import dev.bandmaster.core.chat.ChatFigure;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.SetAside;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.clock.SharedClock;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.hooks.HookRunner;
import dev.bandmaster.engine.jobs.JobEngine;
import dev.bandmaster.engine.outbox.OutboxSender;
import dev.bandmaster.engine.reports.BackendReceiver;
import dev.bandmaster.engine.webhooks.WebhookReceiver;
import dev.bandmaster.http.BoundedServer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The bot's metrics: their names, help texts and sources. */
final class BotMetrics {

  private static final String SENT = "Items sent to the chat, by kind.";

  private static final String DELIVERED = "Webhook deliveries, by source and outcome.";

  /**
   * What had another name in the release before; {@code docs/reference/migration.md} lists the
   * same. To be removed with the next release.
   */
  static final List<RenamedMetric> RENAMED =
      List.of(
          RenamedMetric.of("bandmaster.inbox.duplicate", "bandmaster.inbox.duplicates"),
          RenamedMetric.of("bandmaster.slack.limited", "bandmaster.slack.rate.limited"),
          RenamedMetric.of(
              "bandmaster.slack.silence.seconds", "bandmaster.slack.last.message.age.seconds"),
          RenamedMetric.of("bandmaster.bus.dropped", "bandmaster.bus.rejected"),
          RenamedMetric.of("bandmaster.nodes.failing", "bandmaster.nodes.down"),
          RenamedMetric.of("bandmaster.watch.active", "bandmaster.monitor.active"),
          RenamedMetric.of(
              "bandmaster.webhook.deliveries", "bandmaster.webhook.deliveries", "fate", "outcome"),
          RenamedMetric.of(
              "bandmaster.watchdog.calls", "bandmaster.watchdog.calls", "result", "outcome"),
          RenamedMetric.of("bandmaster.hooks.runs", "bandmaster.hook.runs", "result", "outcome"));

  private final MetricRegistry meters;

  BotMetrics(MetricsConfig config) {
    meters = new MetricRegistry(config.oldNames() ? RENAMED : List.of());
  }

  /** All figures but those of the HTTP server. */
  static BotMetrics of(
      MetricsConfig config,
      StoreModule stores,
      FleetModule fleet,
      ChatModule chat,
      JobModule jobs,
      BackendModule backends,
      AlertModule alerts,
      OutboxSender outbox) {
    Store store = stores.store();
    return new BotMetrics(config)
        .inbox(chat.ackTimes(), chat.received())
        .outbox(store.outbox(), store.setAside(), outbox)
        .chat(chat.platform())
        .work(jobs.engine(), backends.receiver(), store)
        .clock(stores.clock())
        .keys(fleet.keys())
        .clocks(fleet.presence())
        .watch(alerts, store)
        .webhooks(alerts.webhooks());
  }

  String scrape() {
    return meters.scrape();
  }

  BotMetrics inbox(AckLatency times, InboxMetrics intake) {
    times.forward(
        meters.timer(
                "bandmaster.slack.acknowledgement",
                "Time from receipt of a delivery to its acknowledgement; Slack allows 3 s.")
            ::record);
    meters.counter("bandmaster.inbox.received", "New deliveries from the chat.", intake::received);
    meters.counter(
        "bandmaster.inbox.duplicates", "Repeated deliveries from the chat.", intake::duplicates);
    return this;
  }

  BotMetrics outbox(Outbox outbox, SetAside setAside, OutboxSender sender) {
    meters.gauge(
        "bandmaster.outbox.waiting", "Items waiting to be sent to the chat.", outbox::waiting);
    meters.gauge(
        "bandmaster.store.set.aside",
        "Unreadable rows of the store that were set aside.",
        () -> setAside.count());
    meters.gauge(
        "bandmaster.outbox.parked",
        "Items that the chat permanently rejected, or that are unreadable.",
        outbox::parked);
    for (OutboxSender.Kind kind : OutboxSender.Kind.values()) {
      meters.counter("bandmaster.outbox.sent", SENT, () -> sender.sent(kind), "kind", kind.word());
    }
    return this;
  }

  BotMetrics chat(ChatPlatform chat) {
    String prefix = "bandmaster." + chat.id() + ".";
    meters.counter(
        prefix + "rate.limited",
        "Rate-limit responses from " + chat.name() + ".",
        () -> chat.limits().refusals());
    for (ChatFigure figure : chat.figures()) {
      String[] labels =
          figure.labels().entrySet().stream()
              .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
              .toArray(String[]::new);
      switch (figure.kind()) {
        case COUNTER ->
            meters.counter(
                prefix + figure.name(), figure.help(), figure.value()::getAsLong, labels);
        case GAUGE ->
            meters.gauge(prefix + figure.name(), figure.help(), figure.value()::getAsLong, labels);
      }
    }
    return this;
  }

  BotMetrics clock(SharedClock clock) {
    meters.gauge(
        "bandmaster.clock.ahead.seconds",
        "Seconds this machine's clock is ahead of the clock shared by the replicas.",
        () -> clock.ahead().toMillis() / 1e3);
    return this;
  }

  BotMetrics clocks(Presence presence) {
    meters.gauge(
        "bandmaster.nodes.clock.wrong",
        "Nodes whose clock is seconds away from the bot's.",
        presence.clocks()::count);
    return this;
  }

  BotMetrics keys(FleetKeys keys) {
    meters.gauge(
        "bandmaster.keys.remaining.seconds",
        "Seconds until the bot has no valid key to sign requests with.",
        keys::secondsLeft);
    meters.gauge(
        "bandmaster.keys.nodes.behind",
        "Nodes that do not yet write under the bot's newest key.",
        keys::nodesBehind);
    meters.gauge(
        "bandmaster.keys.nodes.ending",
        "Nodes whose own key should be replaced within 60 days.",
        keys::nodeKeysEnding);
    return this;
  }

  BotMetrics work(JobEngine engine, BackendReceiver bus, Store store) {
    meters.gauge("bandmaster.jobs.running", "Running jobs.", () -> engine.running().size());
    meters.counter(
        "bandmaster.bus.replies", "Replies received from the bus.", bus::receivedReplies);
    meters.counter(
        "bandmaster.bus.rejected",
        "Messages rejected because they are invalid or forged.",
        bus::rejectedMessages);
    meters.counter(
        "bandmaster.bus.discarded",
        "Messages discarded because processing them kept failing.",
        bus::discardedMessages);
    meters.gauge(
        "bandmaster.bus.blocked",
        "1 if the broker is connected but accepts no messages, otherwise 0.",
        () -> bus.isBlocked() ? 1 : 0);
    meters.counter("bandmaster.store.commits", "Commits to the store.", store::commits);
    return this;
  }

  BotMetrics watch(AlertModule watch, Store store) {
    meters.gauge("bandmaster.alerts.open", "Open alerts.", store.alerts()::count);
    meters.gauge(
        "bandmaster.nodes.down", "Nodes that are down or not answering.", store.lives()::failing);
    meters.gauge(
        "bandmaster.monitor.active",
        "1 if this replica monitors the nodes, otherwise 0.",
        () -> watch.fleet().isWatching() ? 1 : 0);
    meters.counter(
        "bandmaster.alerts.refused",
        "Alert messages that a channel rejected.",
        () -> watch.service().refusals());
    meters.counter(
        "bandmaster.alerts.dropped",
        "Failures dropped without an alert because there were too many at once.",
        () -> watch.failures().dropped());
    String calls = "Calls to the external watchdog, by outcome.";
    watch
        .watchdog()
        .ifPresent(dog -> {
          meters.counter("bandmaster.watchdog.calls", calls, dog::fed, "outcome", "ok");
          meters.counter("bandmaster.watchdog.calls", calls, dog::failed, "outcome", "failed");
        });
    for (HookRunner.Result result : HookRunner.Result.values()) {
      meters.counter(
          "bandmaster.hook.runs",
          "Completed hook runs, by outcome.",
          () -> watch.hooks().ended(result),
          "outcome",
          result.name().toLowerCase(Locale.ROOT));
    }
    meters.gauge(
        "bandmaster.hooks.waiting", "Hook runs that have not ended.", store.hooks()::count);
    return this;
  }

  BotMetrics http(BoundedServer server) {
    meters.gauge("bandmaster.http.connections", "Open HTTP connections.", server::connections);
    meters.gauge(
        "bandmaster.http.body.bytes", "Bytes of request bodies in memory.", server::bodyBytes);
    for (String reason : BoundedServer.reasons()) {
      meters.counter(
          "bandmaster.http.refused",
          "Connections and requests rejected before reaching a route, by reason.",
          () -> server.refused(reason),
          "reason",
          reason);
    }
    return this;
  }

  BotMetrics webhooks(WebhookReceiver webhooks) {
    for (String source : webhooks.sources()) {
      for (WebhookReceiver.Fate fate : WebhookReceiver.Fate.values()) {
        meters.counter(
            "bandmaster.webhook.deliveries",
            DELIVERED,
            () -> webhooks.count(source, fate),
            "source",
            source,
            "outcome",
            fate.name().toLowerCase(Locale.ROOT));
      }
    }
    return this;
  }
}
