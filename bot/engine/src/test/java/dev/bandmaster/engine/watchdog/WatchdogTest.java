package dev.bandmaster.engine.watchdog;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.Chat.Sent;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.store.TestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WatchdogTest {
  private static final Outbound HELLO =
      new Outbound.ChannelMessage(
          new ConversationRef("C1", ConversationRef.Kind.CHANNEL, Optional.empty()),
          Message.sentence("hello"),
          false);

  private final SettableClock clock = new SettableClock(NOON);
  @RegisterExtension private final TestStore store = new TestStore(clock);
  private final HttpServer outside = server();
  private final List<String> called = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private Sent slack = new Sent.Done("");
  private boolean listening = true;
  private Watchdog watchdog;
  private Chat chat;

  @BeforeEach
  void start() {
    outside.createContext(
        "/",
        exchange -> {
          called.add(exchange.getRequestURI().getPath());
          exchange.getResponseHeaders().add("Location", "/other");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    outside.start();
    watchdog =
        new Watchdog(
            "http://127.0.0.1:%d/ping/1f2e3d".formatted(outside.getAddress().getPort()),
            Duration.ofMinutes(1),
            store);
    chat =
        watchdog.behind(
            new Chat() {
              @Override
              public Sent send(
                  String id, Outbound item, Optional<String> previous, boolean uncertain) {
                return slack;
              }

              @Override
              public void retract(String channel, String timestamp) {}
            },
            () -> listening);
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    outside.stop(0);
  }

  private Sent sendPulse() {
    return chat.send(Watchdog.ITEM, new Outbound.Heartbeat(NOON), Optional.empty(), false);
  }

  private List<String> due() {
    return store.outbox().due(clock.instant(), 10).stream().map(Outbox.Item::id).toList();
  }

  @Test
  void alertA10_aPulseGoesThroughTheOutboxOncePerInterval() {
    watchdog.watched(clock.instant());
    clock.advance(Duration.ofSeconds(59));
    watchdog.watched(clock.instant());
    assertThat(store.committed(Change.PostMessage.class)).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    watchdog.watched(clock.instant());
    assertThat(store.committed(Change.PostMessage.class)).hasSize(2);
    assertThat(due()).as("what waits is one pulse, however long").containsExactly("watchdog");
    assertThat(store.committed(Change.PostMessage.class).toString())
        .as("the address is a secret and not kept")
        .doesNotContain("1f2e3d");
  }

  @Test
  void alertA10_theWatchdogIsFedAfterSlackHasAnswered() {
    assertThat(sendPulse()).isInstanceOf(Sent.Done.class);
    assertThat(called).containsExactly("/ping/1f2e3d");
    assertThat(watchdog.fed()).isEqualTo(1);
  }

  @Test
  void alertA10_itGoesHungryWhileSlackTakesNothing() {
    slack = new Sent.Later(Duration.ofSeconds(2), "Slack cannot be reached.");
    assertThat(sendPulse()).isEqualTo(slack);
    slack = new Sent.Done("");
    listening = false;
    assertThat(sendPulse())
        .isEqualTo(
            new Sent.Later(
                Duration.ofSeconds(15),
                "The watchdog was not notified: nothing can be received from the chat"));
    assertThat(called).isEmpty();
    assertThat(watchdog.fed()).isZero();
  }

  @Test
  void alertA10_itGoesHungryWhileTheStoreIsAway() {
    store.setAway(true);
    assertThatThrownBy(() -> watchdog.watched(clock.instant()))
        .isInstanceOf(StoreUnavailable.class);
    store.setAway(false);
    watchdog.watched(clock.instant());
    assertThat(due()).containsExactly("watchdog");
  }

  @Test
  void alertA10_aRedirectIsNotFollowed() {
    status = 302;
    assertThat(sendPulse())
        .isEqualTo(
            new Sent.Later(
                Duration.ofSeconds(15),
                "The watchdog was not notified: it answers with a redirect (302); configure the target address"));
    assertThat(called).hasSize(1);
    assertThat(watchdog.failed()).isEqualTo(1);
  }

  @Test
  void alertA10_whatGoesWrongSaysNothingOfTheAddress() {
    status = 500;
    Sent refused = sendPulse();
    status = 200;
    assertThat(sendPulse()).isInstanceOf(Sent.Done.class);
    outside.stop(0);
    assertThat(List.of(refused, sendPulse()).toString())
        .contains("it answers with status 500")
        .contains("it cannot be reached")
        .doesNotContain("1f2e3d");
    assertThat(watchdog.failed()).isEqualTo(2);
  }

  @Test
  void whatPeopleSeeConcernsNoWatchdog() {
    assertThat(chat.send("job:1", HELLO, Optional.empty(), false)).isEqualTo(slack);
    assertThat(called).isEmpty();
  }
}
