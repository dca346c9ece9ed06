package dev.bandmaster.app.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.app.http.Routes;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Audit;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.api.ApiAnswer;
import dev.bandmaster.engine.api.ApiCaller;
import dev.bandmaster.engine.pipeline.CommandResult;
import dev.bandmaster.engine.pipeline.StructuredCommand;
import dev.bandmaster.http.ConcurrencyLimit;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API. A request that changes something is the command that a person would type, and takes its
 * way; a request that reads something is allowed if the command is that would show it.
 */
public final class ApiRoutes implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(ApiRoutes.class);

  /** Where everything of the API is. */
  public static final String PREFIX = "/api/v1";

  /** Requests handled at the same time; each may wait for a decision. */
  private static final int AT_ONCE = 64;

  private static final int PAGE = 50;
  private static final int LONGEST_PAGE = 200;

  private static final int AUDIT_PAGE = 500;

  /** An entry has up to some 10 KB, so a page has up to some 10 MB. */
  private static final int LONGEST_AUDIT_PAGE = 1_000;

  /** Characters of a node's output; as much as a node may print. */
  private static final int OUTPUT = 1 << 20;

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

  private final ApiSources sources;
  private final ApiGate gate;
  private final EventRoutes events;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final ConcurrencyLimit places = new ConcurrencyLimit(AT_ONCE);

  public ApiRoutes(ApiSources sources) {
    this.sources = sources;
    this.gate = new ApiGate(sources);
    this.events = new EventRoutes(sources, closing::get);
  }

  /** Ends all streams. */
  public void close() {
    closing.set(true);
  }

  /** Answers one request of somebody who was let in. */
  @FunctionalInterface
  private interface Answer {
    void to(ApiRoutes api, Context context, ApiCaller caller)
        throws IOException, InterruptedException;
  }

  /**
   * Something that the API serves.
   *
   * @param path below {@link #PREFIX}
   * @param streams whether it is a stream of events
   */
  record Endpoint(HandlerType method, String path, boolean streams, Answer answer) {
    private static Endpoint get(String path, Answer answer) {
      return new Endpoint(HandlerType.GET, path, false, answer);
    }

    private static Endpoint events(String path, Answer answer) {
      return new Endpoint(HandlerType.GET, path, true, answer);
    }

    private static Endpoint post(String path, Answer answer) {
      return new Endpoint(HandlerType.POST, path, false, answer);
    }

    /** A command that needs nothing but the job's number. */
    private static Endpoint action(String path, String command) {
      return post(
          path + command,
          (api, context, caller) -> {
            ApiBody.read(context, Set.of());
            api.run(context, caller, command + " " + number(context), false);
          });
    }
  }

  /** Everything that is served. */
  static final List<Endpoint> ENDPOINTS =
      List.of(
          Endpoint.get("/openapi.json", (_, context, _) -> openApi(context)),
          Endpoint.post("/commands", ApiRoutes::command),
          Endpoint.get("/jobs", ApiRoutes::jobs),
          Endpoint.get("/jobs/{number}", ApiRoutes::job),
          Endpoint.get("/jobs/{number}/output", ApiRoutes::output),
          Endpoint.events("/jobs/{number}/events", ApiRoutes::jobEvents),
          Endpoint.action("/jobs/{number}/", "cancel"),
          Endpoint.action("/jobs/{number}/", "pause"),
          Endpoint.action("/jobs/{number}/", "resume"),
          Endpoint.action("/jobs/{number}/", "undo"),
          Endpoint.action("/jobs/{number}/", "start"),
          Endpoint.action("/jobs/{number}/", "withdraw"),
          Endpoint.post("/jobs/{number}/retry", ApiRoutes::retry),
          Endpoint.events("/events", ApiRoutes::allEvents),
          Endpoint.get("/approvals", ApiRoutes::approvals),
          Endpoint.action("/approvals/{number}/", "approve"),
          Endpoint.post("/approvals/{number}/reject", ApiRoutes::reject),
          Endpoint.get("/alerts", ApiRoutes::alerts),
          Endpoint.get("/locks", ApiRoutes::locks),
          Endpoint.get("/freezes", ApiRoutes::freezes),
          Endpoint.get("/fleet", ApiRoutes::fleet),
          Endpoint.get("/where/{app}", ApiRoutes::where),
          Endpoint.get("/history", ApiRoutes::history),
          Endpoint.get("/audit", ApiRoutes::audit));

  @Override
  public Optional<String> guardedByThemselves() {
    return Optional.of(PREFIX + "/");
  }

  @Override
  public void addTo(RoutesConfig routes) {
    for (Endpoint endpoint : ENDPOINTS) {
      Handler handler = context -> answered(context, endpoint.answer());
      routes.addHttpHandler(
          endpoint.method(),
          PREFIX + endpoint.path(),
          endpoint.streams() ? events.limited(handler) : places.limit(handler));
    }
  }

  private void answered(Context context, Answer answer) throws InterruptedException {
    try {
      answer.to(this, context, gate.admit(context));
    } catch (ApiProblem problem) {
      problem.write(context);
    } catch (StoreUnavailable | StoreConflict away) {
      LOG.warn("A request of the API has to be repeated: {}", away.getMessage());
      ApiProblem.unavailable().write(context);
    } catch (IOException gone) {
      LOG.debug("A client of the API is gone: {}", gone.getMessage());
      if (!context.res().isCommitted()) {
        throw new UncheckedIOException(gone);
      }
    } catch (RuntimeException fault) {
      LOG.error("Request {} failed", context.path(), fault);
      if (!context.res().isCommitted()) {
        ApiProblem.fault().write(context);
      }
    }
  }

  private void command(Context context, ApiCaller caller) throws IOException, InterruptedException {
    ApiBody body = ApiBody.read(context, Set.of("command", "arguments", "confirmed"));
    String text =
        body.text("command")
            .filter(command -> !command.isBlank())
            .orElseThrow(() ->
                ApiProblem.badRequest(
                    "The field 'command' is missing: the line that a person would type."));
    Optional<Map<String, List<String>>> arguments = body.arguments("arguments");
    String line = arguments.isPresent() ? written(context, caller, text, arguments.get()) : text;
    run(context, caller, line, body.flag("confirmed"));
  }

  /**
   * The line of a command whose arguments are given by name. What is wrong with them is said to
   * those who may use the command, and no others, as in a line.
   */
  private String written(
      Context context, ApiCaller caller, String command, Map<String, List<String>> arguments) {
    if (!command.matches(NAME)) {
      throw ApiProblem.badRequest(
          "With 'arguments' the field 'command' must be a command's name alone.");
    }
    return switch (StructuredCommand.of(sources.registry(), command, arguments)) {
      case StructuredCommand.Line(String line) -> line;
      case StructuredCommand.Mistaken(String reason) -> {
        sources
            .commands()
            .check(caller, ApiGate.origin(context, caller), command)
            .filter(refused -> refused.decision() == CommandResult.Verdict.DENIED)
            .ifPresent(refused -> {
              throw ApiProblem.denied(refused.reason());
            });
        throw ApiProblem.refused(reason);
      }
    };
  }

  private void retry(Context context, ApiCaller caller) throws IOException, InterruptedException {
    boolean failed = ApiBody.read(context, Set.of("failed")).flag("failed");
    run(context, caller, "retry " + number(context) + (failed ? " --failed" : ""), false);
  }

  private void reject(Context context, ApiCaller caller) throws IOException, InterruptedException {
    String reason = ApiBody.read(context, Set.of("reason")).text("reason").orElse("");
    String quoted =
        reason.isEmpty() ? "" : " \"" + reason.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    run(context, caller, "reject " + number(context) + quoted, false);
  }

  /** Gives a command and answers with what became of it. */
  private void run(Context context, ApiCaller caller, String text, boolean confirmed)
      throws InterruptedException {
    Optional<String> key = Optional.ofNullable(context.header("Idempotency-Key"));
    if (key.isPresent() && (key.get().isBlank() || key.get().length() > 200)) {
      throw ApiProblem.badRequest("An Idempotency-Key has 1 to 200 characters.");
    }
    switch (sources
        .commands()
        .submit(caller, ApiGate.origin(context, caller), key, text, confirmed)) {
      case ApiAnswer.OtherCommand() -> throw ApiProblem.otherCommand();
      case ApiAnswer.Pending(String id) ->
          json(context.status(202), ApiData.object().put("id", id).put("outcome", "pending"));
      case ApiAnswer.Decided decided -> decided(context, decided);
    }
  }

  private static void decided(Context context, ApiAnswer.Decided decided) {
    switch (decided.outcome()) {
      case "denied" -> throw ApiProblem.denied(decided.message());
      case "refused" -> throw ApiProblem.refused(decided.message());
      default -> {
        ObjectNode shown =
            ApiData.object().put("id", decided.id()).put("outcome", decided.outcome());
        decided.job().ifPresent(number -> shown.put("job", number));
        decided.confirm().ifPresent(command -> shown.put("confirm", command));
        json(context, shown.put("message", decided.message()));
      }
    }
  }

  private void jobs(Context context, ApiCaller caller) {
    Optional<String> env = name(context, "env");
    Optional<String> app = name(context, "app");
    check(context, caller, question("jobs", env, app));
    int limit = limit(context);
    long before = before(context);
    List<Jobs.Line> lines = sources.store().jobs().before(before, env, app, limit);
    ObjectNode page = ApiData.list("jobs", lines, ApiData::line);
    if (lines.size() == limit) {
      page.put("next", lines.getLast().number());
    }
    json(context, page);
  }

  private void job(Context context, ApiCaller caller) {
    long number = number(context);
    check(context, caller, "job " + number);
    Job job = find(number);
    json(context, ApiData.job(job, sources.picture().apply(job)));
  }

  private void output(Context context, ApiCaller caller) {
    long number = number(context);
    String node =
        name(context, "node")
            .orElseThrow(() -> ApiProblem.badRequest("Which node? Add '?node=…'."));
    check(context, caller, "job %d node=%s".formatted(number, node));
    Job job = find(number);
    if (!job.state().nodes().containsKey(node)) {
      throw ApiProblem.notFound("%s has no part in job %d.".formatted(node, number));
    }
    context
        .contentType("text/plain; charset=utf-8")
        .result(sources.store().jobs().output(job.id(), node, OUTPUT));
  }

  private void jobEvents(Context context, ApiCaller caller) throws IOException {
    long number = number(context);
    check(context, caller, "job " + number);
    find(number);
    events.ofJob(context, caller, number);
  }

  private void allEvents(Context context, ApiCaller caller) throws IOException {
    check(context, caller, "history");
    events.ofEverything(context, caller);
  }

  private void approvals(Context context, ApiCaller caller) {
    check(context, caller, "pending");
    json(
        context,
        ApiData.list(
            "approvals", sources.store().approvals().open(LONGEST_PAGE), ApiData::approval));
  }

  private void alerts(Context context, ApiCaller caller) {
    check(context, caller, "alerts");
    json(
        context,
        ApiData.list("alerts", sources.store().alerts().open(LONGEST_PAGE), ApiData::alert));
  }

  private void locks(Context context, ApiCaller caller) {
    check(context, caller, "locks");
    json(context, ApiData.list("locks", sources.store().slots().locks(), ApiData::lock));
  }

  private void freezes(Context context, ApiCaller caller) {
    check(context, caller, "freezes");
    json(
        context,
        ApiData.list(
            "freezes",
            sources.freezes().standingOrComing(sources.clock().instant()),
            ApiData::freeze));
  }

  private void fleet(Context context, ApiCaller caller) {
    check(context, caller, "fleet pending");
    json(context, ApiData.list("nodes", sources.nodes().get(), ApiData::node));
  }

  private void where(Context context, ApiCaller caller) {
    String app = context.pathParam("app");
    if (!app.matches(NAME)) {
      throw ApiProblem.badRequest("That is no name of an app.");
    }
    check(context, caller, "where " + app);
    json(
        context,
        ApiData.list(
            "nodes",
            sources.nodes().get().stream()
                .filter(node -> node.applications().containsKey(app))
                .toList(),
            ApiData::node));
  }

  private void history(Context context, ApiCaller caller) {
    Optional<String> env = name(context, "env");
    Optional<String> app = name(context, "app");
    check(context, caller, question("history", env, app));
    List<Audit.Row> rows = sources.store().audit().newest(env, app, limit(context));
    json(context, ApiData.list("entries", rows, ApiData::entry));
  }

  /** The audit log as lines, in its order, each page after the last line of the one before. */
  private void audit(Context context, ApiCaller caller) {
    long after = number(context, "after", 0, 0, Long.MAX_VALUE);
    int limit = (int) number(context, "limit", AUDIT_PAGE, 1, LONGEST_AUDIT_PAGE);
    check(context, caller, "audit");
    StringBuilder lines = new StringBuilder();
    sources
        .store()
        .audit()
        .after(after, limit)
        .forEach(row -> lines.append(sources.auditLine().apply(row)));
    context.contentType("application/jsonl; charset=utf-8").result(lines.toString());
  }

  private static String question(String command, Optional<String> env, Optional<String> app) {
    if (env.isEmpty() && app.isPresent()) {
      throw ApiProblem.badRequest("The parameter 'app' needs the parameter 'env'.");
    }
    return command
        + env.map(name -> " " + name).orElse("")
        + app.map(name -> " " + name).orElse("");
  }

  private void check(Context context, ApiCaller caller, String question) {
    Optional<CommandResult.Refused> refusal =
        sources.commands().check(caller, ApiGate.origin(context, caller), question);
    refusal.ifPresent(refused -> {
      throw switch (refused.decision()) {
        case DENIED -> ApiProblem.denied(refused.reason());
        case REFUSED -> ApiProblem.refused(refused.reason());
      };
    });
  }

  private Job find(long number) {
    return sources
        .store()
        .jobs()
        .byNumber(number)
        .orElseThrow(() -> ApiProblem.notFound("There is no job %d.".formatted(number)));
  }

  private static long number(Context context) {
    String number = context.pathParam("number");
    if (!number.matches("[0-9]{1,15}")) {
      throw ApiProblem.badRequest("A job has a number, such as 81.");
    }
    return Long.parseLong(number);
  }

  private static Optional<String> name(Context context, String parameter) {
    Optional<String> name = Optional.ofNullable(context.queryParam(parameter));
    if (name.isPresent() && !name.get().matches(NAME)) {
      throw ApiProblem.badRequest("The parameter '%s' must be a name.".formatted(parameter));
    }
    return name;
  }

  private static int limit(Context context) {
    return (int) number(context, "limit", PAGE, 1, LONGEST_PAGE);
  }

  private static long before(Context context) {
    return number(context, "before", Long.MAX_VALUE, 1, Long.MAX_VALUE);
  }

  private static long number(
      Context context, String parameter, long standard, long least, long most) {
    String given = context.queryParam(parameter);
    if (given == null) {
      return standard;
    }
    if (!given.matches("[0-9]{1,15}")
        || Long.parseLong(given) < least
        || Long.parseLong(given) > most) {
      throw ApiProblem.badRequest(
          "The parameter '%s' must be a number from %d%s."
              .formatted(parameter, least, most < Long.MAX_VALUE ? " to " + most : ""));
    }
    return Long.parseLong(given);
  }

  private static void openApi(Context context) throws IOException {
    context.contentType("application/json").result(document());
  }

  /** The description of the API, as it is served. */
  static String document() throws IOException {
    try (InputStream file = ApiRoutes.class.getResourceAsStream("openapi.json")) {
      if (file == null) {
        throw new IllegalStateException("openapi.json is not in the jar");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void json(Context context, ObjectNode body) {
    context.contentType("application/json").result(body + "\n");
  }
}
