package dev.bandmaster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.model.EnrolledNodes;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker that is connected and reads nothing. */
final class StuckBrokerTest {
  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final SplittableRandom random = new SplittableRandom(3);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CuttableProxy proxy;
  private final AmqpAgentBus bot;

  StuckBrokerTest() throws Exception {
    proxy = new CuttableProxy(broker.uri());
    bot =
        new AmqpAgentBus(
            ConnectionSettings.of(proxy.uri(), "test", "replica-1"),
            new BotCodec(List.of(Pings.BOT), new EnrolledNodes()),
            Duration.ofMillis(500),
            InstantSource.system(),
            random);
  }

  @BeforeEach
  void connect() {
    bot.start(new Recorder(new EnrolledNodes()));
    Recorder.await("the bot is connected", () -> bot.state() instanceof BusState.Connected);
  }

  @AfterEach
  void stop() {
    proxy.release();
    bot.close();
    proxy.close();
    broker.close();
    threads.close();
  }

  @Test
  void trustT21_aPublishOfManyNodesWaitsOnceInAllForABrokerThatConfirmsNothing() {
    // On a busy machine the first may take longer than a publish may.
    Recorder.await("it works", () -> bot.publish(request(1)) instanceof PublishResult.Unroutable);
    BusState connected = bot.state();
    proxy.hold();

    var published = new ArrayList<CompletableFuture<PublishResult>>();
    for (int nodes : new int[] {1, 10, 1_000, 1_000}) {
      published.add(CompletableFuture.supplyAsync(() -> bot.publish(request(nodes)), threads));
    }

    Recorder.await("all return", () -> published.stream().allMatch(CompletableFuture::isDone));
    assertThat(published)
        .extracting(CompletableFuture::join)
        .allMatch(result ->
            result instanceof PublishResult.Unknown || result instanceof PublishResult.NotSent);
    assertThat(bot.state()).as("long before the connection is given up").isEqualTo(connected);

    proxy.release();
    Recorder.await(
        "it works again", () -> bot.publish(request(1)) instanceof PublishResult.Unroutable);
  }

  @Test
  void trustT21_theFirstPublishOfAllIsBoundedToo() {
    proxy.hold();
    CompletableFuture<PublishResult> published =
        CompletableFuture.supplyAsync(() -> bot.publish(request(1)), threads);

    Recorder.await("it returns", published::isDone);
    assertThat(published.join())
        .isEqualTo(new PublishResult.NotSent("the reply queue could not be declared"));
  }

  @Test
  void trustT21_stoppingDoesNotWaitForABrokerThatReadsNothing() {
    proxy.hold();
    CompletableFuture<Void> closed = CompletableFuture.runAsync(bot::close, threads);

    Recorder.await("it is closed", closed::isDone);
  }

  private Request request(int nodes) {
    return Pings.to(nodes, bot.replyTo(), Instant.now());
  }
}
