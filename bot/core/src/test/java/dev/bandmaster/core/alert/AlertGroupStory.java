package dev.bandmaster.core.alert;

import dev.bandmaster.core.fleet.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An episode in a world whose time is in seconds. Time alone is looked at whenever the episode says
 * that it is due, as the bot does.
 */
public final class AlertGroupStory implements AlertContext {
  public static final Instant START = Instant.parse("2026-05-04T12:00:00Z");
  public static final GroupKey DOWN = new GroupKey("node_down", "main", "prod", "");

  private final List<String> lines = new ArrayList<>();
  private final List<Silence> silences = new ArrayList<>();
  private final List<AlertEffect> effects = new ArrayList<>();
  private Optional<String> fallback = Optional.of("CFALL");
  private AlertGroup episode = AlertGroup.begin("e1", 12, DOWN, START);
  private long second;

  @Override
  public AlertTimes times() {
    return AlertTimes.STANDARD;
  }

  @Override
  public Optional<Silence> silence(GroupKey topic, Alert alert, Instant now) {
    return silences.stream()
        .filter(silence -> silence.standsAt(now) && silence.matches(topic, alert))
        .max(Comparator.comparing(Silence::until));
  }

  @Override
  public List<Destination> posts(GroupKey topic, Alert alert) {
    return alert.applications().contains("shop")
        ? List.of(new Destination("CSHOP", "S0SHOP", ""))
        : List.of(Destination.in("COPS"));
  }

  @Override
  public Optional<String> fallback() {
    return fallback;
  }

  AlertGroupStory withoutFallback() {
    fallback = Optional.empty();
    return this;
  }

  public Instant now() {
    return START.plusSeconds(second);
  }

  public AlertGroup episode() {
    return episode;
  }

  /** An alert about a node, as the detector raises it. */
  public Alert down(String node, Severity severity) {
    return Alert.of(
        "node_down:" + node,
        severity,
        node,
        "last heard at 11:59:30",
        node,
        now().minusSeconds(30));
  }

  public AlertGroupStory falls(String... nodes) {
    return happens(
        List.of(nodes).stream()
            .<AlertEvent>map(
                node -> new AlertEvent.Fired(down(node, Severity.WARNING), Optional.empty()))
            .toList());
  }

  public AlertGroupStory fires(Alert alert) {
    return happens(List.of(new AlertEvent.Fired(alert, Optional.empty())));
  }

  public AlertGroupStory returns(String... nodes) {
    return happens(
        List.of(nodes).stream()
            .<AlertEvent>map(node -> new AlertEvent.Cleared("node_down:" + node))
            .toList());
  }

  public AlertGroupStory acknowledged() {
    return happens(List.of(new AlertEvent.Acknowledged("U2", "bob")));
  }

  public AlertGroupStory happens(AlertEvent event) {
    return happens(List.of(event));
  }

  /** Bob silences the node, from now on for so many seconds. */
  public AlertGroupStory silences(String node, long seconds) {
    silences.add(
        new Silence(
            silences.size() + 1,
            Silence.Kind.SILENCE,
            Map.of("node", node),
            now(),
            now().plusSeconds(seconds),
            "bob",
            "new disk"));
    return episode.state().members().isEmpty() ? this : happens(List.of());
  }

  private AlertGroupStory happens(List<AlertEvent> events) {
    AlertGroupMachine.Step step = AlertGroupMachine.apply(episode, events, this, now());
    episode = step.episode();
    effects.addAll(step.effects());
    step.effects().forEach(effect -> lines.add(second + " " + words(effect)));
    return this;
  }

  /** Lets time pass until this second, looking when something is due. */
  public AlertGroupStory until(long end) {
    while (episode.state().due().filter(due -> !due.isAfter(START.plusSeconds(end))).isPresent()) {
      Instant due = episode.state().due().orElseThrow();
      second = Math.max(second, Duration.between(START, due).toSeconds());
      AlertGroup before = episode;
      happens(List.of(new AlertEvent.TimePassed()));
      if (before.equals(episode)) {
        throw new AssertionError("due at " + due + ", and nothing to do: " + episode);
      }
    }
    second = end;
    return this;
  }

  /** What people were notified of, one line each. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  public List<AlertEffect> effects() {
    return List.copyOf(effects);
  }

  private static String words(AlertEffect effect) {
    return switch (effect) {
      case AlertEffect.Draw(boolean urgent) -> urgent ? "draw!" : "draw";
      case AlertEffect.Complain(String channel, String reason) ->
          "complain " + channel + " " + reason;
      case AlertEffect.Say(int number, ThreadUpdate word, boolean broadcast) ->
          "say %d %s%s".formatted(number, words(word), broadcast ? " to all" : "");
    };
  }

  private static String words(ThreadUpdate word) {
    String kind = word.getClass().getSimpleName();
    return switch (word) {
      case ThreadUpdate.Added(List<GroupedAlert> members) -> kind + " " + names(members);
      case ThreadUpdate.Recovered(List<GroupedAlert> members, boolean all) ->
          kind + " " + names(members) + (all ? " all" : "");
      case ThreadUpdate.Lapsed(var _, String reason) -> kind + " " + reason;
      case ThreadUpdate.Everybody(List<String> names) -> kind + " " + names.size();
      case ThreadUpdate.Reminder(int firing) -> kind + " " + firing;
      case ThreadUpdate.SilenceOver(int firing) -> kind + " " + firing;
      case ThreadUpdate.Acknowledged _, ThreadUpdate.Silenced _, ThreadUpdate.Closed _ -> kind;
    };
  }

  private static List<String> names(List<GroupedAlert> members) {
    return members.stream().map(member -> member.alert().name()).sorted().toList();
  }
}
