package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.wire.BotKeyFolder;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.BotKeySet.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bandmaster keys}, as the person who runs the bot types it. */
class KeysCommandTest {
  @TempDir private Path folder;
  private Typed typed;

  @BeforeEach
  void config() throws IOException {
    typed = Typed.in(folder, "amqp://guest:guest@localhost/");
  }

  private List<Entry> keys() throws IOException {
    return new BotKeyFolder(folder.resolve("keys")).read().entries();
  }

  @Test
  void trustT6_theLinesOfAllKeysArePrintedForTheAgents() throws IOException {
    Typed.Ended first = typed.run("keys");
    assertThat(first.code()).isZero();
    assertThat(first.out().lines()).hasSize(1);
    assertThat(typed.run("keys")).as("made once").isEqualTo(first);

    Typed.Ended rotated = typed.run("keys", "rotate");

    assertThat(rotated.code()).isZero();
    assertThat(rotated.out().lines()).hasSize(2).contains(first.out().strip());
    assertThat(typed.run("keys").out()).isEqualTo(rotated.out());
    BotKeyRing.parse(rotated.out().lines().toList());
    assertThat(rotated.err()).contains("keys_file", "every other replica", "keys retire");
  }

  @Test
  void trustT6_ofKeysThatWereMadeAtOnceTheLastOneSigns() throws IOException {
    typed.run("keys");
    for (int i = 0; i < 6; i++) {
      Set<String> before = keys().stream().map(Entry::id).collect(Collectors.toSet());
      typed.run("keys", "rotate", "--now");
      String made =
          keys().stream()
              .map(Entry::id)
              .filter(id -> !before.contains(id))
              .findFirst()
              .orElseThrow();
      assertThat(typed.run("keys", "list").out().lines())
          .filteredOn(line -> line.contains("signs, until"))
          .singleElement()
          .asString()
          .startsWith(made);
    }
  }

  @Test
  void trustT6_theListSaysWhichSignsAndWhichWill() throws IOException {
    typed.run("keys", "rotate", "--in", "2d", "--valid-for", "30d");
    Typed.Ended list = typed.run("keys", "list");
    assertThat(list.code()).isZero();
    assertThat(list.out().lines())
        .hasSize(2)
        .anyMatch(line -> line.matches("bot-\\S+ +signs, until .+ left\\)"))
        .anyMatch(line -> line.matches("bot-\\S+ +signs from .+ until .+"));
  }

  @Test
  void trustT6_aSecondFutureKeyIsRefusedUnlessAtOnce() throws IOException {
    typed.run("keys", "rotate");
    Typed.Ended again = typed.run("keys", "rotate");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("is ready already", "keys retire");
    assertThat(keys()).hasSize(2);
    assertThat(typed.run("keys", "rotate", "--now").code()).isZero();
    assertThat(keys()).hasSize(3);
  }

  @Test
  void trustT6_theKeyThatSignsIsNotRetired() throws IOException {
    typed.run("keys");
    String first = keys().getFirst().id();
    Typed.Ended refused = typed.run("keys", "retire", first);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("is the key that signs", "keys rotate");
    typed.run("keys", "rotate", "--now");
    Typed.Ended retired = typed.run("keys", "retire", first);
    assertThat(retired.code()).isZero();
    assertThat(retired.out()).contains("is retired", "Remove its line");
    assertThat(keys()).hasSize(1).noneMatch(entry -> entry.id().equals(first));
    assertThat(folder.resolve("keys/retired/" + first + ".json")).exists();
    assertThat(typed.run("keys", "retire", "bot-x").err()).contains("There is no key 'bot-x'");
  }

  @Test
  void trustT6_whatIsNoTimeIsRefusedAndNothingIsMade() {
    assertThat(typed.run("keys", "rotate", "--in", "soon").err())
        .contains("'soon' is not a length of time");
    assertThat(folder.resolve("keys")).doesNotExist();
  }
}
