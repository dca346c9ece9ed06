package dev.bandmaster.slack;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Says when the bot may write, so that Slack need not say when it may not.
 *
 * <p>Slack limits each method for each app in each workspace. The redrawing of progress spends what
 * is steady and leaves a reserve, so that an approval, a first answer or a final result never waits
 * behind it. Where several replicas run, each spends its share ({@link #shareWith}); whatever Slack
 * refuses all the same makes everything of its sort wait ({@link #limited}).
 *
 * <p>Safe for use by many threads.
 */
public final class SlackRateLimiter implements RateLimiter {

  /**
   * A limited method.
   *
   * <p>In a minute a bucket gives its capacity and its rate together; both add up to what Slack
   * allows at least.
   */
  private enum Method {
    /** "Several hundred per minute" for the workspace. */
    POST(30, 240, 5),
    /** 50 and more per minute: 6 at once and 44 in a minute. */
    UPDATE(6, 44, 2),
    /** 100 and more per minute. */
    EPHEMERAL(20, 80, 5),
    /** Adding a reaction: 50 and more per minute. */
    MARK(10, 40, 2),
    /** Removing one: 20 and more per minute. */
    UNMARK(4, 16, 0),
    /** 100 and more per minute, three calls for a file. */
    FILE(5, 20, 2),
    /** 100 and more per minute; some are left for dialogs. */
    VIEW(10, 50, 5),
    /** Hundreds per minute. */
    QUESTION(5, 60, 0);

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

  private final InstantSource clock;
  private int replicas = 1;
  private long refusals;
  private final Map<Method, TokenBucket> methods = new EnumMap<>(Method.class);
  private final Map<String, TokenBucket> channels =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
          return size() > MOST_CHANNELS;
        }
      };

  /** A budget for one process alone. */
  public SlackRateLimiter(InstantSource clock) {
    this.clock = clock;
    Instant now = clock.instant();
    for (Method method : Method.values()) {
      methods.put(method, new TokenBucket(method.capacity, method.perMinute / 60.0, now));
    }
  }

  @Override
  public synchronized void shareWith(int live) {
    replicas = Math.max(live, 1);
    Instant now = clock.instant();
    methods.forEach((method, bucket) ->
        bucket.resize(share(method.capacity), method.perMinute / 60.0 / replicas, now));
    channels
        .values()
        .forEach(bucket -> bucket.resize(share(CHANNEL_CAPACITY), 1.0 / replicas, now));
  }

  /** At least one, or nothing could ever be sent. */
  private double share(int whole) {
    return Math.max((double) whole / replicas, 1);
  }

  @Override
  public synchronized Optional<Duration> hold(Outbound item, boolean redraw, boolean important) {
    Instant now = clock.instant();
    List<TokenBucket> buckets = buckets(item, redraw, important, now);
    Duration wait = Duration.ZERO;
    for (TokenBucket bucket : buckets) {
      Duration until = untilAvailable(bucket, method(item, redraw), important, now);
      wait = until.compareTo(wait) > 0 ? until : wait;
    }
    if (wait.isPositive()) {
      return Optional.of(wait);
    }
    buckets.forEach(TokenBucket::take);
    return Optional.empty();
  }

  @Override
  public synchronized boolean holdsMethod(Outbound item, boolean redraw, boolean important) {
    Instant now = clock.instant();
    Method method = method(item, redraw);
    return buckets(item, redraw, important, now).stream()
        .filter(methods::containsValue)
        .anyMatch(bucket -> untilAvailable(bucket, method, important, now).isPositive());
  }

  private List<TokenBucket> buckets(Outbound item, boolean redraw, boolean important, Instant now) {
    Method method = method(item, redraw);
    List<TokenBucket> buckets = buckets(method, item, now);
    if (method == Method.MARK && !important) {
      // A mark of progress is taken away again, and that is paid for now: the final mark, which
      // takes its place, never waits for it.
      buckets.add(bucket(Method.UNMARK));
    }
    return buckets;
  }

  private Duration untilAvailable(
      TokenBucket bucket, Method method, boolean important, Instant now) {
    boolean whole = bucket == bucket(method);
    return bucket.untilAvailable(whole && !important ? reserve(method) : 0, now);
  }

  /**
   * A bucket never holds more than its capacity, so with a larger reserve progress would starve.
   */
  private double reserve(Method method) {
    return Math.min((double) method.reserve / replicas, share(method.capacity) - 1);
  }

  /**
   * Closes the method until then, and the channel too where it is a post: Slack does not say which
   * of the two limits it means. Afterwards they fill up again from nothing.
   */
  @Override
  public synchronized void limited(Outbound item, boolean redraw, Duration delay) {
    Instant now = clock.instant();
    buckets(method(item, redraw), item, now)
        .forEach(bucket -> bucket.closeUntil(now.plus(delay), now));
    refusals++;
  }

  @Override
  public synchronized long refusals() {
    return refusals;
  }

  private TokenBucket bucket(Method method) {
    return Objects.requireNonNull(methods.get(method));
  }

  private List<TokenBucket> buckets(Method method, Outbound item, Instant now) {
    List<TokenBucket> buckets = new ArrayList<>();
    buckets.add(bucket(method));
    if (method == Method.POST) {
      buckets.add(
          channels.computeIfAbsent(
              item.channel(),
              key -> new TokenBucket(share(CHANNEL_CAPACITY), 1.0 / replicas, now)));
    }
    return buckets;
  }

  private static Method method(Outbound item, boolean redraw) {
    return switch (item) {
      case Outbound.ChannelMessage shown -> redraw ? Method.UPDATE : Method.POST;
      case Outbound.Ephemeral whispered ->
          whispered.place().kind() == ConversationRef.Kind.DIRECT ? Method.POST : Method.EPHEMERAL;
      case Outbound.Reaction reacted -> Method.MARK;
      case Outbound.FileAttachment attached -> Method.FILE;
      case Outbound.HomeTab home -> Method.VIEW;
      case Outbound.Heartbeat _ -> Method.QUESTION;
      case Outbound.ThreadReply below -> method(below.reply(), redraw);
    };
  }
}
