package dev.bandmaster.agent.deploy;

import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.action.ActionDeclaration;
import dev.bandmaster.agent.action.ActionDeclaration.Weight;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.action.AgentModule;
import dev.bandmaster.agent.action.Schemas;
import dev.bandmaster.agent.process.Supervisor;
import dev.bandmaster.config.AppDefinition;
import dev.bandmaster.config.AppDefinition.Control;
import dev.bandmaster.config.UnitDefinition;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/**
 * Deploys, rolls back, starts, stops, restarts and reloads the apps of this node, and controls its
 * systemd units; one job per app at once.
 */
public final class DeployModule implements AgentModule {

  /** What the bus routes by. */
  public static final String CAPABILITY = "deploy";

  /** How long a deploy may take in all: a slow download, a migration, a patient health check. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Map<String, App> apps = new TreeMap<>();
  private final Map<String, UnitControl> units = new TreeMap<>();
  private final Supervisor supervisor;
  private final InstantSource clock;
  private final OkHttpClient http = new OkHttpClient();
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  /** A module for these apps and units. */
  public DeployModule(
      String env,
      Map<String, AppDefinition> definitions,
      Map<String, UnitDefinition> unitDefinitions,
      Supervisor supervisor,
      InstantSource clock) {
    definitions.forEach((name, definition) -> apps.put(name, new App(name, env, definition)));
    this.supervisor = supervisor;
    this.clock = clock;
    unitDefinitions.forEach((name, definition) ->
        units.put(name, new UnitControl(name, definition, supervisor, new Health(http))));
  }

  @Override
  public String capability() {
    return CAPABILITY;
  }

  @Override
  public List<ActionDeclaration> actions() {
    return List.of(
        action("deploy", "Installs a version and makes it current.", this::deploy),
        action("rollback", "Makes the previous or a given earlier version current.", this::back),
        action(
            "start",
            "Starts the app.",
            at -> started(at, control(at, Control::start, "start", "started"))),
        action("stop", "Stops the app.", at -> control(at, Control::stop, "stop", "stopped")),
        action("restart", "Restarts the app.", this::restart),
        action("reload", "Makes the app read its configuration again.", this::reload),
        action("status", "Reports the current version and its health.", this::status));
  }

  /**
   * The apps of this node with the version that is current, empty when there is none; units have no
   * version and say what they are.
   */
  public Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (App app : apps.values()) {
      versions.put(app.name(), currentOf(app));
    }
    units.keySet().forEach(unit -> versions.put(unit, UnitControl.VERSION));
    return versions;
  }

  private String currentOf(App app) {
    try {
      return releases(app).position().current().map(Version::text).orElse("");
    } catch (IOException _) {
      // A description cannot report the problem; the next deploy or status does.
      return "";
    }
  }

  @FunctionalInterface
  private interface Work {
    ActionOutcome run(Place place) throws Exception;
  }

  /** One app at the time of one request. */
  private record Place(App app, Releases releases, AppCommands commands, ActionContext context) {}

  private ActionDeclaration action(String name, String summary, Work work) {
    return new ActionDeclaration(
        name,
        summary,
        Weight.JOB,
        Schemas.beside(DeployModule.class, name + ".schema.json"),
        LONGEST,
        context -> alone(name, context, work));
  }

  private ActionOutcome alone(String action, ActionContext context, Work work) throws Exception {
    String name = context.arguments().path("app").asText();
    UnitControl unit = units.get(name);
    App app = apps.get(name);
    Callable<ActionOutcome> attempt;
    if (unit != null) {
      attempt = () -> unit.run(action, context);
    } else if (app != null) {
      attempt = () -> work.run(place(app, context));
    } else {
      return ActionOutcome.failed(
          "This node's configuration does not define the app "
              + name
              + "; it has "
              + known()
              + ".");
    }
    ReentrantLock lock = locks.computeIfAbsent(name, _ -> new ReentrantLock());
    if (!lock.tryLock()) {
      return ActionOutcome.failed(
          "Another job is in progress on "
              + name
              + " on this node. Wait until it ends, then try again.");
    }
    try {
      return attempt.call();
    } finally {
      lock.unlock();
    }
  }

  private Place place(App app, ActionContext context) {
    Releases releases = releases(app);
    return new Place(app, releases, AppCommands.of(app, releases, supervisor, context), context);
  }

  private ActionOutcome deploy(Place place) throws IOException {
    Version version = new Version(place.context().arguments().path("version").asText());
    Source source = Source.of(place.context().arguments());
    return deployment(place, version, source).deploy();
  }

  private ActionOutcome back(Place place) throws IOException {
    Optional<Version> wanted =
        Optional.ofNullable(place.context().arguments().get("version"))
            .map(text -> new Version(text.asText()));
    Optional<Version> target = wanted.isPresent() ? wanted : place.releases().position().previous();
    if (target.isEmpty()) {
      return ActionOutcome.failed(
          "There is no earlier version of " + place.app().name() + " on this node.");
    }
    if (place.releases().origin(target.get()).isEmpty()) {
      return ActionOutcome.failed(
          "The version "
              + target.get()
              + " is no longer on this node. Available: "
              + Deployment.words(place.releases().all())
              + ".");
    }
    return deployment(place, target.get(), new Source.Refused("A rollback downloads nothing."))
        .returnTo();
  }

  private Deployment deployment(Place place, Version version, Source source) throws IOException {
    Preparation preparation =
        new Preparation(
            place.releases(),
            new ArtifactFetcher(http, place.app().definition().artifactAuth()),
            new GitCheckout(supervisor),
            UnpackLimits.DEFAULT);
    return new Deployment(
        place.app(),
        version,
        source,
        place.releases(),
        place.commands(),
        new Health(http),
        preparation,
        place.context());
  }

  private ActionOutcome control(
      Place place, Function<Control, Optional<List<String>>> which, String verb, String done)
      throws IOException {
    Optional<List<String>> command = which.apply(place.app().definition().control());
    if (command.isEmpty()) {
      return ActionOutcome.failed(
          "The app " + place.app().name() + " has no " + verb + " command on this node.");
    }
    return withCurrent(place, version -> place.commands().one(command.get(), version), done);
  }

  private ActionOutcome restart(Place place) throws IOException, InterruptedException {
    return started(place, withCurrent(place, place.commands()::restart, "restarted"));
  }

  private ActionOutcome reload(Place place) throws IOException, InterruptedException {
    return started(place, control(place, Control::reload, "reload", "reloaded"));
  }

  /** What was started counts when it is healthy. */
  private ActionOutcome started(Place place, ActionOutcome outcome)
      throws IOException, InterruptedException {
    Optional<Version> current = place.releases().position().current();
    if (outcome.code() != FinalCode.OK || current.isEmpty()) {
      return outcome;
    }
    return switch (new Health(http).look(place.app(), current.get(), place.commands())) {
      case StepResult.Done _ -> outcome;
      case StepResult.Failed(String reason) ->
          ActionOutcome.failed(outcome.message() + " " + reason);
    };
  }

  @FunctionalInterface
  private interface OnCurrent {
    StepResult run(Version version);
  }

  private ActionOutcome withCurrent(Place place, OnCurrent work, String done) throws IOException {
    Optional<Version> current = place.releases().position().current();
    if (current.isEmpty()) {
      return ActionOutcome.failed(
          "No version of " + place.app().name() + " is current on this node. Deploy one first.");
    }
    return switch (work.run(current.get())) {
      case StepResult.Done _ ->
          ActionOutcome.ok(place.app().name() + " " + current.get() + " " + done + ".");
      case StepResult.Failed(String reason) ->
          place.context().cancellation().isRequested()
              ? ActionOutcome.stopped(place.context().cancellation().reason())
              : ActionOutcome.failed(reason);
    };
  }

  private ActionOutcome status(Place place) throws IOException {
    Releases.Position position = place.releases().position();
    Data.Fields data = Data.Fields.EMPTY.with("app", place.app().name());
    if (position.current().isPresent()) {
      data = data.with("current", position.current().get().text());
    }
    if (position.previous().isPresent()) {
      data = data.with("previous", position.previous().get().text());
    }
    data =
        data.with("releases", Data.of(place.releases().all().stream().map(Version::text).toList()));
    if (position.current().isEmpty()) {
      return ActionOutcome.ok(place.app().name() + " is not deployed on this node.", data);
    }
    Version current = position.current().get();
    StepResult result =
        place
            .app()
            .definition()
            .control()
            .status()
            .map(command -> place.commands().one(command, current))
            .orElseGet(() -> StepResult.done("no status command"));
    boolean running = result instanceof StepResult.Done;
    Data known = data.with("running", running);
    return switch (result) {
      case StepResult.Done _ -> ActionOutcome.ok(place.app().name() + " " + current, known);
      case StepResult.Failed(String reason) ->
          new ActionOutcome(
              FinalCode.FAILED, place.app().name() + " " + current + ": " + reason, null, known);
    };
  }

  private Releases releases(App app) {
    return new Releases(app.definition().directory(), clock);
  }

  private String known() {
    List<String> names = Stream.concat(apps.keySet().stream(), units.keySet().stream()).toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
