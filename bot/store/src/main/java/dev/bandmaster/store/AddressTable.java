package dev.bandmaster.store;

import dev.bandmaster.core.store.AddressAssignment;
import dev.bandmaster.core.store.AddressAssignment.State;
import dev.bandmaster.core.store.Addresses;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.StoreConflict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code address}. */
final class AddressTable implements Addresses {
  private final Database database;

  AddressTable(Database database) {
    this.database = database;
  }

  static void assign(Handle handle, Change.AssignAddress assign) {
    AddressAssignment chosen = assign.assignment();
    int added =
        handle.execute(
            """
            INSERT INTO address (
              address, environment, role, instance, node, state, since_at, failures, due_at, version)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
            """,
            chosen.address(),
            chosen.environment(),
            chosen.role(),
            chosen.instance(),
            chosen.node(),
            name(chosen.state()),
            chosen.since().toEpochMilli(),
            chosen.failures(),
            chosen.due().toEpochMilli(),
            chosen.version());
    if (added == 0) {
      throw new StoreConflict("the address is taken, or the machine has one");
    }
  }

  static void update(Handle handle, Change.UpdateAddress update) {
    AddressAssignment after = update.after();
    int updated =
        handle.execute(
            """
            UPDATE address
            SET node = ?, state = ?, since_at = ?, failures = ?, due_at = ?, version = ?
            WHERE address = ? AND instance = ? AND version = ?\
            """,
            after.node(),
            name(after.state()),
            after.since().toEpochMilli(),
            after.failures(),
            after.due().toEpochMilli(),
            after.version(),
            after.address(),
            after.instance(),
            update.before().version());
    if (updated == 0) {
      throw new StoreConflict("the address has changed");
    }
  }

  static void free(Handle handle, Change.FreeAddress free) {
    int freed =
        handle.execute(
            "DELETE FROM address WHERE address = ? AND instance = ? AND version = ?",
            free.before().address(),
            free.before().instance(),
            free.before().version());
    if (freed == 0) {
      throw new StoreConflict("the address has changed");
    }
  }

  @Override
  public List<AddressAssignment> all() {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM address ORDER BY address")
            .map((row, context) -> assignment(row))
            .list());
  }

  @Override
  public Optional<AddressAssignment> of(String environment, String role, String instance) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM address
                WHERE environment = :environment AND role = :role AND instance = :instance\
                """)
            .bind("environment", environment)
            .bind("role", role)
            .bind("instance", instance)
            .map((row, context) -> assignment(row))
            .findOne());
  }

  private static AddressAssignment assignment(ResultSet row) throws SQLException {
    return new AddressAssignment(
        row.getString("address"),
        row.getString("environment"),
        row.getString("role"),
        row.getString("instance"),
        row.getString("node"),
        state(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("since_at")),
        row.getInt("failures"),
        Instant.ofEpochMilli(row.getLong("due_at")),
        row.getLong("version"));
  }

  private static String name(State state) {
    return switch (state) {
      case ATTACHING -> "attaching";
      case ATTACHED -> "attached";
      case DETACHING -> "detaching";
    };
  }

  private static State state(String name) {
    return switch (name) {
      case "attaching" -> State.ATTACHING;
      case "attached" -> State.ATTACHED;
      case "detaching" -> State.DETACHING;
      default -> throw new IllegalStateException("no state of an address: " + name);
    };
  }
}
