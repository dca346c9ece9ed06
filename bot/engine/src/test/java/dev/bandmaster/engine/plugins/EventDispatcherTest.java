package dev.bandmaster.engine.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.bandmaster.core.fleet.FlapDetection;
import dev.bandmaster.core.fleet.NodeHealth;
import dev.bandmaster.core.fleet.NodeRecord;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.fleet.NodeTransition;
import dev.bandmaster.core.fleet.NotifiedState;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.plugin.EventListener;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.PluginEvent;
import dev.bandmaster.plugin.PluginServices;
import dev.bandmaster.store.TestStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventDispatcherTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  @RegisterExtension private final TestStore store = new TestStore();

  private Instant now = NOON;
  private final List<EventDispatcher.Listening> plugins = new ArrayList<>();
  private final BlockingQueue<PluginEvent> heard = new LinkedBlockingQueue<>();

  private EventDispatcher dispatcher() {
    return new EventDispatcher(
        () -> plugins,
        store,
        new PluginPermissions(Set.of("COPS"), Set.of("127.0.0.1:1")),
        () -> now);
  }

  private void listening(String name, EventListener listener) {
    plugins.add(
        new EventDispatcher.Listening(
            name,
            listener,
            new PluginCalls(
                name,
                Duration.ofSeconds(5),
                ClassLoader.getPlatformClassLoader(),
                new PluginHealth(name, sentence -> {}, () -> now))));
  }

  private static Change up(String node) {
    NodeRecord expected = NodeRecord.expected(node, NOON, Duration.ZERO);
    NodeRecord up =
        new NodeRecord(
            node,
            "staging",
            expected.applications(),
            expected.lastSeen(),
            NOON,
            new NodeHealth(
                NodeState.UP,
                NOON,
                NotifiedState.NOTHING,
                FlapDetection.STEADY,
                Optional.empty(),
                Optional.empty()));
    return new Change.NodeChanged(new NodeTransition(Optional.of(expected), Optional.of(up)), NOON);
  }

  @Test
  void pluginV8_aPluginHearsWhatHappenedAndASlowOneKeepsNoOtherFromIt() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    listening("slow", (event, services) -> await(end));
    listening(
        "broken",
        (event, services) -> {
          throw new IllegalStateException("no");
        });
    listening("good", (event, services) -> heard.add(event));
    try (EventDispatcher dispatcher = dispatcher()) {
      dispatcher.committed(List.of(up("web1"), new Change.PluginJobsEnded()));
      dispatcher.committed(List.of(up("web2")));
      assertThat(heard.poll(10, TimeUnit.SECONDS))
          .isEqualTo(new PluginEvent.NodeChanged(NOON, "web1", "staging", "up"));
      assertThat(heard.poll(10, TimeUnit.SECONDS))
          .isEqualTo(new PluginEvent.NodeChanged(NOON, "web2", "staging", "up"));
    } finally {
      end.countDown();
    }
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LimitedServices services() {
    return new LimitedServices(
        "mine",
        store,
        new PluginPermissions(Set.of("COPS"), Set.of()),
        LimitedServices.client(),
        () -> now);
  }

  @Test
  void pluginV8_aPluginPostsOnlyWhereItMayAndNotWithoutEnd() {
    LimitedServices services = services();
    assertThatThrownBy(() -> services.post("CGENERAL", Message.sentence("hello")))
        .hasMessageContaining("plugins.channels");
    assertThatThrownBy(() ->
            services.post(
                "COPS",
                Message.of(
                    new Message.Buttons(
                        List.of(
                            new Message.Button(
                                "approval.approve",
                                "1",
                                "Approve",
                                Message.Button.Style.PLAIN,
                                Optional.empty()))))))
        .hasMessageContaining("only run commands");
    services.post(
        "COPS", Message.of(new Message.Buttons(List.of(PluginServices.button("ping", "Ping")))));
    for (int i = 1; i < 20; i++) {
      services.post("COPS", Message.sentence("hello"));
    }
    assertThatThrownBy(() -> services.post("COPS", Message.sentence("hello")))
        .isInstanceOf(IllegalStateException.class);
    now = now.plusSeconds(61);
    services.post("COPS", Message.sentence("hello"));
  }

  @Test
  void pluginV8_whatAPluginKeepsIsItsOwnBoundedAndForgottenWithIt() {
    LimitedServices services = services();
    services.put("last", "web1");
    services.put("last", "web2");
    assertThat(services.get("last")).contains("web2");
    assertThat(store.pluginState().get("other", "last")).isEmpty();
    assertThatThrownBy(() -> services.put(" ", "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> services.put("large", "x".repeat(65 * 1024)))
        .isInstanceOf(IllegalArgumentException.class);
    for (int i = 0; i < 15; i++) {
      services.put("large" + i, "x".repeat(64 * 1024));
    }
    assertThatThrownBy(() -> services.put("one more", "x".repeat(64 * 1024)))
        .hasMessageContaining("1 MiB");
    services.remove("large0");
    services.put("one more", "x".repeat(60 * 1024));
    store.commit(new Change.RemovePluginState("mine", Optional.empty()));
    assertThat(store.pluginState().size("mine").keys()).isZero();
  }

  @Test
  void pluginV8_aPluginCallsOnlyHostsThatItMay() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(201, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      int port = server.getAddress().getPort();
      LimitedServices services =
          new LimitedServices(
              "mine",
              store,
              new PluginPermissions(Set.of(), Set.of("127.0.0.1:" + port)),
              LimitedServices.client(),
              () -> now);
      assertThat(
              services.call(
                  "POST", URI.create("http://127.0.0.1:" + port + "/x"), Map.of("X-A", "1"), "{}"))
          .isEqualTo(new PluginServices.Answer(201, "{\"ok\":true}"));
      for (String address :
          List.of(
              "http://127.0.0.1:" + (port - 1) + "/x",
              "http://localhost:" + port + "/x",
              "http://127.0.0.1:" + port + "@evil.example/x",
              "file:///etc/passwd")) {
        assertThatThrownBy(() -> services.call("GET", URI.create(address), Map.of(), ""))
            .as(address)
            .hasMessageContaining("plugins.hosts");
      }
      assertThatThrownBy(
              () -> services.call("TRACE", URI.create("http://127.0.0.1:" + port), Map.of(), ""))
          .isInstanceOf(IllegalArgumentException.class);
    } finally {
      server.stop(0);
    }
  }
}
