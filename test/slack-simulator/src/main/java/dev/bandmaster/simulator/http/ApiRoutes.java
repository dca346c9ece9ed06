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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Web API and the addresses for answers, as HTTP. */
final class ApiRoutes {
  private static final String BEARER = "Bearer ";
  private static final String JSON = "application/json; charset=utf-8";

  private static final Logger log = LoggerFactory.getLogger(ApiRoutes.class);

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
    if (isJson(context) && Json.parse(context.body()).isEmpty() && !context.body().isBlank()) {
      context
          .contentType(JSON)
          .result(Json.object().put("ok", false).put("error", "invalid_json").toString());
      return;
    }
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
      case ApiAnswer.Raw(int status, Map<String, String> headers, String body) -> {
        headers.forEach(context::header);
        context.status(status).result(body);
      }
      case ApiAnswer.Drip(ObjectNode json, Duration pause) -> drip(context, json, pause);
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
    if (isJson(context)) {
      JsonNode body = Json.parse(context.body()).orElseGet(Json::object);
      return body instanceof ObjectNode object ? new Arguments(object).and(query) : query;
    }
    return Arguments.ofFields(context.formParamMap()).and(query);
  }

  private static boolean isJson(Context context) {
    String type = context.contentType();
    return type != null && type.startsWith("application/json");
  }

  private static @Nullable String bearer(Context context) {
    String header = context.header("Authorization");
    return header != null && header.startsWith(BEARER)
        ? header.substring(BEARER.length()).strip()
        : null;
  }

  /** Writes the answer byte by byte, until it is whole or the client has gone. */
  private static void drip(Context context, ObjectNode json, Duration pause) {
    context.contentType(JSON);
    try {
      OutputStream out = context.outputStream();
      for (byte each : json.toString().getBytes(StandardCharsets.UTF_8)) {
        Thread.sleep(pause);
        out.write(each);
        out.flush();
      }
    } catch (IOException gone) {
      log.debug("A client did not wait for a slow answer: {}", gone.toString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the connection under the request without a word. */
  private static void drop(Context context) {
    Connections.close(context.req());
  }
}
