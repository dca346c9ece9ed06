package dev.bandmaster.store;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.PluginVersions;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The table {@code plugin_job}. */
final class PluginJobTable implements PluginVersions {
  private final Database database;

  PluginJobTable(Database database) {
    this.database = database;
  }

  static void planned(Handle handle, Change.PluginPlanned planned) {
    handle.execute(
        "INSERT INTO plugin_job (job, plugin, sha256) VALUES (?, ?, ?)",
        planned.job(),
        planned.version().plugin(),
        planned.version().sha256());
  }

  static void ended(Handle handle) {
    handle.execute(
        "DELETE FROM plugin_job WHERE job IN (SELECT id FROM job WHERE ended_at IS NOT NULL)");
  }

  @Override
  public Optional<Version> plannerOf(String job) {
    return database.read(handle ->
        handle
            .createQuery("SELECT plugin, sha256 FROM plugin_job WHERE job = :job")
            .bind("job", job)
            .map((row, context) -> new Version(row.getString("plugin"), row.getString("sha256")))
            .findOne());
  }

  @Override
  public Set<Version> inUse() {
    return Set.copyOf(
        database.read(handle ->
            handle
                .createQuery(
                    """
                    SELECT DISTINCT plugin, sha256 FROM plugin_job
                    JOIN job ON job.id = plugin_job.job WHERE job.ended_at IS NULL\
                    """)
                .map(
                    (row, context) -> new Version(row.getString("plugin"), row.getString("sha256")))
                .list()));
  }
}
