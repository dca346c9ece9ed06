package dev.bandmaster.agent.deploy;

import dev.bandmaster.agent.process.ProgramOutcome;
import dev.bandmaster.config.HealthCheck;
import dev.bandmaster.config.HealthCheck.Probe;
import dev.bandmaster.model.WebAddress;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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

  /** Looks at least once; an app without a check is believed. */
  StepResult look(App app, Version version, AppCommands commands) throws InterruptedException {
    if (app.definition().health().isEmpty()) {
      return StepResult.done("no health check configured");
    }
    HealthCheck check = app.definition().health().get();
    long end = System.nanoTime() + check.within().toNanos();
    StepResult result = ask(check.probe(), version, commands);
    while (result instanceof StepResult.Failed && System.nanoTime() - end < 0) {
      Thread.sleep(check.every());
      result = ask(check.probe(), version, commands);
    }
    return result;
  }

  private StepResult ask(Probe probe, Version version, AppCommands commands) {
    return switch (probe) {
      case Probe.Command(List<String> command) -> run(command, version, commands);
      case Probe.Page(URI url) -> get(url);
    };
  }

  private static StepResult run(List<String> command, Version version, AppCommands commands) {
    StringBuilder printed = new StringBuilder();
    ProgramOutcome outcome =
        commands.look(command, version, (_, text) -> Sentences.append(printed, text));
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
