package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.PostgresqlSchema;
import dev.bandmaster.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bandmaster storage} and {@code bandmaster audit}, as the person who runs the bot types
 * them.
 */
@Tag("real")
class StorageCommandTest {
  private static final Instant MORNING = Instant.parse("2026-05-04T08:00:00Z");

  @RegisterExtension private final PostgresqlSchema schema = new PostgresqlSchema();
  @TempDir private Path folder;
  private Path database;
  private Typed typed;

  @BeforeEach
  void fill() throws IOException {
    database = folder.resolve("bandmaster.db");
    Path config = config("bandmaster", "{sqlite: {file: bandmaster.db}}");
    typed = new Typed(config);
    try (Store store = JdbiStore.open(new StoreSettings.Sqlite(database), InstantSource.system())) {
      store.commit(new Change.AppendAudit(Typed.entry(MORNING, "ping", "answered")));
      store.commit(
          new Change.AppendAudit(
              Typed.entry(MORNING.plusSeconds(3_600), "adhoc prod \"web*\" ü", "refused")));
    }
  }

  private Path config(String name, String store) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        slack: {app_token: xapp-1, bot_token: xoxb-1}
        bus: {uri: "amqp://guest:guest@localhost/", keys: keys}
        store: %s
        policy: policy.yaml
        environments: {staging: {protected: false}}
        """
            .formatted(store));
  }

  private Path onPostgresql() throws IOException {
    StoreSettings.Postgresql settings = schema.settings();
    // The configuration takes no address with a password in it.
    String url = settings.url().replaceAll("(?<=[?&])(?:user|password)=[^&]*&?", "");
    String password =
        settings.password().isEmpty() ? "" : ", password: %s".formatted(settings.password());
    return config(
        "postgresql",
        "{postgresql: {url: \"%s\", user: %s%s}}".formatted(url, settings.user(), password));
  }

  private void tamper(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement sql = connection.createStatement()) {
      sql.execute("DROP TRIGGER IF EXISTS audit_no_update");
      sql.execute("DROP TRIGGER IF EXISTS audit_no_delete");
      sql.execute(statement);
    }
  }

  @Test
  void storeS4_aBackupIsAStoreOfItsOwnAndIsNeverWrittenOverAnother() throws Exception {
    Path target = folder.resolve("backup.db");
    Typed.Ended ended = typed.run("storage", "backup", target.toString());

    assertThat(ended).isEqualTo(Typed.Ended.well("The store was copied to " + target + "."));
    try (Store copy = JdbiStore.open(new StoreSettings.Sqlite(target), InstantSource.system())) {
      assertThat(copy.audit().after(0, 10)).hasSize(2);
    }
    Typed.Ended again = typed.run("storage", "backup", target.toString());
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains(target.toString()).doesNotContain("\tat ");
  }

  @Test
  void storeS4_aCheckNamesEachThingAndEndsWithOneIfOneIsWrong() throws Exception {
    Typed.Ended good = typed.run("storage", "check");
    assertThat(good.code()).as(good.out()).isZero();
    assertThat(good.out().lines()).isNotEmpty().allMatch(line -> line.startsWith("ok       "));

    tamper("UPDATE audit SET decision = 'answered'");
    Typed.Ended bad = typed.run("storage", "check");
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.out().lines().filter(line -> line.startsWith("PROBLEM  "))).hasSize(1);
  }

  @Test
  void storeS4_aCopyToPostgresqlSaysWhatItCopiedAndIsNotMadeTwice() throws Exception {
    String target = onPostgresql().toString();
    Typed.Ended ended = typed.run("storage", "copy", "--to", target);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains("audit: 2 rows")
        .contains("The copy is complete and identical.");

    Typed.Ended again = typed.run("storage", "copy", "--to", target);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).isNotBlank().doesNotContain("\tat ");
  }

  @Test
  void whatCannotBeCopiedOrBackedUpSaysWhatToDoInstead() throws Exception {
    Typed.Ended copy =
        typed.run("storage", "copy", "--to", folder.resolve("bandmaster.yaml").toString());
    assertThat(copy.code()).isEqualTo(2);
    assertThat(copy.err()).contains("The store in --config must be SQLite");

    Typed.Ended backup =
        new Typed(onPostgresql()).run("storage", "backup", folder.resolve("x").toString());
    assertThat(backup.code()).isEqualTo(1);
    assertThat(backup.out()).contains("Nothing was written.").contains("pg_dump");
  }

  @Test
  void aStoreThatIsNotThereIsASentence() throws Exception {
    Files.delete(database);
    for (String[] words :
        new String[][] {{"storage", "check"}, {"audit", "verify"}, {"audit", "export"}}) {
      Typed.Ended ended = typed.run(words);
      assertThat(ended.code()).as(String.join(" ", words)).isEqualTo(1);
      assertThat(ended.err()).contains("bandmaster.db").doesNotContain("\tat ");
    }
    assertThat(database).doesNotExist();
  }

  @Test
  void anAuditShowsItsHeadByWhichASkilfulCutIsFound() throws Exception {
    Typed.Ended whole = typed.run("audit", "verify");
    assertThat(whole.code()).isZero();
    assertThat(whole.out())
        .contains(
            "The audit log is intact: 2 rows from 2026-05-04T08:00:00Z to 2026-05-04T09:00:00Z.");
    String head = whole.out().lines().toList().getLast().substring("head ".length());

    tamper("DELETE FROM audit WHERE number = 2");
    assertThat(typed.run("audit", "verify").code()).isEqualTo(1);
    tamper("UPDATE audit_head SET number = 1, hash = (SELECT hash FROM audit WHERE number = 1)");
    assertThat(typed.run("audit", "verify").code()).isZero();
    Typed.Ended cut = typed.run("audit", "verify", "--head", head);
    assertThat(cut.code()).isEqualTo(1);
    assertThat(cut.out()).startsWith("BROKEN at row ");
  }

  @Test
  void anAuditThatWasChangedIsBroken() throws Exception {
    tamper("UPDATE audit SET raw = 'ping db1' WHERE number = 1");
    Typed.Ended broken = typed.run("audit", "verify");
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.out()).startsWith("BROKEN at row 1: ");
  }

  @Test
  void anExportHasTheRowsOfATimeInEitherForm() throws Exception {
    Typed.Ended all = typed.run("audit", "export");
    assertThat(all.code()).isZero();
    assertThat(all.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"number\":"));
    assertThat(all.out()).contains("adhoc prod \\\"web*\\\" ü");

    Typed.Ended late =
        typed.run("audit", "export", "--since", "2026-05-04T08:30:00Z", "--format", "csv");
    assertThat(late.out().lines()).hasSize(2);
    assertThat(late.out()).startsWith("number,at,").contains("\"adhoc prod \"\"web*\"\" ü\"");

    assertThat(typed.run("audit", "export", "--until", "2026-05-04").out()).isEmpty();
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    Typed.Ended ended = typed.run("audit", "export", "--since", "yesterday");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("yesterday");
  }
}
