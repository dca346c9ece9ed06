package dev.bandmaster.engine.oncall;

import dev.bandmaster.engine.clock.Ticker;
import dev.bandmaster.engine.oncall.DutySource.DutyUnknown;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is on call in each team. Programs and calendars are asked in the background, so that no alert
 * waits for them: what they said last counts for a day while they cannot be asked. Safe for use by
 * many threads.
 */
public final class OnCall implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OnCall.class);

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** How long a failed attempt is left alone. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** What is older says nothing about now. */
  static final Duration STALE = Duration.ofDays(1);

  /** Before the ids of people in a mention; ids of groups stand as they are. */
  public static final String PERSON = "@";

  private final Map<String, Team> teams;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final List<Ticker> tickers = new ArrayList<>();

  /**
   * A team.
   *
   * @param refresh how often its source is asked; zero if it answers at once and is asked each time
   * @param otherwise id of the group that is mentioned while nobody is known to be on call
   */
  public record Team(DutySource source, Duration refresh, Optional<String> otherwise) {}

  /**
   * What is known of a team.
   *
   * @param duty the newest answer, if there was one
   * @param asked when it was given
   * @param next when the source is asked again
   * @param problem why the newest attempt failed; empty if it did not
   */
  private record Known(Optional<Duty> duty, Instant asked, Instant next, String problem) {}

  /** What is said to people. */
  public sealed interface Answer {
    /**
     * Somebody is on call.
     *
     * @param problem why this may be out of date; empty if it is not
     */
    record Found(Duty duty, String problem) implements Answer {}

    /** It is not known; the reason is a sentence. */
    record Unknown(String reason) implements Answer {}
  }

  public OnCall(Map<String, Team> teams, InstantSource clock) {
    this.teams = new TreeMap<>(teams);
    this.clock = clock;
  }

  /** The names of all teams. */
  public List<String> teams() {
    return List.copyOf(teams.keySet());
  }

  /**
   * Begins to ask; each team has a thread of its own, so that a slow one keeps no other waiting.
   */
  public void start() {
    teams.forEach((name, team) -> {
      if (team.refresh().isPositive()) {
        Ticker ticker = new Ticker("oncall-" + name, LOOK, () -> refresh(name, team));
        tickers.add(ticker);
        ticker.start();
      }
    });
  }

  /** Asks all sources whose time has come. For tests, which have no threads. */
  void look() {
    teams.forEach((name, team) -> {
      if (team.refresh().isPositive()) {
        refresh(name, team);
      }
    });
  }

  private void refresh(String name, Team team) {
    Instant now = clock.instant();
    Known before = known.get(name);
    if (before != null && now.isBefore(before.next())) {
      return;
    }
    try {
      Duty duty = team.source().at(now);
      Instant next = now.plus(team.refresh());
      // A change that is known beforehand is looked for when it comes.
      Instant change = duty.until().filter(now::isBefore).filter(next::isAfter).orElse(next);
      known.put(name, new Known(Optional.of(duty), now, change, ""));
    } catch (DutyUnknown e) {
      failed(name, before, now, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("Who is on call in {} cannot be found out", name, e);
      failed(name, before, now, "Internal error.");
    }
  }

  private void failed(String name, @Nullable Known before, Instant now, String problem) {
    if (before == null || !before.problem().equals(problem)) {
      LOG.warn("Who is on call in {} cannot be found out: {}", name, problem);
    }
    known.put(
        name,
        before == null
            ? new Known(Optional.empty(), now, now.plus(PAUSE), problem)
            : new Known(before.duty(), before.asked(), now.plus(PAUSE), problem));
  }

  /** Who is on call, as far as is known at this moment; waits for nobody. */
  public Answer who(String name) {
    Team team = teams.get(name);
    if (team == null) {
      return new Answer.Unknown("There is no team '%s'.".formatted(name));
    }
    Instant now = clock.instant();
    if (!team.refresh().isPositive()) {
      try {
        return found(team.source().at(now), "");
      } catch (DutyUnknown e) {
        return new Answer.Unknown(String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Answer.Unknown("The bot is stopping.");
      }
    }
    Known last = known.get(name);
    if (last == null) {
      return new Answer.Unknown("It is being looked up; ask again in a moment.");
    }
    if (last.duty().isEmpty() || last.asked().plus(STALE).isBefore(now)) {
      return new Answer.Unknown(last.problem());
    }
    return found(last.duty().get(), last.problem());
  }

  private static Answer found(Duty duty, String problem) {
    return duty.people().isEmpty() && duty.unknown().isEmpty()
        ? new Answer.Unknown("Nobody is on call now.")
        : new Answer.Found(duty, problem);
  }

  /**
   * Whom to mention: ids of people, each after {@link #PERSON}, with commas between them, or the id
   * of a group; empty for nobody.
   *
   * @param mention the id of a group, {@code oncall:} and a team, or empty
   */
  public String mention(String mention) {
    if (!mention.startsWith("oncall:")) {
      return mention;
    }
    String name = mention.substring("oncall:".length());
    List<String> people =
        who(name) instanceof Answer.Found(Duty duty, var _) ? duty.people() : List.of();
    if (people.isEmpty()) {
      return Optional.ofNullable(teams.get(name)).flatMap(Team::otherwise).orElse("");
    }
    return String.join(",", people.stream().map(person -> PERSON + person).toList());
  }

  @Override
  public void close() {
    tickers.forEach(Ticker::close);
  }
}
