package dev.bandmaster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.bandmaster.broker.PrivateRabbit;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.EnrolledNodes;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.BotKeys;
import dev.bandmaster.wire.NodeCodec;
import dev.bandmaster.wire.NodeKeys;
import dev.bandmaster.wire.RequestReader;
import dev.bandmaster.wire.RoutingKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that ends the channel of the one that takes longer than two seconds over a delivery. */
@Tag("real")
final class ConsumerTimeoutTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final BotKeys BOT =
      BotKeys.generate(
          "bot-1", Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2120-01-01T00:00:00Z"));

  @TempDir Path directory;

  @Test
  void trap18_aListenerThatTakesTooLongGetsTheRepliesAgainOneAfterTheOther() throws Exception {
    NodeKeys keys = NodeKeys.generate();
    var directoryOfNodes = new EnrolledNodes();
    directoryOfNodes.accept("web1", keys.publicKey());
    var recorder = new Recorder(directoryOfNodes);
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    recorder.before =
        () -> {
          begun.countDown();
          Recorder.waitFor(goOn);
        };
    try (PrivateRabbit rabbit = PrivateRabbit.start(directory, Duration.ofSeconds(2));
        var bus =
            new AmqpAgentBus(
                ConnectionSettings.of(rabbit.uri(), "test", "replica-1"),
                new BotCodec(List.of(BOT), directoryOfNodes),
                CLOCK,
                new SplittableRandom(3));
        Connection connection = connect(rabbit);
        Channel channel = connection.createChannel()) {
      bus.start(recorder);
      bus.acquire("replica-1");
      Recorder.await("the bot takes replies", () -> takers(rabbit) == 1);
      BusState connected = bus.state();
      var codec =
          new NodeCodec(
              "web1", keys, new RequestReader(new BotKeyRing(List.of(BOT.publicKeys())), CLOCK));
      var end = new ReportBody.Final(FinalCode.OK, "", 0, Data.none());
      var reply = new TargetReport("r1", "web1", "b1", 1, CLOCK.instant(), end);
      channel.basicPublish(
          "bandmaster.reply",
          RoutingKeys.reply("replica-1", reply),
          new AMQP.BasicProperties(),
          codec.sign(reply));
      begun.await();
      Recorder.await("the broker has ended the channel", () -> bus.openings() > 1);
      goOn.countDown();

      Recorder.await("the reply comes again", () -> recorder.replies.size() >= 2);
      assertThat(recorder.replies).extracting(TargetReport::request).containsOnly("r1");
      assertThat(recorder.atTheSameTime).as("never two batches of one seat at once").isFalse();
      assertThat(bus.state()).as("the connection stays").isEqualTo(connected);
    }
  }

  private static long takers(PrivateRabbit rabbit) {
    try (Connection connection = connect(rabbit);
        Channel channel = connection.createChannel()) {
      return channel.consumerCount("bandmaster.reply.replica-1");
    } catch (Exception notThere) {
      return 0;
    }
  }

  private static Connection connect(PrivateRabbit rabbit) throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(rabbit.uri());
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection("test");
  }
}
