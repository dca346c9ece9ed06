package dev.bandmaster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFilesTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Samples.NOW);

  @Test
  void keysAreMadeOnceForTheOwnerOnly(@TempDir Path folder) throws Exception {
    Path bot = folder.resolve("state/bot.key");
    Path node = folder.resolve("state/node.key");
    assertThat(KeyFiles.bot(bot, CLOCK).publicKeys())
        .isEqualTo(KeyFiles.bot(bot, CLOCK).publicKeys());
    assertThat(KeyFiles.node(node).publicKey()).isEqualTo(KeyFiles.node(node).publicKey());
    for (Path file : List.of(bot, node)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(folder.resolve("state")).isDirectoryContaining("glob:**.key");
    assertThat(folder.resolve("state").toFile().list()).hasSize(2);
  }

  @Test
  void keysThatOthersCanReadAreRefused(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("bot.key");
    KeyFiles.bot(file, CLOCK);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> KeyFiles.bot(file, CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("run: chmod 600");
  }

  @Test
  void somethingElseIsRefusedWithoutShowingIt(@TempDir Path folder) throws Exception {
    Path file =
        Files.createFile(
            folder.resolve("node.key"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, "{\"x25519\": \"hunter2\", \"x25519Private\": \"hunter2\"}");
    assertThatThrownBy(() -> KeyFiles.node(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not a node key file")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void theLineToCopyIsReadBack() {
    BotPublicKeys keys =
        BotKeys.generate("bot-1", Samples.NOW, Samples.NOW.plusSeconds(60)).publicKeys();
    assertThat(BotPublicKeys.parse(keys.line())).isEqualTo(keys);
    assertThatThrownBy(() -> BotPublicKeys.parse("bot-1 ed25519:abc"))
        .hasMessageContaining("a line of five fields");
  }

  @Test
  void nothingSecretIsShown() {
    BotKeys bot = BotKeys.generate("bot-1", Samples.NOW, Samples.NOW.plusSeconds(60));
    assertThat(bot.toString()).isEqualTo("BotKeys[bot-1]");
    assertThat(NodeKeys.generate().toString()).matches("NodeKeys\\[([0-9a-f]{4}-){7}[0-9a-f]{4}]");
  }
}
