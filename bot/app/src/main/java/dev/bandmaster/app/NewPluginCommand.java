package dev.bandmaster.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bandmaster new-plugin}: a project of a plugin that builds, passes and answers. */
@Command(
    name = "new-plugin",
    description = "Writes a complete project of a plugin into a new folder of its name.",
    mixinStandardHelpOptions = true)
final class NewPluginCommand implements Callable<Integer> {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,30}[a-z]");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "NAME",
      description = "The plugin's and its command's name: lower case letters and dashes.")
  private String name = "";

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "Where the new folder is made; default: here.")
  private Path into = Path.of(".");

  @ArgGroup private Kind kind = new Kind();

  /** What is written; a jar's project without either. */
  static final class Kind {
    @Option(names = "--script", description = "A script plugin, in Python.")
    private boolean script;

    @Option(names = "--agent-module", description = "An agent module, in Python.")
    private boolean agentModule;
  }

  @Override
  public Integer call() throws IOException {
    if (!NAME.matcher(name).matches()) {
      spec.commandLine()
          .getErr()
          .println("A plugin's name has 2 to 32 lower case letters and dashes: " + name);
      return 2;
    }
    Path folder = into.resolve(name);
    if (Files.exists(folder) && !isEmpty(folder)) {
      spec.commandLine().getErr().println(folder + " exists and is not empty; nothing is written.");
      return 1;
    }
    var project = new PluginProject(name, folder);
    if (kind.script) {
      project.writeScript();
    } else if (kind.agentModule) {
      project.writeAgentModule();
    } else {
      project.writeJar();
    }
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "Wrote %s; %s says what to do next.%n",
            folder,
            folder.resolve("README.md"));
    return 0;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}
