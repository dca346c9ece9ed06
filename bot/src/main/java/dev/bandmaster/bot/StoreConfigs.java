package dev.bandmaster.bot;

import dev.bandmaster.bot.store.jdbi.StoreSettings;
import dev.bandmaster.config.StoreConfig;
import dev.bandmaster.config.yaml.Secret;

/** The store's settings out of the configuration. */
final class StoreConfigs {
  private StoreConfigs() {}

  static StoreSettings settings(StoreConfig config) {
    return switch (config) {
      case StoreConfig.Sqlite(var file) -> new StoreSettings.Sqlite(file);
      case StoreConfig.Postgresql(var url, var user, var password) ->
          new StoreSettings.Postgresql(url, user, password.map(Secret::reveal).orElse(""));
    };
  }
}
