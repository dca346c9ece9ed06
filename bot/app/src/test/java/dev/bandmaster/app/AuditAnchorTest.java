package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.core.store.Audit;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.StoreSettings;
import dev.bandmaster.store.TestStore;
import dev.bandmaster.wire.BotKeyFolder;
import dev.bandmaster.wire.BotKeys;
import dev.bandmaster.wire.LiveBotKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The audit, its end signed and kept where who writes to the database does not reach. */
class AuditAnchorTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  @RegisterExtension private final TestStore inMemory = new TestStore();
  @TempDir private Path folder;
  private Path database;
  private Typed typed;

  @BeforeEach
  void fill() throws IOException {
    database = folder.resolve("bandmaster.db");
    typed = Typed.in(folder, "amqp://guest:guest@localhost/");
    typed.run("keys");
    append(5);
  }

  private void append(int rows) {
    try (Store store = JdbiStore.open(new StoreSettings.Sqlite(database), InstantSource.system())) {
      for (int i = 0; i < rows; i++) {
        store.commit(new Change.AppendAudit(Typed.entry(NOON, "ping " + i, "answered")));
      }
    }
  }

  /** As somebody does who may write to the database. */
  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private Typed.Ended verify(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("bot.log"), text);
    return typed.run("audit", "verify", "--anchors", file.toString());
  }

  @Test
  void trustT16_aCutTailIsSeenAlsoByWhoChangesWhatTheStoreRemembers() throws Exception {
    String anchor = "12:00:00 INFO For the operators: keep " + typed.run("audit", "anchor").out();
    assertThat(verify(anchor).code()).isZero();
    append(3);
    assertThat(verify(anchor).out()).contains("intact: 8 rows", "1 anchors fit, up to row 5");

    sql(
        "DELETE FROM audit WHERE number > 3",
        "UPDATE audit_head SET number = 3, hash = (SELECT hash FROM audit WHERE number = 3)");

    assertThat(typed.run("audit", "verify").code()).as("the chain alone is whole").isZero();
    Typed.Ended cut = verify(anchor);
    assertThat(cut.code()).isEqualTo(1);
    assertThat(cut.out()).contains("BROKEN at row 4", "row 5 was there when it was anchored");
    append(4);
    assertThat(verify(anchor).out())
        .as("grown again")
        .contains("BROKEN at row 5", "the chain was written anew");
  }

  @Test
  void trustT16_anAnchorThatTheBotDidNotSignDoesNotCount() throws Exception {
    String anchor = typed.run("audit", "anchor").out();
    assertThat(verify(anchor.replace("audit-anchor 5", "audit-anchor 4")).out())
        .contains("its signature is wrong");
    BotKeys foreign = BotKeys.generate(NOON, NOON.plusSeconds(60));
    String forged = AuditAnchor.of(new Audit.Head(5, "0".repeat(64)), NOON, foreign).line();
    assertThat(verify(forged).out()).contains("the bot has no key " + foreign.id());
    assertThat(verify("nothing").out()).contains("There is no anchor");
  }

  @Test
  void trustT16_anAnchorOfARetiredKeyStillCounts() throws Exception {
    String anchor = typed.run("audit", "anchor").out();
    String first = new BotKeyFolder(folder.resolve("keys")).read().entries().getFirst().id();
    typed.run("keys", "rotate", "--now");
    assertThat(typed.run("keys", "retire", first).code()).isZero();
    assertThat(verify(anchor).code()).isZero();
  }

  @Test
  void trustT16_theHeadIsPublishedOnceADayWhateverIsRestarted() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(NOON);
    LiveBotKeys keys = new LiveBotKeys(folder.resolve("other"), now::get);
    OperatorNotifier operators = new OperatorNotifier(Optional.of("C1"), inMemory, now::get);
    for (int hour = 0; hour < 49; hour++) {
      now.set(NOON.plus(Duration.ofHours(hour)));
      inMemory.commit(new Change.AppendAudit(Typed.entry(NOON, "ping", "answered")));
      try (AuditAnchors each =
          new AuditAnchors(inMemory.audit(), keys::signing, operators, now::get)) {
        each.look();
        each.look();
      }
    }
    List<String> told =
        inMemory.committed(Change.PostMessage.class).stream()
            .map(Change.PostMessage::item)
            .map(Outbound.ChannelMessage.class::cast)
            .map(message -> PlainText.of(message.message()))
            .toList();
    assertThat(told).hasSize(3);
    assertThat(AuditAnchor.findAll(String.join("\n", told)))
        .extracting(AuditAnchor::number)
        .containsExactly(1L, 13L, 37L);
  }
}
