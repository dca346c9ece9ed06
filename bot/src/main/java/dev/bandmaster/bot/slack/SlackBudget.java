package dev.bandmaster.bot.slack;

import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says when the bot may write, so that Slack need not say when it may not.
 *
 * <p>Slack limits each method for each app in each workspace. The redrawing of progress spends what
 * is steady and leaves a reserve, so that an approval, a first answer or a final result never waits
 * behind it. Only a budget of this one process: where several run, Slack's own answers ({@link
 * #limited}) keep them within bounds.
 *
 * <p>Safe for use by many threads.
 */
public final class SlackBudget {

  /** How much a message matters. */
  public enum Urgency {
    /** Approvals, alerts, first answers, final results. */
    URGENT,
    /** Redrawing what goes on. */
    PROGRESS
  }

  /**
   * A limited method.
   *
   * <p>In a minute a bucket gives its capacity and its rate together; both add up to what Slack
   * allows at least.
   */
  private enum Method {
    /** "Several hundred per minute" for the workspace. */
    POST(30, 240, 5),
    /** 50 and more per minute: 10 at once and 40 in a minute. */
    UPDATE(10, 40, 5),
    /** 100 and more per minute. */
    EPHEMERAL(20, 80, 5),
    /** 50 and more per minute, and removing 20 and more: an item may do both. */
    REACTION(10, 40, 2),
    /** 100 and more per minute, three calls for a file. */
    FILE(5, 20, 2);

    private final int capacity;
    private final int perMinute;
    private final int reserve;

    Method(int capacity, int perMinute, int reserve) {
      this.capacity = capacity;
      this.perMinute = perMinute;
      this.reserve = reserve;
    }
  }

  /** One message a second in a channel, a few more for a moment. */
  private static final int CHANNEL_CAPACITY = 3;

  private static final int MOST_CHANNELS = 2_000;

  /** The shortest interval between two drawings of one message. */
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(2);

  private static final Duration INTERVAL_PER_JOB = Duration.ofMillis(1_500);

  private final InstantSource clock;
  private final Map<Method, TokenBucket> methods = new EnumMap<>(Method.class);
  private final Map<String, TokenBucket> channels =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
          return size() > MOST_CHANNELS;
        }
      };

  public SlackBudget(InstantSource clock) {
    this.clock = clock;
    Instant now = clock.instant();
    for (Method method : Method.values()) {
      methods.put(method, new TokenBucket(method.capacity, method.perMinute / 60.0, now));
    }
  }

  /** How often a running job's message may be drawn, so that all jobs together stay in budget. */
  public static Duration progressInterval(int runningJobs) {
    Duration shared = INTERVAL_PER_JOB.multipliedBy(runningJobs);
    return shared.compareTo(SHORTEST_INTERVAL) > 0 ? shared : SHORTEST_INTERVAL;
  }

  /**
   * Asks to send an item now.
   *
   * @param redraw whether the item redraws a message that is there already
   * @return empty: send it, it is accounted for; otherwise how long to wait before asking again
   */
  public synchronized Optional<Duration> ask(Outbound item, boolean redraw, Urgency urgency) {
    Instant now = clock.instant();
    Method method = method(item, redraw);
    List<TokenBucket> buckets = buckets(method, item, now);
    Duration wait = Duration.ZERO;
    for (TokenBucket bucket : buckets) {
      boolean shared = bucket == methods.get(method);
      double reserve = shared && urgency == Urgency.PROGRESS ? method.reserve : 0;
      Duration until = bucket.untilAvailable(reserve, now);
      wait = until.compareTo(wait) > 0 ? until : wait;
    }
    if (wait.isPositive()) {
      return Optional.of(wait);
    }
    buckets.forEach(TokenBucket::take);
    return Optional.empty();
  }

  /** Slack has said that an item has to wait. */
  public synchronized void limited(Outbound item, boolean redraw, Duration delay) {
    Instant now = clock.instant();
    Method method = method(item, redraw);
    List<TokenBucket> buckets = buckets(method, item, now);
    // A post is limited for its channel long before it is limited for the workspace.
    buckets.getLast().closeUntil(now.plus(delay));
  }

  private List<TokenBucket> buckets(Method method, Outbound item, Instant now) {
    List<TokenBucket> buckets = new ArrayList<>();
    buckets.add(methods.get(method));
    if (method == Method.POST) {
      buckets.add(
          channels.computeIfAbsent(
              item.channel(), key -> new TokenBucket(CHANNEL_CAPACITY, 1, now)));
    }
    return buckets;
  }

  private static Method method(Outbound item, boolean redraw) {
    return switch (item) {
      case Outbound.Shown shown -> redraw ? Method.UPDATE : Method.POST;
      case Outbound.Whispered whispered ->
          whispered.place().kind() == Place.Kind.DIRECT ? Method.POST : Method.EPHEMERAL;
      case Outbound.Reacted reacted -> Method.REACTION;
      case Outbound.Attached attached -> Method.FILE;
    };
  }
}
