package dev.bandmaster.store;

import dev.bandmaster.core.runbook.RunbookRun;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.RunbookRuns;
import dev.bandmaster.core.store.StoreConflict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table {@code runbook_run}. */
final class RunbookTable implements RunbookRuns {

  private final Database database;
  private final SetAsideTable aside;

  RunbookTable(Database database, SetAsideTable aside) {
    this.database = database;
    this.aside = aside;
  }

  void create(Handle handle, RunbookRun run) {
    handle
        .createUpdate(
            """
            INSERT INTO runbook_run (number, version, ended_at, facts)
            VALUES (:number, :version, :ended, :facts)\
            """)
        .bind("number", run.number())
        .bind("version", run.version())
        .bind("ended", ended(run))
        .bind("facts", SealedJson.write(run))
        .execute();
  }

  /** Compare-and-set on the version: of two that go on from the same state one does. */
  void update(Handle handle, RunbookRun run) {
    int updated =
        handle
            .createUpdate(
                """
                UPDATE runbook_run SET version = :version, ended_at = :ended, facts = :facts
                WHERE number = :number AND version = :version - 1\
                """)
            .bind("number", run.number())
            .bind("version", run.version())
            .bind("ended", ended(run))
            .bind("facts", SealedJson.write(run))
            .execute();
    if (updated == 0) {
      throw new StoreConflict("the run was changed by someone else");
    }
  }

  /** Writes, so that of two commits about the same version one waits for the other. */
  static void require(Handle handle, Change.RequireRunbookRun required) {
    int found =
        handle.execute(
            "UPDATE runbook_run SET version = version WHERE number = ? AND version = ?",
            required.number(),
            required.version());
    if (found == 0) {
      throw new StoreConflict("the run has gone on");
    }
  }

  private static @Nullable Long ended(RunbookRun run) {
    return run.ended().map(Instant::toEpochMilli).orElse(null);
  }

  @Override
  public List<RunbookRun> active() {
    return list("WHERE ended_at IS NULL ORDER BY number", 10_000);
  }

  @Override
  public List<RunbookRun> recent(int limit) {
    return list("ORDER BY number DESC", limit);
  }

  private List<RunbookRun> list(String which, int limit) {
    return database.read(handle ->
        handle
            .createQuery("SELECT number, facts FROM runbook_run " + which + " LIMIT :limit")
            .bind("limit", limit)
            .map(
                aside.each(
                    "runbook_run",
                    "number",
                    row -> SealedJson.read(RunbookRun.class, row.getString("facts"))))
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }

  @Override
  public Optional<RunbookRun> find(long number) {
    return database.read(handle ->
        handle
            .createQuery("SELECT facts FROM runbook_run WHERE number = :number")
            .bind("number", number)
            .map((row, context) -> SealedJson.read(RunbookRun.class, row.getString("facts")))
            .findOne());
  }
}
