package dev.bandmaster.app;

import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.Storage;
import dev.bandmaster.store.StoreCopy;
import dev.bandmaster.store.StoreSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bandmaster storage}: backups, checks, and the way from SQLite to PostgreSQL. */
@Command(
    name = "storage",
    description = "Backs up, checks, migrates and copies the store.",
    mixinStandardHelpOptions = true)
final class StorageCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static StoreSettings settings(ConfigFile file) {
    return StoreConfigs.settings(file.load().store());
  }

  @Command(
      name = "backup",
      description =
          "Copies the SQLite store to a file, also while the bot is running. For "
              + "PostgreSQL, prints the command to use instead and exits with 1.",
      mixinStandardHelpOptions = true)
  int backup(
      @Mixin ConfigFile file,
      @Parameters(paramLabel = "TARGET", description = "The file to create; must not exist.")
          Path target) {
    StoreSettings settings = settings(file);
    return switch (settings) {
      case StoreSettings.Sqlite _ -> {
        try (Storage storage = Storage.look(settings)) {
          storage.backup(target.toAbsolutePath());
        }
        out().println("The store was copied to " + target + ".");
        yield 0;
      }
      case StoreSettings.Postgresql postgresql -> {
        out()
            .println(
                "The store is in PostgreSQL, which has its own backup tools. Nothing was "
                    + "written. Use:");
        out().println(Storage.dumpCommand(postgresql));
        yield 1;
      }
    };
  }

  @Command(
      name = "check",
      description =
          "Checks the file, the references, the schema version, every table and the "
              + "audit log. The bot may be running. Exits with 1 if it finds a problem.",
      mixinStandardHelpOptions = true)
  int check(@Mixin ConfigFile file) {
    try (Storage storage = Storage.look(settings(file))) {
      List<Storage.Finding> findings = storage.check();
      findings.forEach(finding ->
          out().println((finding.good() ? "ok       " : "PROBLEM  ") + finding.sentence()));
      return findings.stream().allMatch(Storage.Finding::good) ? 0 : 1;
    }
  }

  @Command(
      name = "migrate",
      description =
          "Brings the tables to this version's form; the bot must be stopped. Copies a SQLite store "
              + "first. For PostgreSQL, prints the command for a backup and wants --backed-up.",
      mixinStandardHelpOptions = true)
  int migrate(
      @Mixin ConfigFile file,
      @Option(
              names = "--backed-up",
              description = "There is a backup of the PostgreSQL database; migrate it.")
          boolean backedUp) {
    StoreSettings settings = settings(file);
    Optional<String> problem = Storage.schemaProblem(settings);
    if (problem.isEmpty()) {
      out().println("The store has this version's form, or is empty; nothing was changed.");
      return 0;
    }
    if (Storage.isNewer(settings)) {
      throw new StoreUnavailable(problem.get());
    }
    switch (settings) {
      case StoreSettings.Sqlite(Path store) -> {
        Path target = Storage.backupBeforeMigration(store.toAbsolutePath(), settings);
        try (Storage storage = Storage.look(settings)) {
          storage.backup(target);
        }
        out().println("The store as it was is in " + target + ".");
      }
      case StoreSettings.Postgresql postgresql -> {
        if (!backedUp) {
          out().println("Nothing was changed. Make a backup first, then add --backed-up:");
          out().println(Storage.dumpCommand(postgresql));
          return 1;
        }
      }
    }
    JdbiStore.open(settings, InstantSource.system()).close();
    out().println("The store was migrated.");
    return 0;
  }

  @Command(
      name = "copy",
      description =
          "Copies a SQLite store to an empty PostgreSQL database, completely or not at "
              + "all. The bot must be stopped.",
      mixinStandardHelpOptions = true)
  int copy(
      @Mixin ConfigFile file,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "FILE",
              description = "A configuration file whose store is the PostgreSQL database.")
          Path target) {
    StoreSettings from = settings(file);
    StoreSettings to = StoreConfigs.settings(ConfigFile.load(target).store());
    if (!(from instanceof StoreSettings.Sqlite sqlite)
        || !(to instanceof StoreSettings.Postgresql postgresql)) {
      spec.commandLine()
          .getErr()
          .println("The store in --config must be SQLite, the store in --to PostgreSQL.");
      return 2;
    }
    Map<String, Long> copied = StoreCopy.copy(sqlite, postgresql);
    copied.forEach((table, rows) -> out().println("%s: %d rows".formatted(table, rows)));
    out().println("The copy is complete and identical.");
    return 0;
  }
}
