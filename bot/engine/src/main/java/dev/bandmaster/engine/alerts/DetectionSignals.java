package dev.bandmaster.engine.alerts;

import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.fleet.Detection;
import dev.bandmaster.core.fleet.NodeLabels;
import dev.bandmaster.core.fleet.NodeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the detector found, as alerts that begin and end.
 *
 * @param times how moments are written
 * @param lives what is known of a node
 */
record DetectionSignals(TimeText times, Function<String, Optional<NodeRecord>> lives) {

  List<Signal> of(List<Detection> findings) {
    List<Signal> signals = new ArrayList<>();
    findings.forEach(finding -> {
      finding.ends().forEach(key -> signals.add(new Signal.Cleared(key)));
      signals.addAll(begun(finding));
    });
    return signals;
  }

  private List<Signal> begun(Detection finding) {
    return switch (finding) {
      case Detection.NodeDown down ->
          aboutNode(
              "node_down", down, "last heard at " + times.clock(down.lastSeen()), down.lastSeen());
      case Detection.NeverSeen never ->
          aboutNode(
              "never_seen",
              never,
              "expected, but not heard since " + times.clock(never.expectedSince()),
              never.expectedSince());
      case Detection.Zombie zombie ->
          aboutNode("zombie", zombie, "sends heartbeats but does not answer requests", zombie.at());
      case Detection.FlappingBegan began ->
          aboutNode(
              "flapping",
              began,
              "goes up and down; alerts are muted until it is stable",
              began.at());
      case Detection.FlappingEnded ended ->
          aboutNode("node_down", ended, "is stable again, and down", ended.at());
      case Detection.MassLoss loss -> List.of(massLoss(loss));
      case Detection.Isolated isolated ->
          List.of(
              fleetWide(
                  "bus_or_bot_isolated",
                  isolated,
                  "None of %d nodes is heard".formatted(isolated.total()),
                  "All nodes",
                  "went silent at once. The message bus or the bot is probably cut off, so there are no alerts for single nodes",
                  isolated.at()));
      case Detection.BusUnreachable bus ->
          List.of(
              fleetWide(
                  "bus_unreachable",
                  bus,
                  bus.connected()
                      ? "Connected to the broker, but no node is heard"
                      : "The broker is unreachable",
                  "The bus",
                  "silent since "
                      + times.clock(bus.since())
                      + "; no node is reported down meanwhile",
                  bus.since()));
      case Detection.IncidentOver over -> missing(over);
      case Detection.DigestAfterAbsence digest -> digest(digest);
      case Detection.NodeBack _, Detection.NodeLate _ -> List.of();
    };
  }

  private static List<Signal> aboutNode(
      String rule, Detection finding, String text, Instant since) {
    NodeLabels labels = finding.labels();
    return finding
        .begins()
        .<List<Signal>>map(key ->
            List.of(
                new Signal.Fired(
                    new GroupKey(rule, labels.collective(), labels.environment(), ""),
                    Alert.of(key, labels.severity(), labels.node(), text, labels.node(), since)
                        .on(labels.applications()))))
        .orElse(List.of());
  }

  private static Signal massLoss(Detection.MassLoss loss) {
    NodeLabels labels = loss.labels();
    String count = "%d of %d nodes".formatted(loss.silent().size(), loss.total());
    return new Signal.Fired(
        new GroupKey("mass_heartbeat_loss", labels.collective(), labels.environment(), ""),
        Optional.of(count + " went silent"),
        Alert.of(
                loss.begins().orElseThrow(),
                labels.severity(),
                count,
                "not heard; there are no alerts for single nodes",
                "",
                loss.at())
            .standingFor(loss.silent()));
  }

  private static Signal fleetWide(
      String rule, Detection finding, String headline, String name, String text, Instant since) {
    NodeLabels labels = finding.labels();
    return new Signal.Fired(
        new GroupKey(rule, labels.collective(), "", ""),
        Optional.of(headline),
        Alert.of(finding.begins().orElseThrow(), labels.severity(), name, text, "", since));
  }

  private List<Signal> missing(Detection.IncidentOver over) {
    String headline =
        "%d of %d nodes have not come back".formatted(over.missing().size(), over.total());
    NodeLabels labels = over.labels();
    return each(
        new GroupKey(
            "still_missing",
            labels.collective(),
            labels.environment(),
            Long.toString(over.at().toEpochMilli())),
        headline,
        labels,
        over.missing());
  }

  private List<Signal> digest(Detection.DigestAfterAbsence digest) {
    String headline =
        "The bot was down %s–%s; not heard since: %d of %d nodes"
            .formatted(
                times.clock(digest.from()),
                times.clock(digest.to()),
                digest.missing().size(),
                digest.total());
    NodeLabels labels = digest.labels();
    return each(
        new GroupKey(
            "absence", labels.collective(), "", Long.toString(digest.from().toEpochMilli())),
        headline,
        labels,
        digest.missing());
  }

  /** Each of them ends by itself, as a node does that was called down alone. */
  private List<Signal> each(
      GroupKey topic, String headline, NodeLabels labels, List<String> nodes) {
    return nodes.stream()
        .<Signal>map(node -> {
          Optional<NodeRecord> life = lives.apply(node);
          Instant lastSeen = life.map(known -> known.lastSeen().at()).orElse(Instant.EPOCH);
          return new Signal.Fired(
              topic,
              Optional.of(headline),
              Alert.of(
                      "node_down:" + node,
                      labels.severity(),
                      node,
                      "last heard at " + times.clock(lastSeen),
                      node,
                      lastSeen)
                  .on(life.map(known -> List.copyOf(known.applications())).orElse(List.of())));
        })
        .toList();
  }
}
