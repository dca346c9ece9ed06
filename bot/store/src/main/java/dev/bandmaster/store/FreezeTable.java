package dev.bandmaster.store;

import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.freeze.FreezeScope;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.DeclaredFreezes;
import dev.bandmaster.core.store.StoreConflict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table {@code declared_freeze}. */
final class FreezeTable implements DeclaredFreezes {

  private final Database database;
  private final SetAsideTable aside;
  private final InstantSource clock;

  FreezeTable(Database database, SetAsideTable aside, InstantSource clock) {
    this.database = database;
    this.aside = aside;
    this.clock = clock;
  }

  /** Declaring a freeze deletes those that are over, so there are never many. */
  void declare(Handle handle, Change.DeclareFreeze declared) {
    handle
        .createUpdate("DELETE FROM declared_freeze WHERE until_at <= :now")
        .bind("now", clock.millis())
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO declared_freeze (number, from_at, until_at, facts)
            VALUES (:number, :from, :until, :facts)\
            """)
        .bind("number", declared.number())
        .bind("from", declared.freeze().from().toEpochMilli())
        .bind("until", declared.freeze().until().toEpochMilli())
        .bind("facts", SealedJson.write(declared.freeze()))
        .execute();
  }

  void lift(Handle handle, Change.LiftFreeze lift) {
    int lifted = handle.execute("DELETE FROM declared_freeze WHERE number = ?", lift.number());
    if (lifted == 0) {
      throw new StoreConflict("the freeze no longer exists");
    }
  }

  @Override
  public long nextNumber() {
    return database.writing(handle ->
        handle
            .createQuery("UPDATE freeze_number SET value = value + 1 RETURNING value")
            .mapTo(Long.class)
            .one());
  }

  @Override
  public List<Freeze> all() {
    RowMapper<Optional<Freeze>> readable =
        aside.each(
            "declared_freeze",
            "number",
            row -> SealedJson.read(Freeze.class, row.getString("facts")));
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT * FROM declared_freeze WHERE until_at > :now ORDER BY from_at, number")
            .bind("now", clock.millis())
            .map((row, context) -> readable.map(row, context).orElse(ofEverything(row)))
            .list());
  }

  /** A freeze of which only the time is known blocks everything until someone lifts it. */
  private static Freeze ofEverything(ResultSet row) throws SQLException {
    long number = row.getLong("number");
    return new Freeze(
        new Freeze.Origin.Person(number, "", ""),
        new FreezeScope(List.of(), List.of()),
        Instant.ofEpochMilli(row.getLong("from_at")),
        Instant.ofEpochMilli(row.getLong("until_at")),
        "Freeze %d is unreadable, so it applies everywhere".formatted(number));
  }
}
