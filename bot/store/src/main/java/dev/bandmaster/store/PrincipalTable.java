package dev.bandmaster.store;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Principals;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table {@code principal_alias}. */
final class PrincipalTable implements Principals {

  private final Database database;

  PrincipalTable(Database database) {
    this.database = database;
  }

  /**
   * The canonical principal of what an expression names.
   *
   * @param expression a column or a named parameter, never a person's text
   */
  static String resolved(String expression) {
    return "COALESCE((SELECT known.principal FROM principal_alias known WHERE known.alias = %s), %s)"
        .formatted(expression, expression);
  }

  /** What was known under an alias as the canonical id of somebody follows it. */
  static void join(Handle handle, Change.JoinPrincipals join) {
    PreparedBatch moved =
        handle.prepareBatch(
            "UPDATE principal_alias SET principal = :principal WHERE principal = :alias");
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO principal_alias (alias, principal, since_at)
            VALUES (:alias, :principal, :at)
            ON CONFLICT (alias) DO UPDATE SET principal = excluded.principal,
              since_at = excluded.since_at
            WHERE principal_alias.principal <> excluded.principal\
            """);
    for (String alias : join.aliases()) {
      moved.bind("principal", join.principal()).bind("alias", alias).add();
      batch
          .bind("alias", alias)
          .bind("principal", join.principal())
          .bind("at", join.at().toEpochMilli())
          .add();
    }
    handle.execute("DELETE FROM principal_alias WHERE alias = ?", join.principal());
    if (!join.aliases().isEmpty()) {
      moved.execute();
      batch.execute();
    }
  }

  @Override
  public String canonical(String principal) {
    return database.read(handle -> canonical(handle, principal));
  }

  static String canonical(Handle handle, String principal) {
    return handle
        .createQuery("SELECT principal FROM principal_alias WHERE alias = :alias")
        .bind("alias", principal)
        .mapTo(String.class)
        .findOne()
        .orElse(principal);
  }

  @Override
  public Set<String> allIds(String principal) {
    return database.read(handle -> {
      String canonical = canonical(handle, principal);
      Set<String> ids =
          new HashSet<>(
              handle
                  .createQuery("SELECT alias FROM principal_alias WHERE principal = :principal")
                  .bind("principal", canonical)
                  .mapTo(String.class)
                  .list());
      ids.add(canonical);
      ids.add(principal);
      return Set.copyOf(ids);
    });
  }
}
