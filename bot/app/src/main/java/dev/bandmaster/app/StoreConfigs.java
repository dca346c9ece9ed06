package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.config.StoreConfig;
import dev.bandmaster.store.StoreSettings;
import dev.bandmaster.yaml.Secret;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** The store's settings out of the configuration. */
final class StoreConfigs {
  private StoreConfigs() {}

  /**
   * Distinguishes this process from other holders of its lease. On SQLite the file lock proves that
   * the previous process is dead, so its lease is taken at once; on PostgreSQL only the lease's
   * expiry proves it.
   */
  static String holder(BotConfig config, RandomGenerator random) {
    return switch (config.store()) {
      case StoreConfig.Sqlite _ -> config.replica();
      case StoreConfig.Postgresql _ ->
          config.replica() + "-" + HexFormat.of().toHexDigits(random.nextLong());
    };
  }

  /** Whether other replicas may work on the same store. */
  static boolean isShared(StoreConfig config) {
    return switch (config) {
      case StoreConfig.Sqlite _ -> false;
      case StoreConfig.Postgresql _ -> true;
    };
  }

  static StoreSettings settings(StoreConfig config) {
    return switch (config) {
      case StoreConfig.Sqlite(var file, var _) -> new StoreSettings.Sqlite(file);
      case StoreConfig.Postgresql(var url, var user, var password, var _) ->
          new StoreSettings.Postgresql(url, user, password.map(Secret::reveal).orElse(""));
    };
  }
}
