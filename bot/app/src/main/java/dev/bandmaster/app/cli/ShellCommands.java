package dev.bandmaster.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that call the API. */
public final class ShellCommands {
  private ShellCommands() {}

  /**
   * All of them.
   *
   * @param environment the variables of the process, which may hold address and token
   */
  public static List<Object> all(Map<String, String> environment) {
    return List.of(
        new LoginCommand(environment),
        new Say(environment),
        new JobsCommand(environment),
        new JobCommand(environment),
        new Approvals(environment),
        new Approve(environment),
        new Reject(environment),
        new Alerts(environment),
        new Completion());
  }

  private static String lines(JsonNode items, String none, Function<JsonNode, String> line) {
    List<String> lines = new ArrayList<>();
    items.forEach(item -> lines.add(line.apply(item)));
    return lines.isEmpty() ? none : String.join("\n", lines);
  }

  @Command(
      name = "say",
      description =
          "Runs a command as if you typed it in Slack, and waits until its job has ended.%n"
              + "Exit code: 0 done, 1 failed, 2 refused, 3 waits for approval (with --no-wait).",
      mixinStandardHelpOptions = true)
  static final class Say extends ApiCommand {
    Say(Map<String, String> environment) {
      super(environment);
    }

    @Parameters(
        arity = "1..*",
        paramLabel = "COMMAND",
        description = "The command, quoted as one word: \"codeupdate staging web 1.4.2\".")
    private List<String> words = List.of();

    @Option(names = "--no-wait", description = "Do not wait for the job, nor for approval.")
    private boolean noWait;

    @Option(names = "--yes", description = "Confirm what asks for confirmation.")
    private boolean yes;

    @Override
    int run(ApiClient client) {
      ObjectNode body = ApiClient.object().put("command", String.join(" ", words));
      return give(client, "/commands", body, !noWait, yes);
    }
  }

  @Command(name = "jobs", description = "Lists jobs.", mixinStandardHelpOptions = true)
  static final class JobsCommand extends ApiCommand {
    JobsCommand(Map<String, String> environment) {
      super(environment);
    }

    @Parameters(arity = "0..1", paramLabel = "ENV", description = "Only this environment.")
    private String env = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "APP", description = "Only this app.")
    private String app = "";

    @Override
    int run(ApiClient client) {
      List<String> query = new ArrayList<>();
      if (!env.isEmpty()) {
        query.add("env=" + URLEncoder.encode(env, StandardCharsets.UTF_8));
      }
      if (!app.isEmpty()) {
        query.add("app=" + URLEncoder.encode(app, StandardCharsets.UTF_8));
      }
      return show(
          client.get("/jobs" + (query.isEmpty() ? "" : "?" + String.join("&", query))),
          page ->
              lines(
                  page.path("jobs"),
                  "No jobs.",
                  job ->
                      "%d  %s  %s  (%s)"
                          .formatted(
                              job.path("number").asLong(),
                              job.path("status").asText(),
                              job.path("title").asText(),
                              job.path("asker").asText())));
    }
  }

  @Command(
      name = "job",
      description = "Shows a job, or follows it until it has ended.",
      mixinStandardHelpOptions = true)
  static final class JobCommand extends ApiCommand {
    JobCommand(Map<String, String> environment) {
      super(environment);
    }

    @Parameters(paramLabel = "NUMBER", description = "The job's number.")
    private long number;

    @Option(names = "--follow", description = "Wait until it has ended; the exit code says how.")
    private boolean follow;

    @Override
    int run(ApiClient client) {
      return follow
          ? follow(client, number)
          : show(client.get("/jobs/" + number), job -> job.path("message").asText());
    }
  }

  @Command(
      name = "approvals",
      description = "Lists what awaits approval.",
      mixinStandardHelpOptions = true)
  static final class Approvals extends ApiCommand {
    Approvals(Map<String, String> environment) {
      super(environment);
    }

    @Override
    int run(ApiClient client) {
      return show(
          client.get("/approvals"),
          page ->
              lines(
                  page.path("approvals"),
                  "Nothing awaits approval.",
                  approval ->
                      "%d  %s  (%s)"
                          .formatted(
                              approval.path("job").asLong(),
                              approval.path("command").asText(),
                              approval.path("requester_name").asText())));
    }
  }

  @Command(name = "approve", description = "Approves a job.", mixinStandardHelpOptions = true)
  static final class Approve extends ApiCommand {
    Approve(Map<String, String> environment) {
      super(environment);
    }

    @Parameters(paramLabel = "NUMBER", description = "The job's number.")
    private long number;

    @Override
    int run(ApiClient client) {
      return give(client, "/approvals/" + number + "/approve", ApiClient.object(), false, false);
    }
  }

  @Command(name = "reject", description = "Rejects a job.", mixinStandardHelpOptions = true)
  static final class Reject extends ApiCommand {
    Reject(Map<String, String> environment) {
      super(environment);
    }

    @Parameters(index = "0", paramLabel = "NUMBER", description = "The job's number.")
    private long number;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "REASON", description = "Why.")
    private List<String> reason = List.of();

    @Override
    int run(ApiClient client) {
      return give(
          client,
          "/approvals/" + number + "/reject",
          ApiClient.object().put("reason", String.join(" ", reason)),
          false,
          false);
    }
  }

  @Command(name = "alerts", description = "Lists open alerts.", mixinStandardHelpOptions = true)
  static final class Alerts extends ApiCommand {
    Alerts(Map<String, String> environment) {
      super(environment);
    }

    @Override
    int run(ApiClient client) {
      return show(
          client.get("/alerts"),
          page ->
              lines(
                  page.path("alerts"),
                  "No open alerts.",
                  alert ->
                      "%d  %s  %s"
                          .formatted(
                              alert.path("number").asLong(),
                              alert.path("severity").asText(),
                              String.join(", ", alert.path("firing").findValuesAsText("name")))));
    }
  }

  @Command(
      name = "completion",
      description =
          "Prints completion for bash and zsh: source <(bandmaster completion), in zsh after "
              + "'autoload -U +X bashcompinit && bashcompinit'.",
      mixinStandardHelpOptions = true)
  static final class Completion implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      CommandLine whole = spec.root().commandLine();
      spec.commandLine().getOut().println(AutoComplete.bash("bandmaster", whole));
      return ExitCode.OK;
    }
  }
}
