package dev.bandmaster.bot.watch;

import dev.bandmaster.bot.alert.Alert;
import dev.bandmaster.bot.alert.Signal;
import dev.bandmaster.bot.alert.Topic;
import dev.bandmaster.bot.chat.TimeWords;
import dev.bandmaster.bot.node.Finding;
import dev.bandmaster.bot.node.Labels;
import dev.bandmaster.bot.node.NodeLife;
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
record FindingSignals(TimeWords times, Function<String, Optional<NodeLife>> lives) {

  List<Signal> of(List<Finding> findings) {
    List<Signal> signals = new ArrayList<>();
    findings.forEach(finding -> {
      finding.ends().forEach(key -> signals.add(new Signal.Cleared(key)));
      signals.addAll(begun(finding));
    });
    return signals;
  }

  private List<Signal> begun(Finding finding) {
    return switch (finding) {
      case Finding.NodeDown down ->
          aboutNode(
              "node_down",
              down,
              "has not been heard since " + times.clock(down.heard()),
              down.heard());
      case Finding.NeverSeen never ->
          aboutNode(
              "never_seen",
              never,
              "is expected and has not been heard since " + times.clock(never.expectedSince()),
              never.expectedSince());
      case Finding.Zombie zombie ->
          aboutNode("zombie", zombie, "beats and answers nothing else", zombie.at());
      case Finding.FlappingBegan began ->
          aboutNode(
              "flapping",
              began,
              "comes and goes; nothing more is said of it until it is steady",
              began.at());
      case Finding.FlappingEnded ended ->
          aboutNode("node_down", ended, "has become steady, and is down", ended.at());
      case Finding.MassLoss loss -> List.of(massLoss(loss));
      case Finding.Isolated isolated ->
          List.of(
              fleetWide(
                  "bus_or_bot_isolated",
                  isolated,
                  "Not one of %d nodes is heard".formatted(isolated.total()),
                  "All nodes",
                  "fell silent at once, so it is more likely that the bus or the bot is cut off; nothing is said of single nodes",
                  isolated.at()));
      case Finding.BusUnreachable bus ->
          List.of(
              fleetWide(
                  "bus_unreachable",
                  bus,
                  bus.connected()
                      ? "The broker is there, and no node is heard"
                      : "The broker is away",
                  "The bus",
                  "is silent since "
                      + times.clock(bus.since())
                      + "; no node is called down while the bot cannot hear",
                  bus.since()));
      case Finding.IncidentOver over -> missing(over);
      case Finding.DigestAfterAbsence digest -> digest(digest);
      case Finding.NodeBack _, Finding.NodeLate _ -> List.of();
    };
  }

  private static List<Signal> aboutNode(String rule, Finding finding, String text, Instant since) {
    Labels labels = finding.labels();
    return finding
        .begins()
        .<List<Signal>>map(key ->
            List.of(
                new Signal.Fired(
                    new Topic(rule, labels.collective(), labels.environment(), ""),
                    Alert.of(key, labels.severity(), labels.node(), text, labels.node(), since)
                        .on(labels.applications()))))
        .orElse(List.of());
  }

  private static Signal massLoss(Finding.MassLoss loss) {
    Labels labels = loss.labels();
    String count = "%d of %d nodes".formatted(loss.silent().size(), loss.total());
    return new Signal.Fired(
        new Topic("mass_heartbeat_loss", labels.collective(), labels.environment(), ""),
        Optional.of(count + " fell silent"),
        Alert.of(
                loss.begins().orElseThrow(),
                labels.severity(),
                count,
                "have not been heard; nothing is said of single ones",
                "",
                loss.at())
            .standingFor(loss.silent()));
  }

  private static Signal fleetWide(
      String rule, Finding finding, String headline, String name, String text, Instant since) {
    Labels labels = finding.labels();
    return new Signal.Fired(
        new Topic(rule, labels.collective(), "", ""),
        Optional.of(headline),
        Alert.of(finding.begins().orElseThrow(), labels.severity(), name, text, "", since));
  }

  private List<Signal> missing(Finding.IncidentOver over) {
    String headline =
        "%d of %d nodes have not come back".formatted(over.missing().size(), over.total());
    Labels labels = over.labels();
    return each(
        new Topic(
            "still_missing",
            labels.collective(),
            labels.environment(),
            Long.toString(over.at().toEpochMilli())),
        headline,
        labels,
        over.missing());
  }

  private List<Signal> digest(Finding.DigestAfterAbsence digest) {
    String headline =
        "I was away %s–%s; since then %d of %d nodes have not been heard"
            .formatted(
                times.clock(digest.from()),
                times.clock(digest.to()),
                digest.missing().size(),
                digest.total());
    Labels labels = digest.labels();
    return each(
        new Topic("absence", labels.collective(), "", Long.toString(digest.from().toEpochMilli())),
        headline,
        labels,
        digest.missing());
  }

  /** Each of them ends by itself, as a node does that was called down alone. */
  private List<Signal> each(Topic topic, String headline, Labels labels, List<String> nodes) {
    return nodes.stream()
        .<Signal>map(node -> {
          Optional<NodeLife> life = lives.apply(node);
          Instant heard = life.map(known -> known.sign().heard()).orElse(Instant.EPOCH);
          return new Signal.Fired(
              topic,
              Optional.of(headline),
              Alert.of(
                      "node_down:" + node,
                      labels.severity(),
                      node,
                      "has not been heard since " + times.clock(heard),
                      node,
                      heard)
                  .on(life.map(known -> List.copyOf(known.applications())).orElse(List.of())));
        })
        .toList();
  }
}
