package dev.bandmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.BotKeys;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentKeysTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  @TempDir private Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final BotKeys first = keys();
  private final BotKeys second = keys();

  private static BotKeys keys() {
    return BotKeys.generate(NOON.minus(Duration.ofHours(1)), NOON.plus(Duration.ofDays(365)));
  }

  private Path file() {
    return directory.resolve("bot-keys");
  }

  private AgentConfig config() throws IOException {
    AgentFixture.config(directory, "");
    Path yaml = directory.resolve("agent.yaml");
    Files.writeString(
        yaml, Files.readString(yaml).replace("keys: [unused]", "keys_file: " + file()));
    return AgentConfig.load(yaml, StrictYaml.standard()).value();
  }

  private Supplier<BotKeyRing> ring() throws IOException {
    Files.writeString(file(), "# the bot\n" + first.publicKeys().line() + "\n");
    AgentConfig config = config();
    return AgentKeys.bots(config, now::get);
  }

  private void later() {
    now.updateAndGet(moment -> moment.plusSeconds(3));
  }

  @Test
  void trustT6_theFileIsReadAgainWithoutARestart() throws IOException {
    Supplier<BotKeyRing> ring = ring();
    assertThat(ring.get().find(second.id(), NOON)).isEmpty();
    Files.writeString(
        file(), first.publicKeys().line() + "\n\n" + second.publicKeys().line() + "\n");
    later();
    assertThat(ring.get().find(second.id(), NOON)).isPresent();
    assertThat(ring.get().find(first.id(), NOON)).isPresent();
  }

  @Test
  void trustT6_aFileThatTookItsPlaceIsRead() throws IOException {
    Supplier<BotKeyRing> ring = ring();
    Path other = Files.writeString(directory.resolve("new"), second.publicKeys().line() + "\n");
    Files.move(other, file(), StandardCopyOption.REPLACE_EXISTING);
    later();
    assertThat(ring.get().find(first.id(), NOON)).isEmpty();
    assertThat(ring.get().find(second.id(), NOON)).isPresent();
  }

  @Test
  void trustT6_whatIsNoKeyFileLeavesTheKeysAsTheyWere() throws IOException {
    Supplier<BotKeyRing> ring = ring();
    for (String bad : new String[] {"", "# nothing\n", "half a li", "x".repeat(70_000)}) {
      Files.writeString(file(), bad);
      later();
      assertThat(ring.get().find(first.id(), NOON)).as(bad.isEmpty() ? "empty" : bad).isPresent();
    }
    Files.delete(file());
    later();
    assertThat(ring.get().find(first.id(), NOON)).as("deleted").isPresent();
    Files.writeString(file(), second.publicKeys().line());
    later();
    assertThat(ring.get().find(second.id(), NOON)).as("good again").isPresent();
  }

  @Test
  void atTheStartTheFileHasToBeGood() throws IOException {
    Files.writeString(file(), "x");
    AgentConfig config = config();
    assertThatThrownBy(() -> AgentKeys.bots(config, now::get))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not usable");
  }
}
