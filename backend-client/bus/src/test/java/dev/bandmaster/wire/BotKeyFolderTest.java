package dev.bandmaster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.wire.BotKeySet.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BotKeyFolderTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration WEEK = Duration.ofDays(7);

  private final AtomicReference<Instant> now = new AtomicReference<>(Samples.NOW);
  @TempDir private Path folder;

  private BotKeyFolder keys() {
    return new BotKeyFolder(folder);
  }

  private Entry first() throws IOException {
    return keys().open(now::get).entries().getFirst();
  }

  @Test
  void trustT6_keysOfOneDayHaveDifferentIds() throws Exception {
    first();
    keys().add(Samples.NOW.plus(WEEK), YEAR);
    keys().add(Samples.NOW.plus(WEEK), YEAR);
    List<Entry> all = keys().read().entries();
    assertThat(all).hasSize(3).extracting(Entry::id).doesNotHaveDuplicates();
    assertThat(all)
        .extracting(Entry::id)
        .allMatch(id -> id.matches("bot-\\d{4}(-\\d\\d){2}-[0-9a-f]{8}"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList())
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void trustT6_twoFilesWithOneIdAreRefused() throws Exception {
    first();
    Files.copy(folder.resolve("bot.json"), folder.resolve("copy.json"));
    assertThatThrownBy(() -> keys().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("two key files hold keys with the id bot-");
  }

  @Test
  void trustT6_aFutureKeySignsWhenItsTimeHasComeAndNotBefore() throws Exception {
    var live = new LiveBotKeys(folder, now::get);
    String before = first().id();
    Entry next = keys().add(Samples.NOW.plus(WEEK), YEAR);
    later(Duration.ofSeconds(3));
    assertThat(live.find(next.id())).as("read without a restart").isPresent();
    assertThat(live.signing().map(BotKeys::id)).contains(before);
    later(WEEK.minusSeconds(10));
    assertThat(live.signing().map(BotKeys::id)).contains(before);
    assertThat(next.keys().publicKeys().countsAt(now.get()))
        .as("nodes accept it before, their clocks may be behind")
        .isTrue();
    later(Duration.ofSeconds(10));
    assertThat(live.signing().map(BotKeys::id)).contains(next.id());
    assertThat(live.find(before)).as("overlap").isPresent();
  }

  @Test
  void trustT6_aKeyThatNodesHaveAlreadyIsReadAtOnce() throws Exception {
    var live = new LiveBotKeys(folder, now::get);
    first();
    Entry next = keys().add(Samples.NOW.plus(WEEK), YEAR);
    later(Duration.ofMillis(50));
    assertThat(live.find(next.id())).isPresent();
    assertThat(live.find("bot-unknown")).isEmpty();
  }

  @Test
  void trustT6_aRetiredKeyIsTakenNoMoreAndItsFileIsKept() throws Exception {
    var live = new LiveBotKeys(folder, now::get);
    String before = first().id();
    keys().add(Samples.NOW, YEAR);
    Path kept = keys().retire(before);
    later(Duration.ofSeconds(3));
    assertThat(live.find(before)).isEmpty();
    assertThat(kept).exists().hasParentRaw(folder.resolve("retired"));
    assertThatThrownBy(() -> keys().retire(before)).hasMessageContaining("no key in");
  }

  @Test
  void trustT6_whatWasWrittenUnderAnEndedKeyIsTakenForAnHour() throws Exception {
    var live = new LiveBotKeys(folder, now::get);
    Entry first = first();
    now.set(first.until().plus(Duration.ofMinutes(59)));
    assertThat(live.find(first.id())).isPresent();
    assertThat(live.signing()).isEmpty();
    later(Duration.ofMinutes(2));
    assertThat(live.find(first.id())).isEmpty();
  }

  @Test
  void trustT6_anUnusableFileLeavesTheKeysAsTheyWere() throws Exception {
    var live = new LiveBotKeys(folder, now::get);
    String before = first().id();
    Path broken = Files.writeString(folder.resolve("broken.json"), "hunter2");
    Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rw-------"));
    later(Duration.ofSeconds(3));
    assertThat(live.signing().map(BotKeys::id)).contains(before);
    assertThat(live.problem())
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("broken.json").doesNotContain("hunter2"));
    Files.delete(broken);
    later(Duration.ofSeconds(3));
    assertThat(live.signing()).isPresent();
  }

  @Test
  void trustT6_itIsKnownUntilWhenTheBotCanSign() throws Exception {
    Entry first = first();
    BotKeySet alone = keys().read();
    assertThat(alone.signsUntil(Samples.NOW)).contains(first.until());
    Entry next = keys().add(Samples.NOW.plus(WEEK), YEAR.multipliedBy(4));
    assertThat(keys().read().signsUntil(Samples.NOW)).contains(next.until());
    Entry afterAGap = keys().add(next.until().plusSeconds(1), YEAR);
    assertThat(keys().read().signsUntil(Samples.NOW)).contains(next.until());
    assertThat(keys().read().signsUntil(afterAGap.until())).isEmpty();
  }

  @Test
  void trustT6_aKeyFileOfAnEarlierReleaseSignsFromWhenItCounts() throws Exception {
    Entry first = first();
    String text = Files.readString(folder.resolve("bot.json"));
    Files.writeString(folder.resolve("bot.json"), text.replaceAll("(?m)^.*\"signsFrom\".*\\R", ""));
    Entry read = keys().read().entries().getFirst();
    assertThat(read.signsFrom()).isEqualTo(first.keys().publicKeys().from());
    assertThat(read.id()).isEqualTo(first.id());
  }

  private void later(Duration by) {
    now.updateAndGet(moment -> moment.plus(by));
  }
}
