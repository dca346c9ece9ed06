package dev.bandmaster.store;

import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.CommandAlias;
import dev.bandmaster.core.store.CommandAliases;
import dev.bandmaster.core.store.StoreConflict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code command_alias}. */
final class CommandAliasTable implements CommandAliases {

  /** Rows of a person, under whichever of their ids they were written. */
  private static final String OWN =
      """
      (owner = :owner OR owner IN (
        SELECT alias FROM principal_alias WHERE principal = :owner))\
      """;

  private final Database database;

  CommandAliasTable(Database database) {
    this.database = database;
  }

  /** An alias of the same person and name is replaced. */
  static void set(Handle handle, Change.SetCommandAlias set) {
    CommandAlias alias = set.alias();
    delete(handle, alias.owner(), alias.name());
    handle
        .createUpdate(
            """
            INSERT INTO command_alias (owner, name, command, created_at)
            VALUES (:owner, :name, :command, :created)\
            """)
        .bind("owner", PrincipalTable.canonical(handle, alias.owner().principal()))
        .bind("name", alias.name())
        .bind("command", alias.command().replace('\0', '\u2400'))
        .bind("created", alias.created().toEpochMilli())
        .execute();
  }

  static void remove(Handle handle, Change.RemoveCommandAlias remove) {
    if (delete(handle, remove.owner(), remove.name()) == 0) {
      throw new StoreConflict("the alias is already removed");
    }
  }

  private static int delete(Handle handle, UserRef owner, String name) {
    return handle
        .createUpdate("DELETE FROM command_alias WHERE name = :name AND " + OWN)
        .bind("name", name)
        .bind("owner", PrincipalTable.canonical(handle, owner.principal()))
        .execute();
  }

  @Override
  public Optional<CommandAlias> find(String principal, String name) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT * FROM command_alias WHERE name = :name AND "
                    + OWN
                    + " ORDER BY created_at DESC LIMIT 1")
            .bind("name", name)
            .bind("owner", PrincipalTable.canonical(handle, principal))
            .map((row, context) -> alias(row))
            .findOne());
  }

  @Override
  public List<CommandAlias> of(String principal, int limit) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM command_alias WHERE " + OWN + " ORDER BY name LIMIT :limit")
            .bind("owner", PrincipalTable.canonical(handle, principal))
            .bind("limit", limit)
            .map((row, context) -> alias(row))
            .list());
  }

  private static CommandAlias alias(ResultSet row) throws SQLException {
    return new CommandAlias(
        UserRef.ofPrincipal(row.getString("owner")),
        row.getString("name"),
        row.getString("command"),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }
}
