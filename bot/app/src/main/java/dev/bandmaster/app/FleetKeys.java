package dev.bandmaster.app;

import dev.bandmaster.core.store.Nodes;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.plugin.Spans;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.BotKeySet;
import dev.bandmaster.wire.BotKeySet.Entry;
import dev.bandmaster.wire.BotKeys;
import dev.bandmaster.wire.LiveBotKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the keys of the bot and of the nodes are, and what has to be said before they end. */
final class FleetKeys {
  /** How long before an end people are warned; each once. */
  static final List<Duration> WARNINGS =
      List.of(Duration.ofDays(3), Duration.ofDays(14), Duration.ofDays(60));

  private static final Duration FIRST_WARNING = WARNINGS.getLast();

  /** Nodes that a sentence names. */
  private static final int NAMED = 5;

  private final LiveBotKeys keys;
  private final BotCodec codec;
  private final Store store;
  private final Duration lifetime;
  private final InstantSource clock;

  /**
   * Something to say once.
   *
   * @param mark the same for what was said before
   */
  record Warning(String mark, String sentence) {}

  /**
   * @param lifetime how long a node's key is meant to be used, from when it was accepted
   */
  FleetKeys(LiveBotKeys keys, BotCodec codec, Store store, Duration lifetime, InstantSource clock) {
    this.keys = keys;
    this.codec = codec;
    this.store = store;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  BotCodec codec() {
    return codec;
  }

  /** What signs now, if anything does. */
  Optional<BotKeys> signing() {
    return keys.signing();
  }

  /** Which keys the bot has. */
  String ids() {
    return keys.all().entries().stream().map(Entry::id).collect(Collectors.joining(" "));
  }

  /** The keys in one line. */
  String describe() {
    return describe(keys.all(), clock.instant());
  }

  /** Seconds until the bot has no key to sign with; zero if it has none now. */
  double secondsLeft() {
    Instant now = clock.instant();
    return keys.all()
        .signsUntil(now)
        .map(end -> Duration.between(now, end).toMillis() / 1e3)
        .orElse(0.0);
  }

  /** The nodes that do not write under the newest key yet, by the key under which they write. */
  Map<String, List<String>> behind() {
    BotKeySet all = keys.all();
    Instant now = clock.instant();
    Optional<Entry> newest =
        all.entries().stream()
            .filter(entry -> entry.keys().publicKeys().countsAt(now))
            .reduce((earlier, later) -> later);
    Map<String, List<String>> behind = new TreeMap<>();
    newest.ifPresent(key ->
        codec
            .keysInUse()
            .forEach((node, id) -> {
              if (!id.equals(key.id()) && all.find(id).isPresent()) {
                behind.computeIfAbsent(id, each -> new ArrayList<>()).add(node);
              }
            }));
    behind.values().forEach(nodes -> nodes.sort(null));
    return behind;
  }

  long nodesBehind() {
    return behind().values().stream().mapToLong(List::size).sum();
  }

  /** Nodes whose keys reach the age at which they are to be replaced within 60 days. */
  long nodeKeysEnding() {
    return ending(clock.instant()).size();
  }

  private List<Nodes.TrustedSince> ending(Instant now) {
    return store.nodes().trustedBefore(now.plus(FIRST_WARNING).minus(lifetime));
  }

  /** What {@code status} shows. */
  Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("keys", describe());
    keys.problem().ifPresent(problem -> lines.put("key folder", "not read again: " + problem));
    behind()
        .forEach((id, nodes) ->
            lines.merge(
                "old keys",
                "%s still %s under %s"
                    .formatted(names(nodes), nodes.size() == 1 ? "writes" : "write", id),
                (one, other) -> one + "; " + other));
    List<Nodes.TrustedSince> ending = ending(clock.instant());
    if (!ending.isEmpty()) {
      lines.put(
          "node keys",
          "%d to be replaced within 60 days, the first, of %s, by %s"
              .formatted(
                  ending.size(),
                  ending.getFirst().node(),
                  day(ending.getFirst().since().plus(lifetime))));
    }
    return lines;
  }

  /** The keys of a bot in one line. */
  static String describe(BotKeySet all, Instant now) {
    List<String> parts = new ArrayList<>();
    Optional<Entry> signing = all.signing(now);
    parts.add(
        signing
            .map(key ->
                "%s signs, until %s (%s)"
                    .formatted(key.id(), day(key.until()), left(now, key.until())))
            .orElse("none is valid now; run 'bandmaster keys rotate --now'"));
    all.future(now)
        .forEach(key -> parts.add("%s signs from %s".formatted(key.id(), second(key.signsFrom()))));
    return String.join("; ", parts);
  }

  /** What has to be said now. */
  List<Warning> warnings() {
    Instant now = clock.instant();
    BotKeySet all = keys.all();
    return Stream.of(ofTheBot(all, now), ofLateNodes(all, now), ofNodes(now))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Warning> ofTheBot(BotKeySet all, Instant now) {
    Optional<Instant> end = all.signsUntil(now);
    if (end.isEmpty()) {
      return List.of(
          new Warning(
              "bot-keys:none:" + day(now),
              "The bot has no key that is valid now, so nodes are sent nothing. Run 'bandmaster keys rotate --now' and give the new line to all agents."));
    }
    return threshold(now, end.get())
        .map(threshold ->
            new Warning(
                "bot-keys:%s:%d".formatted(end.get(), threshold.toDays()),
                "The bot's last key ends in %s, on %s; from then on nodes refuse its requests. Run 'bandmaster keys rotate' and give the new line to all agents."
                    .formatted(left(now, end.get()), second(end.get()))))
        .stream()
        .toList();
  }

  /** Nodes that were not given the new keys, while the old ones end. */
  private List<Warning> ofLateNodes(BotKeySet all, Instant now) {
    List<Warning> warnings = new ArrayList<>();
    behind()
        .forEach((id, nodes) ->
            all.find(id)
                .map(Entry::until)
                .flatMap(until -> threshold(now, until))
                .ifPresent(threshold ->
                    warnings.add(
                        new Warning(
                            "late-nodes:%s:%d".formatted(id, threshold.toDays()),
                            "%s still %s under %s, which ends in %s. Give %s the new line: 'bandmaster keys' prints it."
                                .formatted(
                                    names(nodes),
                                    nodes.size() == 1 ? "writes" : "write",
                                    id,
                                    left(now, all.find(id).orElseThrow().until()),
                                    nodes.size() == 1 ? "it" : "them")))));
    return warnings;
  }

  /** Node keys of one day are one warning: a fleet is often enrolled in one sitting. */
  private List<Warning> ofNodes(Instant now) {
    Map<LocalDate, List<String>> byDay = new TreeMap<>();
    Map<LocalDate, Instant> ends = new TreeMap<>();
    for (Nodes.TrustedSince node : ending(now)) {
      Instant end = node.since().plus(lifetime);
      LocalDate day = end.atZone(ZoneOffset.UTC).toLocalDate();
      byDay.computeIfAbsent(day, each -> new ArrayList<>()).add(node.node());
      ends.merge(day, end, (one, other) -> one.isBefore(other) ? one : other);
    }
    List<Warning> warnings = new ArrayList<>();
    byDay.forEach((day, nodes) ->
        threshold(now, ends.getOrDefault(day, now))
            .ifPresent(threshold ->
                warnings.add(
                    new Warning(
                        "node-keys:%s:%d".formatted(day, threshold.toDays()),
                        "The %s of %s should be replaced by %s: run 'agent --new-key' there, restart it, and accept the new key with 'fleet replace'."
                            .formatted(nodes.size() == 1 ? "key" : "keys", names(nodes), day)))));
    return warnings;
  }

  /** The shortest of the times of warning in which an end lies; empty while it is far. */
  static Optional<Duration> threshold(Instant now, Instant end) {
    Duration left = Duration.between(now, end);
    return WARNINGS.stream().filter(warning -> left.compareTo(warning) <= 0).findFirst();
  }

  private static String left(Instant now, Instant end) {
    Duration left = Duration.between(now, end);
    return left.isNegative() ? "the past" : Spans.words(left);
  }

  private static String names(List<String> nodes) {
    return nodes.size() <= NAMED
        ? String.join(", ", nodes)
        : "%d nodes (%s, …)".formatted(nodes.size(), String.join(", ", nodes.subList(0, NAMED)));
  }

  private static String day(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static Instant second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
