package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.app.Main;
import dev.bandmaster.demo.DemoWorld;
import dev.bandmaster.demo.DemoWorld.Choices;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.Conversation.Ending;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rehearsal: the bot's keys are changed under a working fleet, and nobody notices. */
class KeyRotationStoryTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void trustT6_keysAreRotatedWhileJobsRunAndNothingIsLost() throws Exception {
    try (DemoWorld world = DemoWorld.start(Choices.USUAL.withRateScale(0))) {
      assertThat(world.awaitReady(PATIENCE)).as("the demo is ready").isTrue();
      Path config = config(world);
      // Nodes that speak before they are let in are not heard: that is over now.
      String dropped = dropped(world);
      Path lines = world.folder().resolve("bot-keys");
      String old = Files.readString(lines).split(" ", 2)[0];
      AtomicBoolean over = new AtomicBoolean();
      List<String> failures = new CopyOnWriteArrayList<>();
      List<Ending> endings = new CopyOnWriteArrayList<>();
      Thread pings = asking(world, "ann", List.of("ping"), over, endings, failures);
      Thread deploys =
          asking(
              world,
              "bob",
              List.of(
                  "codeupdate staging web version=1.4.2", "adhoc staging api1 command echo hello"),
              over,
              endings,
              failures);

      // At 0 s: the next key is made, to sign in 6 s, and the agents get its line.
      Files.writeString(lines, keys(config, "rotate", "--in", "6s"));
      String next = Files.readAllLines(lines).getLast().split(" ", 2)[0];
      assertThat(next).isNotEqualTo(old);
      // At about 6 s the bot signs with it.
      awaitStatus(world, status -> status.contains(next + " signs, until"));
      awaitStatus(world, status -> !status.contains("old keys"));
      // Nobody writes under the old one any more: it goes, here and at the agents.
      keys(config, "retire", old);
      Files.writeString(lines, keys(config));
      assertThat(Files.readString(lines)).doesNotContain(old);
      int before = endings.size();
      await(() -> endings.size() >= before + 6);
      over.set(true);
      pings.join();
      deploys.join();

      assertThat(failures).isEmpty();
      assertThat(endings).hasSizeGreaterThan(10);
      assertThat(says(world, "ann", "ping").answer()).contains("6 nodes · took");
      assertThat(dropped(world)).as("nothing was lost").isEqualTo(dropped);
    }
  }

  /** A person who goes on asking until it is over. */
  private static Thread asking(
      DemoWorld world,
      String person,
      List<String> lines,
      AtomicBoolean over,
      List<Ending> endings,
      List<String> failures) {
    return Thread.ofVirtual()
        .name("asks-" + person)
        .start(() -> {
          try {
            for (int i = 0; !over.get(); i++) {
              String line = lines.get(i % lines.size());
              Ending ending = says(world, person, line);
              endings.add(ending);
              if (!ending.isGood()
                  || (line.equals("ping") && !ending.answer().contains("6 nodes · took"))) {
                failures.add(line + ": " + ending.answer());
              }
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException e) {
            failures.add(e.toString());
          }
        });
  }

  private static Ending says(DemoWorld world, String person, String line)
      throws InterruptedException {
    return Conversation.direct(world.slack(), person).say(line, PATIENCE).orElseThrow();
  }

  private static String dropped(DemoWorld world) {
    return world.bot().status().getOrDefault("dropped messages", "");
  }

  private static void awaitStatus(DemoWorld world, Predicate<String> holds)
      throws InterruptedException {
    await(() -> holds.test(world.bot().status().toString()));
  }

  private static void await(BooleanSupplier holds) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!holds.getAsBoolean()) {
      assertThat(Instant.now()).as("in time").isBefore(end);
      Thread.sleep(50);
    }
  }

  /** What the operator types, and what it prints. */
  private static String keys(Path config, String... words) {
    List<String> arguments = new ArrayList<>(List.of("keys"));
    arguments.addAll(List.of(words));
    arguments.addAll(List.of("--config", config.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine(Map.of())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments.toArray(String[]::new));
    assertThat(code).as("%s", err).isZero();
    return out.toString();
  }

  /** A configuration that names the keys of the demo's bot. */
  private Path config(DemoWorld world) throws IOException {
    return Files.writeString(
        folder.resolve("bandmaster.yaml"),
        """
        slack: {app_token: xapp-1, bot_token: xoxb-1}
        bus: {uri: "amqp://guest:guest@localhost/", keys: "%s"}
        store: {sqlite: {file: bandmaster.db}}
        policy: policy.yaml
        environments: {staging: {protected: false}}
        """
            .formatted(world.folder().resolve("bot/keys")));
  }
}
