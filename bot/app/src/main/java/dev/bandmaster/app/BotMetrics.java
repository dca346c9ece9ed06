package dev.bandmaster.app;

import dev.bandmaster.app.http.MetricRegistry;
import dev.bandmaster.core.chat.ChatFigure;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.SetAside;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.clock.SharedClock;
import dev.bandmaster.engine.hooks.HookRunner;
import dev.bandmaster.engine.jobs.JobEngine;
import dev.bandmaster.engine.outbox.OutboxSender;
import dev.bandmaster.engine.reports.BackendReceiver;
import dev.bandmaster.engine.webhooks.WebhookReceiver;
import dev.bandmaster.http.BoundedServer;
import java.util.Locale;
import java.util.stream.Stream;

/** The bot's figures: what is counted and under which name. */
final class BotMetrics {

  private static final String SENT = "What Slack has taken, by kind.";

  private static final String DELIVERED = "What systems outside told, by source and fate.";

  private final MetricRegistry meters = new MetricRegistry();

  /** All figures but those of the HTTP server. */
  static BotMetrics of(
      StoreModule stores,
      ChatModule chat,
      JobModule jobs,
      BackendModule backends,
      AlertModule alerts,
      OutboxSender outbox) {
    Store store = stores.store();
    return new BotMetrics()
        .inbox(chat.ackTimes(), chat.received())
        .outbox(store.outbox(), store.setAside(), outbox)
        .chat(chat.platform())
        .work(jobs.engine(), backends.receiver(), store)
        .clock(stores.clock())
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
                "From the arrival of a delivery to its acknowledgement; Slack allows 3 s.")
            ::record);
    meters.counter(
        "bandmaster.inbox.received", "Deliveries from Slack that were new.", intake::received);
    meters.counter(
        "bandmaster.inbox.duplicate",
        "Deliveries from Slack that were known already.",
        intake::duplicates);
    return this;
  }

  BotMetrics outbox(Outbox outbox, SetAside setAside, OutboxSender sender) {
    meters.gauge(
        "bandmaster.outbox.waiting", "Items that Slack is still to be told.", outbox::waiting);
    meters.gauge(
        "bandmaster.store.set.aside",
        "Rows of the store that cannot be read and were set aside.",
        () -> setAside.count());
    meters.gauge("bandmaster.outbox.parked", "Items that Slack does not take.", outbox::parked);
    for (OutboxSender.Kind kind : OutboxSender.Kind.values()) {
      meters.counter("bandmaster.outbox.sent", SENT, () -> sender.sent(kind), "kind", kind.word());
    }
    return this;
  }

  BotMetrics chat(ChatPlatform chat) {
    String prefix = "bandmaster." + chat.id() + ".";
    meters.counter(
        prefix + "limited",
        "How often " + chat.name() + " answered that it lets no more through for now.",
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
        "How far this machine's clock is ahead of the one that the replicas share.",
        () -> clock.ahead().toMillis() / 1e3);
    return this;
  }

  BotMetrics work(JobEngine desk, BackendReceiver bus, Store store) {
    meters.gauge("bandmaster.jobs.running", "Jobs that are not over.", () -> desk.running().size());
    meters.counter("bandmaster.bus.replies", "Replies taken from the bus.", bus::receivedReplies);
    meters.counter(
        "bandmaster.bus.dropped",
        "Messages dropped because they are not what they claim to be.",
        bus::rejectedMessages);
    meters.counter(
        "bandmaster.bus.discarded",
        "Messages given up because they could not be processed.",
        bus::discardedMessages);
    meters.gauge(
        "bandmaster.bus.blocked",
        "1 while the broker is connected and takes no messages.",
        () -> bus.isBlocked() ? 1 : 0);
    meters.counter("bandmaster.store.commits", "Commits to the store.", store::commits);
    return this;
  }

  BotMetrics watch(AlertModule watch, Store store) {
    meters.gauge("bandmaster.alerts.open", "Alerts that are not over.", store.alerts()::count);
    meters.gauge("bandmaster.nodes.failing", "Nodes that are down.", store.lives()::failing);
    meters.gauge(
        "bandmaster.watch.active",
        "1 if this replica watches the nodes, 0 if another one does.",
        () -> watch.fleet().isWatching() ? 1 : 0);
    meters.counter(
        "bandmaster.alerts.refused",
        "How often a channel did not take an alert.",
        () -> watch.desk().refusals());
    meters.counter(
        "bandmaster.alerts.dropped",
        "Failures that made no alert, for there were too many at once.",
        () -> watch.failures().dropped());
    String pings = "Calls of the outside watchdog, by their end.";
    watch
        .watchdog()
        .ifPresent(dog -> {
          meters.counter("bandmaster.watchdog.calls", pings, dog::fed, "result", "ok");
          meters.counter("bandmaster.watchdog.calls", pings, dog::failed, "result", "failed");
        });
    for (HookRunner.Result result : HookRunner.Result.values()) {
      meters.counter(
          "bandmaster.hooks.runs",
          "Programs that were run because nodes came or went, by their end.",
          () -> watch.hooks().ended(result),
          "result",
          result.name().toLowerCase(Locale.ROOT));
    }
    meters.gauge(
        "bandmaster.hooks.waiting", "Such programs that have not ended.", store.hooks()::count);
    return this;
  }

  BotMetrics http(BoundedServer server) {
    meters.gauge(
        "bandmaster.http.connections", "Open connections to this port.", server::connections);
    meters.gauge(
        "bandmaster.http.body.bytes", "Bytes of request bodies held now.", server::bodyBytes);
    for (String reason : BoundedServer.reasons()) {
      meters.counter(
          "bandmaster.http.refused",
          "Connections and requests refused before a route saw them, by reason.",
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
            "fate",
            fate.name().toLowerCase(Locale.ROOT));
      }
    }
    return this;
  }
}
