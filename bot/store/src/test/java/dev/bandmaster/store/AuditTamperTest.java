package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.store.AuditChain;
import dev.bandmaster.core.store.AuditChain.Verdict;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody with the database in hand may do to the audit, and that it shows. */
class AuditTamperTest {
  @TempDir static Path shared;
  private static Path written;
  private static String head;

  @TempDir Path folder;
  private Path file;

  @BeforeAll
  static void write() {
    written = shared.resolve("bandmaster.db");
    StoreSettings settings = new StoreSettings.Sqlite(written);
    try (Store store = JdbiStore.open(settings, InstantSource.system())) {
      for (int i = 1; i <= 1_200; i++) {
        store.commit(new Change.AppendAudit(entry(i)));
      }
      head = store.audit().head().hash();
    }
  }

  @BeforeEach
  void copy() throws IOException {
    file = Files.copy(written, folder.resolve("bandmaster.db"));
  }

  private static AuditEntry entry(int number) {
    return new AuditEntry(
        NOON.plusSeconds(number),
        "slack:T1:U1",
        "C1",
        "deploy prod web " + number,
        "codeupdate",
        "prod",
        "web",
        Integer.toString(number),
        "allowed",
        "job " + number,
        "r1",
        "abc");
  }

  private Verdict verify(Optional<String> expected) {
    try (Storage storage = Storage.look(new StoreSettings.Sqlite(file))) {
      return AuditChain.verify(storage.audit(), expected);
    }
  }

  private void tamper(List<String> statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  @Test
  void auditP14_anUntouchedChainIsWhole() {
    assertThat(verify(Optional.of(head)))
        .isEqualTo(
            new Verdict.Whole(
                1_200,
                Optional.of(NOON.plusSeconds(1)),
                Optional.of(NOON.plusSeconds(1_200)),
                head));
  }

  @Test
  void auditP14_rowsFromBeforeEnvelopesWereNotedFitBesideThoseWithThem() throws SQLException {
    AuditEntry.More known = new AuditEntry.More("ann", "item-1", "", "", "", "", false);
    try (Store store = JdbiStore.open(new StoreSettings.Sqlite(file), InstantSource.system())) {
      store.commit(new Change.AppendAudit(with(entry(1_201), known)));
      store.commit(new Change.AppendAudit(with(entry(1_202), known).cameIn("envelope-1")));
    }
    tamper(
        List.of(
            "UPDATE audit SET more = replace(more, ',\"envelope\":null', '') WHERE number = 1201"));
    assertThat(verify(Optional.empty()))
        .isInstanceOfSatisfying(
            Verdict.Whole.class, whole -> assertThat(whole.rows()).isEqualTo(1_202));
    try (Storage storage = Storage.look(new StoreSettings.Sqlite(file))) {
      assertThat(storage.audit().after(1_200, 2))
          .extracting(row -> row.entry().more().envelope())
          .containsExactly(Optional.empty(), Optional.of("envelope-1"));
    }
    tamper(List.of("UPDATE audit SET more = replace(more, 'envelope-1', 'envelope-2')"));
    assertThat(verify(Optional.empty()))
        .isInstanceOfSatisfying(
            Verdict.Broken.class, broken -> assertThat(broken.number()).isEqualTo(1_202));
  }

  private static AuditEntry with(AuditEntry entry, AuditEntry.More more) {
    return new AuditEntry(
        entry.at(),
        entry.principal(),
        entry.channel(),
        entry.raw(),
        entry.action(),
        entry.env(),
        entry.app(),
        entry.job(),
        entry.decision(),
        entry.reason(),
        entry.rules(),
        entry.policy(),
        more);
  }

  static Stream<Arguments> tricks() {
    return Stream.of(
        Arguments.of(
            700, "not as it was written", List.of("UPDATE audit SET raw = 'x' WHERE number = 700")),
        Arguments.of(
            1,
            "not as it was written",
            List.of("UPDATE audit SET env = 'pro', app = 'dweb' WHERE number = 1")),
        Arguments.of(
            600,
            "next row there is has the number 601",
            List.of("DELETE FROM audit WHERE number = 600")),
        Arguments.of(
            500,
            "does not continue",
            List.of(
                "UPDATE audit SET number = -1 WHERE number = 500",
                "UPDATE audit SET number = 500 WHERE number = 501",
                "UPDATE audit SET number = 501 WHERE number = -1")),
        Arguments.of(
            1_001, "all that came after", List.of("DELETE FROM audit WHERE number > 1000")),
        Arguments.of(1, "all that came after", List.of("DELETE FROM audit")),
        Arguments.of(
            1_000,
            "another hash of the last row",
            List.of(
                "DELETE FROM audit WHERE number > 1000", "UPDATE audit_head SET number = 1000")),
        Arguments.of(
            1,
            "does not remember",
            List.of(
                "UPDATE audit_head SET number = 0, hash = '%s'".formatted(AuditChain.BEGINNING))));
  }

  @ParameterizedTest
  @MethodSource("tricks")
  void auditP14_tamperingShows(int row, String reason, List<String> statements)
      throws SQLException {
    tamper(statements);
    assertThat(verify(Optional.empty()))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> {
              assertThat(broken.number()).isEqualTo(row);
              assertThat(broken.reason()).contains(reason);
            });
  }

  @Test
  void auditP14_anEndThatWasCutOffWithCareShowsWhenTheHeadIsKnown() throws SQLException {
    tamper(
        List.of(
            "DELETE FROM audit WHERE number > 1000",
            "UPDATE audit_head SET number = 1000,"
                + " hash = (SELECT hash FROM audit WHERE number = 1000)"));
    assertThat(verify(Optional.empty())).isInstanceOf(Verdict.Whole.class);
    assertThat(verify(Optional.of(head)))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> assertThat(broken.reason()).contains("missing at the end"));
  }
}
