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
    description = "Backs up, checks and moves the store.",
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
          "Copies the SQLite store into a file while the bot runs. For PostgreSQL it names the"
              + " command to use instead, and ends with 1.",
      mixinStandardHelpOptions = true)
  int backup(
      @Mixin ConfigFile file,
      @Parameters(paramLabel = "TARGET", description = "The file to write; must not exist.")
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
                "The store is in PostgreSQL, which has its own backups. Nothing was written. Use:");
        out().println(Storage.dumpCommand(postgresql));
        yield 1;
      }
    };
  }

  @Command(
      name = "check",
      description =
          "Looks at the file, the references, the version, every table and the audit. The bot may"
              + " run meanwhile. Ends with 1 if something is wrong.",
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
          "Copies a SQLite store into an empty PostgreSQL database, whole or not at all. No bot may"
              + " run meanwhile.",
      mixinStandardHelpOptions = true)
  int copy(
      @Mixin ConfigFile file,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "FILE",
              description = "The configuration of a bot whose store is the PostgreSQL database.")
          Path target) {
    StoreSettings from = settings(file);
    StoreSettings to = StoreConfigs.settings(ConfigFile.load(target).store());
    if (!(from instanceof StoreSettings.Sqlite sqlite)
        || !(to instanceof StoreSettings.Postgresql postgresql)) {
      spec.commandLine()
          .getErr()
          .println(
              "The store of --config has to be in SQLite and the store of --to in PostgreSQL.");
      return 2;
    }
    Map<String, Long> copied = StoreCopy.copy(sqlite, postgresql);
    copied.forEach((table, rows) -> out().println("%s: %d rows".formatted(table, rows)));
    out().println("Everything was copied, and both sides are the same.");
    return 0;
  }
}
