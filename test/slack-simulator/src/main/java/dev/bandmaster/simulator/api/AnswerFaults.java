package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.simulator.fault.Fault.Kind;
import dev.bandmaster.simulator.fault.Faults;
import dev.bandmaster.simulator.world.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The faults that show in a method's answer. Safe for use by many threads. */
final class AnswerFaults {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String PAGE =
      "<!DOCTYPE html><html><head><title>Service Unavailable</title></head>"
          + "<body><h1>Please try again later.</h1></body></html>";

  private final Faults faults;

  AnswerFaults(Faults faults) {
    this.faults = faults;
  }

  /** What is answered instead of carrying the method out; empty if it is to be carried out. */
  Optional<ApiAnswer> instead(String method) {
    return faults
        .take(Kind.HTTP_STATUS, method)
        .<ApiAnswer>map(fault -> new ApiAnswer.Status(fault.status()))
        .or(() -> faults.take(Kind.HTML_BODY, method).map(fault -> html(fault.status(), Map.of())))
        .or(() -> faults.take(Kind.REDIRECT, method).map(_ -> html(302, Map.of("Location", "/"))))
        .or(() -> faults.take(Kind.RATE_LIMIT, method).map(f -> WebApi.tooMany(f.delay())))
        .or(() ->
            faults
                .take(Kind.RATE_LIMIT_WITHOUT_HEADER, method)
                .map(_ ->
                    new ApiAnswer.Raw(
                        429, Map.of("Content-Type", JSON), refusal("ratelimited").toString())))
        .or(() ->
            faults
                .take(Kind.RATELIMITED, method)
                .map(_ -> new ApiAnswer.Body(refusal("ratelimited"))))
        .or(() ->
            faults
                .take(Kind.ERROR, method)
                .map(fault -> new ApiAnswer.Body(refusal(fault.error()))));
  }

  /** What becomes of the answer of a method that was carried out. */
  ApiAnswer spoilt(String method, ApiAnswer answer) {
    if (faults.take(Kind.DROP_AFTER_RECEIVING, method).isPresent()) {
      return new ApiAnswer.Dropped();
    }
    if (!(answer instanceof ApiAnswer.Body(ObjectNode json))) {
      return answer;
    }
    Optional<Fault> empty = faults.take(Kind.EMPTY_BODY, method);
    if (empty.isPresent()) {
      return new ApiAnswer.Raw(empty.get().status(), Map.of("Content-Type", JSON), "");
    }
    if (faults.take(Kind.BAD_JSON, method).isPresent()) {
      String whole = json.toString();
      return new ApiAnswer.Raw(
          200, Map.of("Content-Type", JSON), whole.substring(0, whole.length() / 2));
    }
    return faults
        .take(Kind.SLOW_DRIP, method)
        .map(Fault::delay)
        .<ApiAnswer>map(pause -> new ApiAnswer.Drip(json, shortest(pause)))
        .orElse(answer);
  }

  private static Duration shortest(Duration pause) {
    return pause.isZero() ? Duration.ofMillis(1) : pause;
  }

  private static ApiAnswer html(int status, Map<String, String> more) {
    return more.isEmpty()
        ? new ApiAnswer.Raw(status, Map.of("Content-Type", "text/html; charset=utf-8"), PAGE)
        : new ApiAnswer.Raw(status, more, PAGE);
  }

  private static ObjectNode refusal(String error) {
    return Json.object().put("ok", false).put("error", error);
  }
}
