package dev.bandmaster.agent.deploy;

import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.process.Cancellation;
import dev.bandmaster.agent.process.ProgramCall;
import dev.bandmaster.agent.process.ProgramOutcome;
import dev.bandmaster.agent.process.ProgramOutput;
import dev.bandmaster.agent.process.Supervisor;
import dev.bandmaster.config.AppDefinition.Control;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs an app's own commands in one release. */
final class AppCommands {

  /** What a return to the old release may take, when the request's own time is over already. */
  private static final Duration RETURN_TIME = Duration.ofMinutes(2);

  private final App app;
  private final Releases releases;
  private final Supervisor supervisor;
  private final ProgramOutput output;
  private final Supplier<Duration> remaining;
  private final Cancellation cancellation;

  private AppCommands(
      App app,
      Releases releases,
      Supervisor supervisor,
      ProgramOutput output,
      Supplier<Duration> remaining,
      Cancellation cancellation) {
    this.app = app;
    this.releases = releases;
    this.supervisor = supervisor;
    this.output = output;
    this.remaining = remaining;
    this.cancellation = cancellation;
  }

  /** Commands that end with the job. */
  static AppCommands of(App app, Releases releases, Supervisor supervisor, ActionContext context) {
    return new AppCommands(
        app, releases, supervisor, context.output(), context::remaining, context.cancellation());
  }

  /**
   * The same, to go back to an old release with: not ended by the job's end, in time of its own.
   */
  AppCommands toGoBack() {
    return new AppCommands(
        app, releases, supervisor, output, () -> RETURN_TIME, new Cancellation());
  }

  /** The commands of a new release before it becomes current. */
  StepResult beforeSwitch(Version version) {
    return all(app.definition().hooks().beforeSwitch(), version, releases.directory(version));
  }

  /** The commands of a release that has just become current. */
  StepResult afterSwitch(Version version) {
    return all(app.definition().hooks().afterSwitch(), version, releases.current());
  }

  /** Restarts by the app's restart command, or else by stop and start, as far as it has them. */
  StepResult restart(Version version) {
    Control control = app.definition().control();
    List<List<String>> commands =
        control.restart().isPresent()
            ? List.of(control.restart().get())
            : List.of(control.stop(), control.start()).stream().flatMap(Optional::stream).toList();
    return all(commands, version, releases.current());
  }

  /** Runs one command in the current release, up to its exit status. */
  StepResult one(List<String> command, Version version) {
    return all(List.of(command), version, releases.current());
  }

  /** Runs one command in the current release, its output elsewhere. */
  ProgramOutcome look(List<String> command, Version version, ProgramOutput printed) {
    return run(command, version, releases.current(), printed);
  }

  private StepResult all(List<List<String>> commands, Version version, Path directory) {
    for (List<String> command : commands) {
      ProgramOutcome outcome = run(command, version, directory, output);
      if (!outcome.succeeded()) {
        return StepResult.failed(command.getFirst() + ": " + outcome.inWords() + ".");
      }
    }
    return StepResult.done(commands.isEmpty() ? "nothing to run" : "");
  }

  private ProgramOutcome run(
      List<String> command, Version version, Path directory, ProgramOutput printed) {
    Duration own = app.definition().timeout();
    Duration left = remaining.get();
    return supervisor.run(
        new ProgramCall(
            app.fill(command, version, releases.directory(version)),
            directory,
            environment(),
            left.compareTo(own) < 0 ? left : own),
        printed,
        cancellation);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", Supervisor.DEFAULT_PATH);
    environment.putAll(app.definition().environment());
    return environment;
  }
}
