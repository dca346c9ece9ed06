package dev.bandmaster.benchmark;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.RateLimiter;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes everything at once, and remembers which calls it would have been. */
final class CountingSlack implements Chat, RateLimiter {
  /** A file is asked for, uploaded and published. */
  private static final int CALLS_FOR_A_FILE = 3;

  private final InstantSource clock;
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  CountingSlack(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Something that Slack was asked to show.
   *
   * @param first whether it is a message of its own that was not there before
   */
  record Call(Instant at, boolean first, int calls, String header) {}

  @Override
  public Sent send(String id, Outbound item, Optional<String> previous, boolean uncertain) {
    boolean reply =
        switch (item) {
          case Outbound.ChannelMessage shown -> shown.place().thread().isPresent();
          case Outbound.FileAttachment file -> file.place().thread().isPresent();
          case Outbound.Ephemeral _,
              Outbound.Reaction _,
              Outbound.HomeTab _,
              Outbound.ThreadReply _,
              Outbound.Heartbeat _ ->
              true;
        };
    calls.add(
        new Call(
            clock.instant(),
            previous.isEmpty() && !reply,
            item instanceof Outbound.FileAttachment ? CALLS_FOR_A_FILE : 1,
            header(item)));
    return new Sent.Done(previous.orElse("%d.%06d".formatted(calls.size(), calls.size())));
  }

  private static String header(Outbound item) {
    return item instanceof Outbound.ChannelMessage shown
            && shown.message().blocks().getFirst() instanceof Message.Header(String text)
        ? text
        : "";
  }

  @Override
  public void retract(String channel, String timestamp) {}

  @Override
  public Optional<Duration> hold(Outbound item, boolean redraw, boolean important) {
    return Optional.empty();
  }

  @Override
  public void limited(Outbound item, boolean redraw, Duration delay) {}

  List<Call> calls() {
    return List.copyOf(calls);
  }

  /** What stands above the messages that were posted again. */
  List<String> posts() {
    return calls.stream().filter(Call::first).map(Call::header).toList();
  }

  /** Calls within so long from the first one. */
  int callsWithin(Duration duration) {
    if (calls.isEmpty()) {
      return 0;
    }
    Instant end = calls.getFirst().at().plus(duration);
    return calls.stream().filter(call -> call.at().isBefore(end)).mapToInt(Call::calls).sum();
  }
}
