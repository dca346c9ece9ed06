package dev.bandmaster.app.http.facade;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.app.http.Routes;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.api.ApiAnswer;
import dev.bandmaster.engine.api.ApiCaller;
import dev.bandmaster.engine.catalogue.TaggedRelease;
import dev.bandmaster.engine.pipeline.StructuredCommand;
import dev.bandmaster.http.ConcurrencyLimit;
import dev.bandmaster.standard.service.ServiceCalls;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bootstrapper's API. Each request for work becomes the command that a person would type, and
 * takes its way through policy, approvals and queue; its job is found again by an id that only its
 * caller knows.
 */
public final class FacadeRoutes implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(FacadeRoutes.class);

  private static final String PREFIX = "/ansible/";

  /**
   * Requests handled at the same time, each of which may wait for a decision; a whole group of
   * machines boots at once.
   */
  private static final int AT_ONCE = 256;

  /** Keeps the ids of jobs apart from the keys that callers of the API choose. */
  private static final String KEY = "facade ";

  private final FacadeSources sources;
  private final FacadeGate gate;
  private final ConcurrencyLimit places = new ConcurrencyLimit(AT_ONCE);

  public FacadeRoutes(FacadeSources sources) {
    this.sources = sources;
    this.gate = new FacadeGate(sources);
  }

  /** Makes a call out of what a caller says. */
  @FunctionalInterface
  private interface Reader {
    ServiceCalls.Call read(ApiCaller caller, FacadeParameters given);
  }

  @Override
  public Optional<String> guardedByThemselves() {
    return Optional.of(PREFIX);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Handler role = work(Set.of("host", "role", "env"), (_, given) -> role(given));
    Handler update = work(Set.of("tags", "env"), (_, given) -> updateCode(given));
    Handler eip = work(Set.of("instance_id", "role", "env"), (_, given) -> attachAddress(given));
    Handler adhoc = work(Set.of("host", "mod", "args", "env"), this::adhoc);
    Handler result = handler(this::result);
    for (String end : new String[] {"", "/"}) {
      routes.post("/ansible/role" + end, role);
      routes.post("/ansible/update-code" + end, update);
      routes.post("/ansible/set_eip" + end, eip);
      routes.get("/ansible/adhoc" + end, adhoc);
      routes.get("/ansible/results/{job}" + end, result);
    }
  }

  private static ServiceCalls.Call role(FacadeParameters given) {
    return ServiceCalls.role(given.name("env"), given.name("host"), given.names("role"));
  }

  private static ServiceCalls.Call attachAddress(FacadeParameters given) {
    return ServiceCalls.attachAddress(
        given.name("env"), given.name("instance_id"), given.name("role"));
  }

  private ServiceCalls.Call updateCode(FacadeParameters given) {
    String environment = given.name("env");
    TaggedRelease release =
        sources
            .catalogue()
            .byTags(environment, given.tags("tags"))
            .orElseThrow(() ->
                FacadeProblem.refused(
                    "No app has these tags in %s. They are written as 'tags' of the app in the bot's configuration says, such as 'web,1.4.2'."
                        .formatted(environment)));
    return ServiceCalls.updateCode(environment, release.application(), release.version());
  }

  /**
   * The endpoint has no environment of its own: the bot has one for each caller, or knows the node.
   */
  private ServiceCalls.Call adhoc(ApiCaller caller, FacadeParameters given) {
    String host = given.name("host");
    String environment =
        given
            .findName("env")
            .or(() -> sources.environmentOf().apply(host))
            .or(() -> environmentOf(caller))
            .orElseThrow(() ->
                FacadeProblem.badRequest(
                    "Which environment? Add the parameter 'env', or name one for this caller under 'api.facade.environments'."));
    return ServiceCalls.adhoc(environment, host, given.name("mod"), given.words("args"));
  }

  private Optional<String> environmentOf(ApiCaller caller) {
    return caller.user().isService()
        ? Optional.ofNullable(sources.config().environments().get(caller.user().user()))
        : Optional.empty();
  }

  private Handler work(Set<String> known, Reader reader) {
    return handler((context, caller, given) -> {
      given.knowOnly(known);
      run(context, caller, reader.read(caller, given));
    });
  }

  private void run(Context context, ApiCaller caller, ServiceCalls.Call call)
      throws InterruptedException {
    String line =
        switch (StructuredCommand.of(sources.registry(), call.command(), call.arguments())) {
          case StructuredCommand.Line(String text) -> text;
          case StructuredCommand.Mistaken(String reason) -> throw FacadeProblem.refused(reason);
        };
    String id = sources.newId().get();
    switch (sources
        .commands()
        .submit(caller, FacadeGate.origin(context, caller), Optional.of(KEY + id), line, false)) {
      case ApiAnswer.OtherCommand() ->
          throw new IllegalStateException("an id was given to two commands");
      case ApiAnswer.Pending _ -> text(context, id);
      case ApiAnswer.Decided decided -> {
        switch (decided.outcome()) {
          case "denied" -> throw FacadeProblem.denied(decided.message());
          case "refused" -> throw FacadeProblem.refused(decided.message());
          default -> text(context, decided.job().isPresent() ? id : outcome(decided));
        }
      }
    }
  }

  /** What is no job has no result that could be asked for. */
  private static String outcome(ApiAnswer.Decided decided) {
    if (decided.confirm().isPresent()) {
      throw FacadeProblem.refused("A person has to confirm this: " + decided.message());
    }
    return decided.message();
  }

  private void result(Context context, ApiCaller caller, FacadeParameters given) {
    given.knowOnly(Set.of());
    Optional<ApiAnswer> kept = sources.commands().find(caller, KEY + context.pathParam("job"));
    json(context, kept.map(this::result).orElse(FacadeResult.FAILED));
  }

  private ObjectNode result(ApiAnswer answer) {
    return switch (answer) {
      case ApiAnswer.Pending _ -> FacadeResult.IN_QUEUE;
      case ApiAnswer.OtherCommand() -> FacadeResult.FAILED;
      case ApiAnswer.Decided decided when decided.job().isPresent() ->
          sources
              .store()
              .jobs()
              .byNumber(decided.job().getAsLong())
              .map(FacadeResult::of)
              .orElse(FacadeResult.FAILED);
      case ApiAnswer.Decided _ -> FacadeResult.FAILED;
    };
  }

  /** Answers one request of somebody who was let in. */
  @FunctionalInterface
  private interface Answer {
    void to(Context context, ApiCaller caller, FacadeParameters given) throws InterruptedException;
  }

  private Handler handler(Answer answer) {
    return places.limit(context -> {
      try {
        FacadeParameters given = FacadeParameters.read(context);
        answer.to(context, gate.admit(context, given.token()), given);
      } catch (FacadeProblem problem) {
        problem.write(context);
      } catch (StoreUnavailable | StoreConflict away) {
        LOG.warn("A request of the facade has to be repeated: {}", away.getMessage());
        FacadeProblem.unavailable().write(context);
      } catch (RuntimeException fault) {
        LOG.error("Request {} failed", context.path(), fault);
        FacadeProblem.fault().write(context);
      }
    });
  }

  private static void text(Context context, String text) {
    context.contentType("text/plain; charset=utf-8").result(text);
  }

  private static void json(Context context, ObjectNode body) {
    context.contentType("application/json").result(body + "\n");
  }
}
