package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.model.EnrolledNodes;
import dev.bandmaster.store.TestStore;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.BotKeyFolder;
import dev.bandmaster.wire.LiveBotKeys;
import dev.bandmaster.wire.NodeKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What operators are told before keys end. */
class FleetKeysTest {
  private static final Instant START = Instant.parse("2026-05-04T08:00:00Z");
  private static final Duration LIFETIME = Duration.ofDays(100);

  @RegisterExtension private final TestStore store = new TestStore();
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  @TempDir private Path folder;
  private FleetKeys keys;

  @BeforeEach
  void open() throws IOException {
    keys = opened();
  }

  private FleetKeys opened() throws IOException {
    var live = new LiveBotKeys(folder, now::get);
    return new FleetKeys(live, new BotCodec(live, new EnrolledNodes()), store, LIFETIME, now::get);
  }

  private KeyNotifier notifier() {
    return new KeyNotifier(
        "replica-1", keys, new OperatorNotifier(Optional.of("C1"), store, now::get), now::get);
  }

  private List<String> told() {
    return store.committed(Change.PostMessage.class).stream()
        .map(Change.PostMessage::item)
        .map(Outbound.ChannelMessage.class::cast)
        .map(message -> PlainText.of(message.message()))
        .toList();
  }

  @Test
  void trustT6_operatorsAreWarned60And14And3DaysBeforeTheLastKeyEndsEachOnce() throws IOException {
    Instant end = START.plus(Duration.ofDays(730));
    for (int day = 0; day < 731; day++) {
      now.set(START.plus(Duration.ofDays(day)));
      try (KeyNotifier each = notifier()) {
        each.look();
        each.look();
      }
      // A restart forgets nothing.
      keys = opened();
    }
    assertThat(told())
        .hasSize(4)
        .satisfiesExactly(
            sentence ->
                assertThat(sentence).contains("ends in 60 d", end.toString(), "keys rotate"),
            sentence -> assertThat(sentence).contains("ends in 14 d"),
            sentence -> assertThat(sentence).contains("ends in 3 d"),
            sentence -> assertThat(sentence).contains("no key that is valid now"));
  }

  @Test
  void trustT6_withANextKeyNobodyIsWarnedAndReplicasSayThatTheyHaveIt() throws IOException {
    try (KeyNotifier notifier = notifier()) {
      new BotKeyFolder(folder).add(START.plus(Duration.ofDays(7)), Duration.ofDays(1_000));
      now.set(START.plus(Duration.ofDays(5)));
      notifier.look();
      assertThat(told())
          .singleElement()
          .satisfies(sentence ->
              assertThat(sentence)
                  .contains("replica-1 has read the bot's keys again: bot-")
                  .contains("signs from 2026-05-11T08:00:00Z"));
      now.set(START.plus(Duration.ofDays(700)));
      notifier.look();
      assertThat(told()).hasSize(1);
    }
  }

  @Test
  void trustT6_statusAndMetricsSayHowLongTheKeysLast() {
    assertThat(keys.lines()).containsOnlyKeys("keys");
    assertThat(keys.lines().get("keys")).contains("signs, until 2028-05-03 (730 d");
    assertThat(keys.secondsLeft()).isEqualTo(730 * 86_400.0);
    now.set(START.plus(Duration.ofDays(800)));
    assertThat(keys.lines().get("keys")).contains("none is valid now");
    assertThat(keys.secondsLeft()).isZero();
  }

  @Test
  void trustT6_nodeKeysAreWarnedOfTooAndThoseOfOneDayTogether() {
    for (int i = 1; i <= 8; i++) {
      store.commit(
          new Change.TrustNode("web" + i, NodeKeys.generate().publicKey(), START.plusSeconds(i)));
    }
    store.commit(
        new Change.TrustNode(
            "young", NodeKeys.generate().publicKey(), START.plus(Duration.ofDays(90))));
    now.set(START.plus(Duration.ofDays(39)));
    assertThat(keys.warnings()).isEmpty();
    now.set(START.plus(Duration.ofDays(41)));
    assertThat(keys.warnings())
        .singleElement()
        .satisfies(warning ->
            assertThat(warning.sentence())
                .startsWith("The keys of 8 nodes (web1, web2, web3, web4, web5, …)")
                .contains("2026-08-12", "fleet replace"));
    assertThat(keys.nodeKeysEnding()).isEqualTo(8);
    assertThat(keys.lines().get("node keys")).contains("8 to be replaced", "of web1");
    String first = keys.warnings().getFirst().mark();
    now.set(START.plus(Duration.ofDays(90)));
    assertThat(keys.warnings()).extracting(FleetKeys.Warning::mark).doesNotContain(first);
  }
}
