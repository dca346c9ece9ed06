package dev.bandmaster.core.alert;

import dev.bandmaster.core.alert.GroupedAlert.Known;
import dev.bandmaster.core.fleet.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An episode while it is being decided how it goes on. */
public final class AlertGroupDraft {

  /** Members and names that a message shows; anyone who wants all of them looks into the thread. */
  public static final int SHOWN = 10;

  /** Until all names are given, so that those are among them that fail a little later. */
  private static final Duration LIST_AFTER = Duration.ofMinutes(1);

  /** Growth is shown less often the more there was of it: up to 16 times as seldom. */
  private static final int SLOWEST = 4;

  private final AlertGroup episode;
  private final GroupKey topic;
  private final AlertContext surroundings;
  private final AlertTimes times;
  private final Instant now;
  private final List<AlertEffect> effects = new ArrayList<>();

  private final Map<String, GroupedAlert> members;
  private final List<Destination> posts;
  private Optional<String> headline;
  private Optional<Instant> notified;
  private Severity peak;
  private Optional<Acknowledgement> acknowledged;
  private Optional<Silence> silence;
  private Instant reminded;
  private Instant drawn;
  private int draws;
  private boolean stale;
  private boolean pressing;
  private boolean listed;
  private int said;
  private Optional<Instant> over;
  private Optional<Instant> ended;
  private Optional<Instant> due;

  AlertGroupDraft(AlertGroup episode, AlertContext surroundings, Instant now) {
    this.episode = episode;
    this.topic = episode.topic();
    this.surroundings = surroundings;
    this.times = surroundings.times();
    this.now = now;
    AlertGroupState state = episode.state();
    members = new TreeMap<>(state.members());
    posts = new ArrayList<>(state.posts());
    headline = state.headline();
    notified = state.notified();
    peak = state.peak();
    acknowledged = state.acknowledged();
    silence = state.silence();
    reminded = state.reminded();
    drawn = state.drawn();
    draws = state.draws();
    stale = state.stale();
    pressing = state.pressing();
    listed = state.listed();
    said = state.said();
    over = state.over();
    ended = state.ended();
    due = state.due();
  }

  AlertGroupState state() {
    return new AlertGroupState(
        headline,
        members,
        posts,
        notified,
        peak,
        acknowledged,
        silence,
        reminded,
        drawn,
        draws,
        stale,
        pressing,
        listed,
        said,
        over,
        ended,
        due);
  }

  List<AlertEffect> effects() {
    return effects;
  }

  // --- What happened ---

  void note(AlertEvent event) {
    switch (event) {
      case AlertEvent.Fired(Alert alert, Optional<String> words) -> {
        GroupedAlert before = members.get(alert.key());
        GroupedAlert after =
            before == null ? GroupedAlert.fired(alert, now) : before.again(alert, now);
        Optional<String> above = words.or(() -> headline);
        stale |= !after.equals(before) || !above.equals(headline);
        members.put(alert.key(), after);
        headline = above;
      }
      case AlertEvent.Cleared(String key) ->
          members.computeIfPresent(
              key,
              (same, member) -> {
                stale |= member.fires();
                return member.over(now);
              });
      case AlertEvent.Acknowledged(String user, String name) -> {
        Acknowledgement by = new Acknowledgement(user, name, now, worst(firing()));
        acknowledged = Optional.of(by);
        press();
        say(new ThreadUpdate.Acknowledged(by), false);
      }
      case AlertEvent.Closed(String name) -> {
        members.replaceAll((key, member) -> member.over(now).known(Known.OVER));
        press();
        say(new ThreadUpdate.Closed(name), false);
      }
      case AlertEvent.Refused(String channel, String reason) -> refused(channel, reason);
      case AlertEvent.TimePassed() -> {
        // What that means is asked below, whatever happened.
      }
    }
  }

  private void refused(String channel, String reason) {
    Optional<Destination> refusing =
        posts.stream().filter(post -> post.channel().equals(channel)).findFirst();
    if (refusing.isEmpty()) {
      return;
    }
    posts.remove(refusing.get());
    effects.add(new AlertEffect.Complain(channel, reason));
    surroundings
        .fallback()
        .filter(other -> posts.stream().noneMatch(post -> post.channel().equals(other)))
        .filter(other -> !other.equals(channel))
        .ifPresent(other -> posts.add(new Destination(other, refusing.get().mention(), channel)));
    press();
  }

  private void press() {
    stale = true;
    pressing = true;
  }

  // --- What follows ---

  void conclude() {
    members.replaceAll((key, member) ->
        member.quietAt().filter(at -> !now.isBefore(at)).isPresent() ? member.over(now) : member);
    List<GroupedAlert> firing = firing();
    over = firing.isEmpty() ? over.or(() -> Optional.of(now)) : Optional.empty();
    lapse();
    noteSilence(firing);
    if (notified.isEmpty()) {
      begin(loud(firing));
    } else {
      goOn(loud(firing));
    }
    due = ended.isPresent() ? Optional.empty() : next();
  }

  private List<GroupedAlert> firing() {
    return members.values().stream().filter(GroupedAlert::fires).toList();
  }

  private List<GroupedAlert> loud(List<GroupedAlert> firing) {
    return firing.stream()
        .filter(member -> surroundings.silence(topic, member.alert(), now).isEmpty())
        .toList();
  }

  private static Severity worst(Collection<GroupedAlert> some) {
    return some.stream()
        .map(member -> member.alert().severity())
        .max(Comparator.naturalOrder())
        .orElse(Severity.INFO);
  }

  private void lapse() {
    if (acknowledged.isEmpty()) {
      return;
    }
    Acknowledgement by = acknowledged.get();
    if (worst(firing()).compareTo(by.severity()) > 0) {
      lapse(by, "it got worse");
    } else if (!now.isBefore(by.at().plus(times.acknowledged())) && !firing().isEmpty()) {
      lapse(by, "it is still firing after " + times.acknowledged().toHours() + " h");
    }
  }

  private void lapse(Acknowledgement by, String reason) {
    acknowledged = Optional.empty();
    reminded = now;
    press();
    say(new ThreadUpdate.Lapsed(by, reason), false);
  }

  private void noteSilence(List<GroupedAlert> firing) {
    Optional<Silence> standing =
        !firing.isEmpty() && loud(firing).isEmpty()
            ? firing.stream()
                .flatMap(member -> surroundings.silence(topic, member.alert(), now).stream())
                .min(Comparator.comparing(Silence::until))
            : Optional.empty();
    if (standing.equals(silence)) {
      return;
    }
    if (notified.isPresent()) {
      standing.ifPresent(quiet -> say(new ThreadUpdate.Silenced(quiet), false));
      if (standing.isEmpty() && !firing.isEmpty()) {
        say(new ThreadUpdate.SilenceOver(firing.size()), false);
      }
    }
    silence = standing;
    reminded = now;
    press();
  }

  /** Nobody has been notified yet. */
  private void begin(List<GroupedAlert> loud) {
    if (over.isPresent()) {
      ended = Optional.of(now);
      return;
    }
    if (loud.isEmpty() || now.isBefore(beginsAt(loud))) {
      return;
    }
    notified = Optional.of(now);
    reminded = now;
    peak = worst(loud);
    show(loud);
    know(loud, Known.FIRING);
    draw(true);
  }

  private Instant beginsAt(List<GroupedAlert> loud) {
    return worst(loud) == Severity.CRITICAL ? now : episode.began().plus(times.gather());
  }

  private void show(List<GroupedAlert> some) {
    some.stream()
        .flatMap(member -> surroundings.posts(topic, member.alert()).stream())
        .distinct()
        .filter(post -> posts.stream().noneMatch(shown -> isFor(post, shown)))
        .forEach(post -> {
          posts.removeIf(shown -> shown.channel().equals(post.channel()));
          posts.add(post);
        });
  }

  /** Whether what belongs into one place is shown in another. */
  private static boolean isFor(Destination post, Destination shown) {
    return shown.channel().equals(post.channel()) || shown.insteadOf().equals(post.channel());
  }

  private void know(Collection<GroupedAlert> some, Known known) {
    some.forEach(member -> members.put(member.alert().key(), member.known(known)));
  }

  private void goOn(List<GroupedAlert> loud) {
    List<GroupedAlert> added =
        loud.stream().filter(member -> member.known() != Known.FIRING).toList();
    List<GroupedAlert> recovered =
        members.values().stream()
            .filter(member -> !member.fires() && member.known() == Known.FIRING)
            .toList();
    boolean worse = worst(loud).compareTo(peak) > 0;
    boolean wellAgain = over.isPresent() && !recovered.isEmpty();
    stale |= !added.isEmpty() || !recovered.isEmpty();
    pressing |= worse || wellAgain;
    if (!loud.isEmpty() && acknowledged.isEmpty() && !now.isBefore(reminded.plus(times.remind()))) {
      reminded = now;
      say(new ThreadUpdate.Reminder(loud.size()), false);
    }
    list();
    boolean isEnd = endsAt().filter(at -> !now.isBefore(at)).isPresent();
    if (isEnd) {
      ended = Optional.of(now);
    }
    if (isEnd || (stale && !now.isBefore(drawn.plus(pace())))) {
      if (!added.isEmpty()) {
        show(added);
        say(new ThreadUpdate.Added(added), worse);
        know(added, Known.FIRING);
      }
      if (!recovered.isEmpty()) {
        say(new ThreadUpdate.Recovered(recovered, over.isPresent()), false);
        know(recovered, Known.OVER);
      }
      peak = worse ? worst(loud) : peak;
      draw(wellAgain || isEnd);
    }
  }

  private void list() {
    List<String> names =
        firing().stream().flatMap(member -> member.alert().names().stream()).sorted().toList();
    boolean isTime = notified.filter(since -> !now.isBefore(since.plus(LIST_AFTER))).isPresent();
    if (!listed && isTime && names.size() > SHOWN) {
      listed = true;
      say(new ThreadUpdate.Everybody(names), false);
    }
  }

  private boolean isListed() {
    return listed
        || firing().stream().mapToInt(member -> member.alert().names().size()).sum() <= SHOWN;
  }

  private Optional<Instant> endsAt() {
    Instant drawable = drawn.plus(times.edit());
    return over.map(since -> since.plus(times.linger()))
        .map(end -> end.isBefore(drawable) ? drawable : end);
  }

  private Duration pace() {
    return pressing ? times.edit() : times.edit().multipliedBy(1L << Math.min(draws, SLOWEST));
  }

  private void draw(boolean urgent) {
    effects.add(new AlertEffect.Draw(urgent));
    draws = notified.filter(now::equals).isPresent() ? 0 : draws + 1;
    drawn = now;
    stale = false;
    pressing = false;
  }

  private void say(ThreadUpdate word, boolean broadcast) {
    if (notified.isPresent()) {
      said++;
      effects.add(new AlertEffect.Say(said, word, broadcast));
    }
  }

  // --- When to look again ---

  private Optional<Instant> next() {
    List<Instant> next = new ArrayList<>();
    List<GroupedAlert> firing = firing();
    List<GroupedAlert> loud = loud(firing);
    members.values().forEach(member -> member.quietAt().ifPresent(next::add));
    firing.stream()
        .flatMap(member -> surroundings.silence(topic, member.alert(), now).stream())
        .forEach(standing -> next.add(standing.until()));
    if (notified.isEmpty()) {
      if (!loud.isEmpty()) {
        next.add(beginsAt(loud));
      }
    } else {
      if (stale) {
        next.add(drawn.plus(pace()));
      }
      if (!loud.isEmpty() && acknowledged.isEmpty()) {
        next.add(reminded.plus(times.remind()));
      }
      if (!isListed()) {
        notified.ifPresent(since -> next.add(since.plus(LIST_AFTER)));
      }
      acknowledged
          .filter(by -> !firing.isEmpty())
          .ifPresent(by -> next.add(by.at().plus(times.acknowledged())));
    }
    endsAt().ifPresent(next::add);
    return next.stream().min(Comparator.naturalOrder());
  }
}
