package dev.bandmaster.app;

import dev.bandmaster.store.Storage;
import dev.bandmaster.store.StoreCopy;
import dev.bandmaster.store.StoreSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bandmaster storage}: backups, checks, and the way from SQLite to PostgreSQL. */
@Command(
    name = "storage",
    description = "Backs up, checks and copies the store.",
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
