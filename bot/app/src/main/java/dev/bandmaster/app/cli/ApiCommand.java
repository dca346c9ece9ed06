package dev.bandmaster.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that call the API have in common. */
abstract class ApiCommand implements Callable<Integer> {

  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--profile",
      defaultValue = Profile.STANDARD,
      description = "Which bot, if you are logged in to several.")
  private String profile = Profile.STANDARD;

  @Option(names = "--json", description = "Print JSON, for scripts.")
  private boolean json;

  /**
   * @param environment the variables of the process
   */
  ApiCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (ApiClient client = new ApiClient(Profile.load(profile, environment))) {
      return run(client);
    } catch (CliException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(Terminal.safe(String.valueOf(e.getMessage())));
      err.flush();
      return e.exitCode();
    }
  }

  abstract int run(ApiClient client);

  Terminal terminal() {
    return new Terminal(spec.commandLine().getOut(), isTerminal() && !json);
  }

  @SuppressWarnings("SystemConsoleNull") // Another provider of consoles may still have none.
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  boolean isJson() {
    return json;
  }

  /** Prints an answer as it came, or what a person reads of it. */
  int show(JsonNode answer, Function<JsonNode, String> text) {
    // JSON escapes control characters itself.
    terminal().print(json ? answer.toString() : text.apply(answer));
    return ExitCode.OK;
  }

  /** Gives a command and waits for what becomes of it. */
  int give(ApiClient client, String path, ObjectNode body, boolean wait, boolean yes) {
    JsonNode answer = client.post(path, body);
    if (answer.has("confirm")) {
      if (!yes) {
        terminal().print(answer.path("message").asText());
        throw CliException.refused("Nothing was done. To confirm it, run it again with --yes.");
      }
      answer =
          client.post(
              "/commands",
              ApiClient.object()
                  .put("command", answer.path("confirm").asText())
                  .put("confirmed", true));
    }
    String outcome = answer.path("outcome").asText();
    if (!answer.has("job") || outcome.equals("answered") || outcome.equals("done")) {
      int shown = show(answer, found -> found.path("message").asText());
      return outcome.equals("pending") || answer.has("confirm") ? ExitCode.FAILED : shown;
    }
    if (!wait) {
      int shown = show(answer, found -> found.path("message").asText());
      return outcome.equals("asked") ? ExitCode.WAITS : shown;
    }
    return follow(client, answer.path("job").asLong());
  }

  /** Shows a job until it has ended. */
  int follow(ApiClient client, long number) {
    Terminal terminal = terminal();
    JsonNode[] last = {ApiClient.object()};
    client.follow(
        number,
        job -> {
          last[0] = job;
          if (!json) {
            terminal.progress(job);
          }
          return true;
        });
    terminal.print(json ? last[0].toString() : last[0].path("message").asText());
    return switch (last[0].path("status").asText()) {
      case "succeeded" -> ExitCode.OK;
      // What never began was rejected or taken back: nothing was done.
      case "cancelled" -> last[0].path("started").asBoolean() ? ExitCode.FAILED : ExitCode.REFUSED;
      default -> ExitCode.FAILED;
    };
  }
}
