package dev.bandmaster.acl;

import dev.bandmaster.acl.PolicyTool.Report;
import dev.bandmaster.acl.Principal.Kind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bandmaster policy}: try a policy file before it is in use. */
@Command(
    name = "policy",
    description = "Check, test, explain and compare policy files.",
    mixinStandardHelpOptions = true,
    subcommandsRepeatable = false)
public final class PolicyMain {
  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock;
  private final IdSyntax ids;
  private final Function<Optional<Path>, Vocabulary> vocabulary;

  PolicyMain(InstantSource clock, IdSyntax ids, Function<Optional<Path>, Vocabulary> vocabulary) {
    this.clock = clock;
    this.ids = ids;
    this.vocabulary = vocabulary;
  }

  /**
   * The command, to be run under another.
   *
   * @param ids what ids look like in the files
   * @param vocabulary what a policy may name, by the bot's configuration if one is given
   */
  public static CommandLine commandLine(
      IdSyntax ids, Function<Optional<Path>, Vocabulary> vocabulary) {
    return new CommandLine(new PolicyMain(InstantSource.system(), ids, vocabulary))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Command(description = "Check a file and run its tests, as the bot does before using it.")
  int check(
      @Parameters(paramLabel = "FILE") Path file,
      @Option(
              names = "--config",
              paramLabel = "FILE",
              description =
                  "The bot's configuration; names of environments and apps are compared with it.")
          @Nullable Path config) {
    return print(PolicyTool.check(file, ids, vocabulary.apply(Optional.ofNullable(config))));
  }

  @Command(description = "Run the tests in a file and show each result.")
  int test(@Parameters(paramLabel = "FILE") Path file) {
    return print(PolicyTool.test(file, ids));
  }

  @Command(description = "Show the differences between two files.")
  int diff(
      @Parameters(paramLabel = "BEFORE") Path before,
      @Parameters(paramLabel = "AFTER") Path after) {
    return print(PolicyTool.diff(before, after, ids));
  }

  @Command(description = "Show how a file decides a request, rule by rule.")
  int explain(
      @Parameters(paramLabel = "FILE") Path file,
      @Option(names = "--as", required = true, description = "User id of the requester.")
          String user,
      @Option(names = "--team", defaultValue = "T-OWN", description = "Workspace id.") String team,
      @Option(names = "--groups", split = ",", description = "Comma-separated user group ids.")
          @Nullable List<String> groups,
      @Option(names = "--kind", defaultValue = "MEMBER", description = "${COMPLETION-CANDIDATES}")
          Kind kind,
      @Option(names = "--in", defaultValue = "dm", description = "Where: dm or a channel id.")
          String place,
      @Option(names = "--do", required = true, description = "The command, as in the rules.")
          String action,
      @Option(names = "--app", defaultValue = "") String app,
      @Option(names = "--env", defaultValue = "") String env,
      @Option(names = "--argument", description = "NAME=VALUE; repeatable.")
          @Nullable Map<String, String> given) {
    var known = Optional.ofNullable(groups).map(Set::copyOf).orElse(Set.of());
    var request =
        new Request(
            Principal.of(team, user, known, kind),
            new Channel(place, place.toLowerCase(Locale.ROOT).equals("dm"), false),
            action,
            app,
            env,
            Optional.ofNullable(given).orElse(Map.of()),
            Optional.empty(),
            clock.instant());
    return print(PolicyTool.explain(file, request, ids));
  }

  private int print(Report report) {
    PrintWriter out = spec.commandLine().getOut();
    report.lines().forEach(out::println);
    out.flush();
    return report.exitCode();
  }
}
