package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A bot starts whether or not Slack and the broker can be reached; here neither can. */
@Isolated("It counts the threads of the process, and other classes start bots too.")
class BotStartTest {
  @TempDir private Path folder;

  @BeforeEach
  void policy() throws IOException {
    Files.writeString(
        folder.resolve("policy.yaml"),
        """
        rules:
          - id: everybody-may-ask
            effect: allow
            who: "*"
            where: "*"
            actions: [help]
            apps: "*"
            envs: "*"
        """);
  }

  private BotConfig config(int port) throws IOException {
    return ConfigFile.load(
        Files.writeString(
            folder.resolve("bandmaster-%d.yaml".formatted(port)),
            """
            slack: {app_token: xapp-1, bot_token: xoxb-1, api_url: "http://127.0.0.1:1/"}
            bus: {uri: "amqp://guest:guest@127.0.0.1:1/", keys: keys}
            store: {sqlite: {file: bandmaster.db}}
            policy: policy.yaml
            web: {bind: 127.0.0.1, port: %d}
            environments: {staging: {protected: false}}
            """
                .formatted(port)));
  }

  private static Bot start(BotConfig config) {
    return Bot.start(config, InstantSource.system(), new Random(1), reason -> {});
  }

  private static Set<Thread> threads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    // What carries virtual threads and what cleans up belong to the platform.
    threads.removeIf(thread -> thread.getName().startsWith("ForkJoinPool"));
    return threads;
  }

  /** The threads of the store and its pool. */
  private static boolean isOfTheStore(Thread thread) {
    return thread.getName().startsWith("store");
  }

  @Test
  void lifecycle_aFailingStartLeavesNoLockNoThreadsAndNoPool() throws Exception {
    start(config(0)).close(); // Whatever the platform starts once is there now.
    Set<Thread> before = threads();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BotConfig config = config(taken.getLocalPort());
      assertThatThrownBy(() -> start(config))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
    for (Thread thread : threads()) {
      Await.until(
          "the end of " + thread.getName(),
          () -> !isOfTheStore(thread) || before.contains(thread) || !thread.isAlive());
    }
    try (Bot bot = start(config(0))) {
      assertThat(bot.webPort()).isPositive();
      assertThat(threads()).as("the names are right").anyMatch(BotStartTest::isOfTheStore);
    }
    for (Thread thread : threads()) {
      Await.until(
          "the end of " + thread.getName(), () -> before.contains(thread) || !thread.isAlive());
    }
  }

  @Test
  void statusHasItsLinesInTheirOrder() throws Exception {
    try (Bot bot = start(config(0))) {
      assertThat(bot.status().keySet())
          .containsExactly(
              "replica",
              "Slack",
              "acknowledged",
              "bus",
              "fleet",
              "keys",
              "watch",
              "policy",
              "approvals",
              "jobs",
              "outbox",
              "dropped messages");
      assertThat(bot.isReady()).isFalse();
      assertThat(bot.nodes()).isEmpty();
    }
  }
}
