package dev.bandmaster.bus;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bandmaster.model.RequestIds;
import dev.bandmaster.model.Target;
import dev.bandmaster.wire.BotKeys;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Requests of a bot to any number of nodes, for tests of what a broker does with them. */
final class Pings {
  /** The bot that asks. */
  static final BotKeys BOT =
      BotKeys.generate(
          "bot-1", Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2120-01-01T00:00:00Z"));

  private Pings() {}

  /** A request to {@code web1} and so on, which is over after a minute. */
  static Request to(int nodes, String replyTo, Instant now) {
    String id = RequestIds.next(now, new SplittableRandom());
    return new Request(
        id,
        id,
        now,
        Duration.ofSeconds(60),
        now.plusSeconds(60),
        "bandmaster",
        new Caller("slack:T1:U1", "ann", "C1", List.of("developer"), List.of()),
        "test",
        new Target.Nodes(IntStream.rangeClosed(1, nodes).mapToObj(node -> "web" + node).toList()),
        "ping",
        "run",
        JsonNodeFactory.instance.objectNode(),
        Delivery.LIVE,
        replyTo,
        "");
  }
}
