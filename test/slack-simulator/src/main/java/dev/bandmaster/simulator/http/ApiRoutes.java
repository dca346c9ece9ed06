package dev.bandmaster.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.api.ApiAnswer;
import dev.bandmaster.simulator.api.Arguments;
import dev.bandmaster.simulator.api.ResponseUrls;
import dev.bandmaster.simulator.api.WebApi;
import dev.bandmaster.simulator.world.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/** The Web API and the addresses for answers, as HTTP. */
final class ApiRoutes {
  private static final String BEARER = "Bearer ";
  private static final String JSON = "application/json; charset=utf-8";

  private final WebApi api;
  private final ResponseUrls responses;

  ApiRoutes(WebApi api, ResponseUrls responses) {
    this.api = api;
    this.responses = responses;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/api/{method}", this::call);
    routes.get("/api/{method}", this::call);
    routes.post("/response/{id}", this::respond);
  }

  private void call(Context context) {
    ApiAnswer answer = api.call(context.pathParam("method"), arguments(context), bearer(context));
    switch (answer) {
      case ApiAnswer.Body(ObjectNode json) -> {
        context.header("x-oauth-scopes", api.scopes());
        context.contentType(JSON).result(json.toString());
      }
      case ApiAnswer.TooMany(Duration retryAfter, ObjectNode json) -> {
        context.header("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        context.status(429).contentType(JSON).result(json.toString());
      }
      case ApiAnswer.Status(int status) -> context.status(status).result("");
      case ApiAnswer.Dropped _ -> drop(context);
    }
  }

  private void respond(Context context) {
    ResponseUrls.Outcome outcome = responses.post(context.pathParam("id"), arguments(context));
    switch (outcome) {
      case ResponseUrls.Outcome.Done _ -> context.result("ok");
      case ResponseUrls.Outcome.Refused(String error, ObjectNode body) ->
          context
              .status(error.endsWith("_url") ? 404 : 400)
              .contentType(JSON)
              .result(body.toString());
    }
  }

  /** Form fields, the address and a JSON body, whichever of them a client uses. */
  private static Arguments arguments(Context context) {
    Arguments query = Arguments.ofFields(context.queryParamMap());
    String type = context.contentType();
    if (type != null && type.startsWith("application/json")) {
      JsonNode body = Json.parse(context.body()).orElseGet(Json::object);
      return body instanceof ObjectNode object ? new Arguments(object).and(query) : query;
    }
    return Arguments.ofFields(context.formParamMap()).and(query);
  }

  private static @Nullable String bearer(Context context) {
    String header = context.header("Authorization");
    return header != null && header.startsWith(BEARER)
        ? header.substring(BEARER.length()).strip()
        : null;
  }

  /** Closes the connection under the request without a word. */
  private static void drop(Context context) {
    ServletContextRequest.getServletContextRequest(context.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }
}
