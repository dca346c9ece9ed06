package dev.bandmaster.app;

import dev.bandmaster.acl.PolicyMain;
import dev.bandmaster.app.cli.ShellCommands;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.slack.SlackIds;
import dev.bandmaster.yaml.BadConfigException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The bot's command line. */
@Command(
    name = "bandmaster",
    description = "The bot and its operators' tools.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      KeysCommand.class,
      NodeCommand.class,
      ManifestCommand.class,
      AuditCommand.class,
      StorageCommand.class,
      NewPluginCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // An export must not depend on the user's locale.
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
    System.exit(commandLine().setOut(out).execute(arguments));
  }

  static CommandLine commandLine() {
    return commandLine(System.getenv());
  }

  /** The same with other variables than those of this process. */
  public static CommandLine commandLine(Map<String, String> environment) {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(
        "policy",
        PolicyMain.commandLine(
            SlackIds.SYNTAX,
            config ->
                config
                    .map(ConfigFile::load)
                    .map(PolicyVocabulary::of)
                    .orElseGet(PolicyVocabulary::ofCommands)));
    ShellCommands.all(environment).forEach(line::addSubcommand);
    line.setExecutionExceptionHandler(Main::explain);
    return line;
  }

  /**
   * Errors that an operator can fix are printed as one sentence; all others " + "keep their stack
   * trace.
   */
  private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    PrintWriter err = line.getErr();
    switch (failure) {
      case BadConfigException bad -> err.println(bad.getMessage());
      case StoreUnavailable unavailable -> err.println(unavailable.getMessage());
      case UncheckedIOException io -> err.println(io.getMessage());
      case NoSuchFileException missing ->
          err.println("There is no file %s.".formatted(missing.getFile()));
      case IOException io -> err.println(io.getMessage());
      default -> throw failure;
    }
    return 1;
  }
}
