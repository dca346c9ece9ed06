package dev.bandmaster.agent.deploy;

import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.deploy.Releases.Position;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One release on its way: the steps from fetching to tidying, in order, each reported to the
 * caller. What goes wrong before the switch leaves the app untouched; what goes wrong after it
 * leads back to the release that ran before.
 */
final class Deployment {

  @FunctionalInterface
  private interface Work {
    StepResult run() throws Exception;
  }

  private record Step(String name, Work work) {}

  private final App app;
  private final Version version;
  private final Source source;
  private final Releases releases;
  private final AppCommands commands;
  private final Health health;
  private final Preparation preparation;
  private final ActionContext context;
  private final Position before;
  private @Nullable Path staged;
  private @Nullable Path replaced;
  private boolean switched;

  Deployment(
      App app,
      Version version,
      Source source,
      Releases releases,
      AppCommands commands,
      Health health,
      Preparation preparation,
      ActionContext context)
      throws IOException {
    this.app = app;
    this.version = version;
    this.source = source;
    this.releases = releases;
    this.commands = commands;
    this.health = health;
    this.preparation = preparation;
    this.context = context;
    this.before = releases.position();
  }

  /** Brings a new release here and makes it current. */
  ActionOutcome deploy() {
    return follow(
        List.of(
            new Step("fetch", this::fetch),
            new Step("link", this::link),
            new Step("before switch", () -> commands.beforeSwitch(version)),
            new Step("switch", this::switchOver),
            new Step("after switch", () -> commands.afterSwitch(version)),
            new Step("restart", () -> commands.restart(version)),
            new Step("health", () -> health.look(app, version, commands)),
            new Step("tidy", this::tidy)));
  }

  /** Makes a release current that is here already. */
  ActionOutcome returnTo() {
    return follow(
        List.of(
            new Step("switch", this::switchOver),
            new Step("restart", () -> commands.restart(version)),
            new Step("health", () -> health.look(app, version, commands))));
  }

  private ActionOutcome follow(List<Step> steps) {
    for (Step step : steps) {
      context.progress(step.name(), "running");
      switch (attempt(step)) {
        case StepResult.Done(String note) ->
            context.progress(step.name(), note.isEmpty() ? "done" : "done: " + note);
        case StepResult.Failed(String reason) -> {
          context.progress(step.name(), "failed: " + reason);
          return failed(step, reason);
        }
      }
    }
    return ActionOutcome.ok(app.name() + " " + version + " is running on this node.", data());
  }

  private StepResult attempt(Step step) {
    if (context.cancellation().isRequested()) {
      return StepResult.failed("The job was stopped before this step.");
    }
    try {
      return step.work().run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return StepResult.failed("The job was stopped during this step.");
    } catch (Exception e) {
      return StepResult.failed(
          e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
  }

  private StepResult fetch() throws Exception {
    return switch (preparation.bring(version, source, context)) {
      case Preparation.Result.Staged(Path directory, String origin) -> {
        staged = directory;
        replaced = releases.admit(directory, version, origin).orElse(null);
        staged = releases.directory(version);
        yield StepResult.done(
            replaced == null
                ? origin
                : origin + ", in the place of a release that was here before the agent");
      }
      case Preparation.Result.Here(String origin) -> StepResult.done("already here, " + origin);
      case Preparation.Result.Failed(String reason) -> StepResult.failed(reason);
    };
  }

  private StepResult link() throws IOException {
    Optional<String> trouble =
        new SharedLinks(releases.shared(), app.definition().shared())
            .into(releases.directory(version));
    return trouble.map(StepResult::failed).orElseGet(() -> StepResult.done(""));
  }

  private StepResult switchOver() throws IOException {
    switched = true;
    releases.switchTo(version);
    return StepResult.done(
        before.current().map(old -> "from " + old).orElse("the first release on this node"));
  }

  private StepResult tidy() throws IOException {
    Path old = replaced;
    if (old != null) {
      replaced = null;
      Trees.remove(old);
    }
    List<Version> removed = releases.prune(app.definition().keep());
    return StepResult.done(removed.isEmpty() ? "" : "removed " + words(removed));
  }

  private ActionOutcome failed(Step step, String reason) {
    // A rollback must not be interrupted by the request that ended the deploy.
    boolean interrupted = Thread.interrupted();
    try {
      String end = step.name().equals("tidy") ? version + " is running anyway." : afterFailure();
      return new ActionOutcome(
          code(), app.name() + " " + version + ": " + reason + " " + end, null, data());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private FinalCode code() {
    return context.cancellation().isRequested()
        ? ActionOutcome.stopped(context.cancellation().reason()).code()
        : FinalCode.FAILED;
  }

  private String afterFailure() {
    if (!switched) {
      dropNewRelease();
      return "The current version did not change"
          + before.current().map(old -> ", " + old + " is still current.").orElse(".");
    }
    context.progress("rollback", "running");
    String end;
    try {
      end = goBack();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      end = "The rollback was interrupted. Check the node.";
    } catch (Exception e) {
      end = "The rollback failed too (" + e.getMessage() + "). Check the node.";
    }
    context.progress("rollback", end);
    return end;
  }

  private String goBack() throws Exception {
    AppCommands returning = commands.toGoBack();
    Optional<Version> old = before.current();
    takeBackReplaced();
    if (old.isEmpty()) {
      StepResult stop = stop(returning);
      releases.restore(before);
      return "There is no earlier release to roll back to: "
          + (stop instanceof StepResult.Failed(String why)
              ? "the app could not be stopped (" + why + ")."
              : "the app was stopped.");
    }
    releases.restore(before);
    if (returning.restart(old.get()) instanceof StepResult.Failed(String why)) {
      return "Rolled back to " + old.get() + ", whose restart failed too: " + why;
    }
    return switch (health.look(app, old.get(), returning)) {
      case StepResult.Done _ -> "Rolled back to " + old.get() + ", which is healthy.";
      case StepResult.Failed(String why) ->
          "Rolled back to " + old.get() + ", which is not healthy either: " + why;
    };
  }

  private StepResult stop(AppCommands returning) {
    return app.definition()
        .control()
        .stop()
        .map(command -> returning.one(command, version))
        .orElseGet(() -> StepResult.failed("the app has no stop command on this node"));
  }

  /** A release that never became current is removed, so that the next attempt starts afresh. */
  private void dropNewRelease() {
    Path unfinished = staged;
    if (unfinished == null) {
      return;
    }
    try {
      if (replaced == null) {
        Trees.remove(unfinished);
      }
      takeBackReplaced();
    } catch (IOException e) {
      context.progress("tidy", "cannot remove " + unfinished + ": " + e.getMessage());
    }
  }

  /** The release that was here before the agent is here again. */
  private void takeBackReplaced() throws IOException {
    Path old = replaced;
    if (old != null) {
      releases.takeBack(old, version);
      replaced = null;
    }
  }

  private Data data() {
    Data.Fields data = Data.Fields.EMPTY.with("app", app.name()).with("version", version.text());
    if (before.current().isPresent()) {
      data = data.with("before", before.current().get().text());
    }
    try {
      Optional<Version> now = releases.position().current();
      return now.isPresent() ? data.with("current", now.get().text()) : data;
    } catch (IOException e) {
      return data.with("trouble", String.valueOf(e.getMessage()));
    }
  }

  static String words(List<Version> versions) {
    return String.join(", ", versions.stream().map(Version::text).toList());
  }
}
