package dev.bandmaster.agent.deploy;

import dev.bandmaster.agent.process.ProgramOutcome;
import dev.bandmaster.agent.process.ProgramOutput;
import dev.bandmaster.config.HealthCheck;
import dev.bandmaster.config.HealthCheck.Probe;
import dev.bandmaster.model.WebAddress;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Looks whether the current release works, again and again until its time is over. */
final class Health {

  /** Longest wait for one answer over HTTP. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final OkHttpClient http;

  Health(OkHttpClient http) {
    this.http = http.newBuilder().callTimeout(ANSWER).build();
  }

  /** Runs the command of a check. */
  @FunctionalInterface
  interface Runner {
    ProgramOutcome run(List<String> command, ProgramOutput printed);
  }

  /** Looks at least once; an app without a check is believed. */
  StepResult look(App app, Version version, AppCommands commands) throws InterruptedException {
    return look(
        app.definition().health(), (command, printed) -> commands.look(command, version, printed));
  }

  /** The same for anything that may have a check. */
  StepResult look(Optional<HealthCheck> asked, Runner runner) throws InterruptedException {
    if (asked.isEmpty()) {
      return StepResult.done("no health check configured");
    }
    HealthCheck check = asked.get();
    long end = System.nanoTime() + check.within().toNanos();
    StepResult result = ask(check.probe(), runner);
    while (result instanceof StepResult.Failed && System.nanoTime() - end < 0) {
      Thread.sleep(check.every());
      result = ask(check.probe(), runner);
    }
    return result;
  }

  private StepResult ask(Probe probe, Runner runner) {
    return switch (probe) {
      case Probe.Command(List<String> command) -> run(command, runner);
      case Probe.Page(URI url) -> get(url);
    };
  }

  private static StepResult run(List<String> command, Runner runner) {
    StringBuilder printed = new StringBuilder();
    ProgramOutcome outcome = runner.run(command, (_, text) -> Sentences.append(printed, text));
    return outcome.succeeded()
        ? StepResult.done("")
        : StepResult.failed(
            Sentences.join(
                "The health check " + command.getFirst() + ": " + outcome.inWords(),
                printed.toString()));
  }

  private StepResult get(URI url) {
    Request request = new Request.Builder().url(url.toString()).build();
    try (Response response = http.newCall(request).execute()) {
      return response.isSuccessful()
          ? StepResult.done("HTTP status " + response.code())
          : StepResult.failed(
              "The health check " + new WebAddress(url) + " answers " + response.code() + ".");
    } catch (IOException e) {
      return StepResult.failed(
          "The health check " + new WebAddress(url) + " did not answer: " + e.getMessage() + ".");
    }
  }
}
