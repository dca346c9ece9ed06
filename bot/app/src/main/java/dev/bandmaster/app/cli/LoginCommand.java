package dev.bandmaster.app.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bandmaster login}: keeps address and token in a private file. */
@Command(
    name = "login",
    description =
        "Stores the bot's address and your token. The token is asked for, or read from standard "
            + "input; to make one, send the bot 'token create --for laptop' in a direct message.",
    mixinStandardHelpOptions = true)
final class LoginCommand implements Callable<Integer> {

  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "URL",
      description = "The bot's address, such as https://bandmaster.example.com.")
  private String url = "";

  @Option(names = "--profile", description = "A name for it, if you use several bots.")
  private String profile = Profile.STANDARD;

  @Option(
      names = "--allow-http",
      description = "Send the token unencrypted, also to another machine.")
  private boolean allowHttp;

  LoginCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      var address = Profile.address(url, allowHttp);
      Profile entered = new Profile(address, token());
      try (ApiClient client = new ApiClient(entered)) {
        client.get("/openapi.json");
      }
      Path file = entered.store(profile, allowHttp, environment);
      out.println("Logged in to %s; stored in %s.".formatted(address, file));
      return ExitCode.OK;
    } catch (CliException e) {
      err.println(Terminal.safe(String.valueOf(e.getMessage())));
      return e.exitCode();
    }
  }

  @SuppressWarnings("SystemConsoleNull") // Another provider of consoles may still have none.
  private static String token() throws IOException {
    Console console = System.console();
    String token;
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("Token: ");
      token = typed == null ? "" : new String(typed);
    } else {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = in.readLine();
      token = line == null ? "" : line;
    }
    String stripped = token.strip();
    if (!stripped.matches("[!-~]{1,512}")) {
      throw CliException.refused("That is no token.");
    }
    return stripped;
  }
}
