package dev.bandmaster.agent.logs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody wants to see of a log.
 *
 * @param app the log's name
 * @param since only lines from then on, as far as lines say when they are from
 * @param lines at most so many of the last ones
 * @param find only lines that contain this text, whatever its case; empty for all
 * @param follow how long to wait for more; zero for not at all
 */
record LogQuery(String app, Optional<Instant> since, int lines, String find, Duration follow) {

  private static final int USUAL_LINES = 200;

  /** Reads arguments that fit the schema. */
  static LogQuery of(JsonNode arguments, Instant now) {
    return new LogQuery(
        arguments.path("app").asText(),
        Optional.ofNullable(arguments.get("since")).map(since -> now.minusSeconds(since.asLong())),
        arguments.path("lines").asInt(USUAL_LINES),
        arguments.path("find").asText("").toLowerCase(Locale.ROOT),
        Duration.ofSeconds(arguments.path("follow").asLong(0)));
  }

  boolean wants(String line) {
    return find.isEmpty() || line.toLowerCase(Locale.ROOT).contains(find);
  }
}
