package dev.bandmaster.store;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.PluginState;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code plugin_state}. */
final class PluginStateTable implements PluginState {

  private final Database database;

  PluginStateTable(Database database) {
    this.database = database;
  }

  static void put(Handle handle, Change.PutPluginState put) {
    handle
        .createUpdate(
            """
            INSERT INTO plugin_state (plugin, name, content) VALUES (:plugin, :name, :content)
            ON CONFLICT (plugin, name) DO UPDATE SET content = excluded.content\
            """)
        .bind("plugin", put.plugin())
        .bind("name", put.key())
        .bind("content", put.value().replace('\0', '\u2400'))
        .execute();
  }

  static void remove(Handle handle, Change.RemovePluginState remove) {
    if (remove.key().isEmpty()) {
      handle.execute("DELETE FROM plugin_state WHERE plugin = ?", remove.plugin());
    } else {
      handle.execute(
          "DELETE FROM plugin_state WHERE plugin = ? AND name = ?",
          remove.plugin(),
          remove.key().get());
    }
  }

  @Override
  public Optional<String> get(String plugin, String key) {
    return database.read(handle ->
        handle
            .createQuery("SELECT content FROM plugin_state WHERE plugin = :plugin AND name = :name")
            .bind("plugin", plugin)
            .bind("name", key)
            .mapTo(String.class)
            .findOne());
  }

  @Override
  public Size size(String plugin) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT count(*) AS keys, coalesce(sum(length(name) + length(content)), 0) AS size
                FROM plugin_state WHERE plugin = :plugin\
                """)
            .bind("plugin", plugin)
            .map((row, context) -> new Size(row.getInt("keys"), row.getLong("size")))
            .one());
  }
}
