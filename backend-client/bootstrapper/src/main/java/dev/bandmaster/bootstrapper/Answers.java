package dev.bandmaster.bootstrapper;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bandmaster.model.NodeName;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what the service answers. Pure; trusts nothing of it. */
final class Answers {
  /** Characters of an outcome's text that are kept. */
  static final int LONGEST_TEXT = 2_000;

  /** Hosts in one result; the largest inventories of one service stay far below. */
  static final int MOST_HOSTS = 5_000;

  private static final String CUT = "… (cut off)";

  /**
   * A job's id: a UUID, or at least 16 letters, digits, dashes and underscores with a digit among
   * them. Short words such as {@code done} or {@code ok-2} are outcomes.
   */
  private static final Pattern JOB = Pattern.compile("(?=.*[0-9])[A-Za-z0-9_-]{16,64}");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Answers() {}

  static boolean isJob(String text) {
    return JOB.matcher(text).matches();
  }

  /**
   * What an answer to a request for work means.
   *
   * @param body the whole body, or as much as was taken of a longer one
   */
  static Submission submission(int status, String body) {
    String text = body.strip();
    if (status >= 500) {
      return new Submission.Unknown("The bootstrapper answered with status %d.".formatted(status));
    }
    if (status >= 300 && status < 400) {
      return new Submission.Unknown(
          "The bootstrapper answered with a redirect (status %d), which is not followed. Check the address in the configuration."
              .formatted(status));
    }
    if (status >= 400) {
      return new Submission.Outcome(false, refusal(status, text));
    }
    if (text.startsWith("<")) {
      return new Submission.Unknown(
          "The bootstrapper answered with a web page instead of a job's id.");
    }
    String bare = unquoted(text);
    return isJob(bare)
        ? new Submission.Accepted(bare)
        : new Submission.Outcome(status < 300, readable(text));
  }

  private static String refusal(int status, String text) {
    String said = text.startsWith("<") ? "" : readable(text);
    String what =
        status == 401 || status == 403
            ? "The bootstrapper does not accept the bot's token (status %d).".formatted(status)
            : "The bootstrapper refused the request (status %d).".formatted(status);
    return said.isEmpty() ? what : what + " It says: " + said;
  }

  /** Flask's {@code jsonify} puts a text between quotes. */
  private static String unquoted(String text) {
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  /** A text of the service as people may see it: bounded, without control characters. */
  static String readable(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_TEXT + 1L)
        .filter(point -> point == '\n' || !Character.isISOControl(point))
        .filter(point -> Character.getType(point) != Character.SURROGATE)
        .filter(point -> Character.getType(point) != Character.FORMAT)
        .forEach(clean::appendCodePoint);
    String whole = clean.toString().strip();
    if (whole.length() <= LONGEST_TEXT) {
      return whole;
    }
    int end = LONGEST_TEXT - CUT.length();
    return whole.substring(0, Character.isHighSurrogate(whole.charAt(end - 1)) ? end - 1 : end)
        + CUT;
  }

  /** What an answer about a job means. */
  static JobResult result(int status, String body) {
    if (status == 404 || status == 410) {
      return new JobResult.Gone("it answered with status %d".formatted(status));
    }
    if (status == 401 || status == 403) {
      return new JobResult.Unavailable(
          "it does not accept the bot's token (status %d)".formatted(status));
    }
    if (status >= 300 && status < 400) {
      return new JobResult.Unavailable(
          "it answered with a redirect (status %d), which is not followed".formatted(status));
    }
    if (status != 200) {
      return new JobResult.Unavailable("it answered with status %d".formatted(status));
    }
    try {
      return read(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      return new JobResult.Unreadable("its answer is not JSON");
    }
  }

  private static JobResult read(JsonNode json) {
    if (!json.isObject()) {
      return new JobResult.Unreadable("its answer is JSON of another shape");
    }
    JsonNode status = json.get("status");
    if (status != null && status.isTextual()) {
      return switch (status.textValue()) {
        case "in-queue" -> new JobResult.Queued();
        case "waiting" -> new JobResult.Waiting();
        case "failed" -> new JobResult.Failed();
        case "unknown", "not-found" -> new JobResult.Gone("it does not know the job");
        default -> new JobResult.Unreadable("its answer has a status that is not known");
      };
    }
    return hosts(json);
  }

  private static JobResult hosts(JsonNode json) {
    if (json.size() > MOST_HOSTS) {
      return new JobResult.Unreadable("its answer names more than %,d hosts".formatted(MOST_HOSTS));
    }
    Map<String, HostStats> hosts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> host : json.properties()) {
      if (!NodeName.isValid(host.getKey()) || !isCount(host.getValue())) {
        return new JobResult.Unreadable("its answer is JSON of another shape");
      }
      hosts.put(host.getKey(), stats(host.getValue()));
    }
    return new JobResult.Finished(hosts);
  }

  /** What says nothing about unreachable or failed tasks must not count as success. */
  private static boolean isCount(JsonNode counts) {
    return counts.isObject()
        && counts.has("ok")
        && counts.has("failures")
        && counts.has("unreachable")
        && counts.properties().stream().allMatch(count -> isNumber(count.getValue()));
  }

  private static boolean isNumber(JsonNode count) {
    return count.isIntegralNumber() && count.canConvertToInt() && count.intValue() >= 0;
  }

  private static HostStats stats(JsonNode counts) {
    return new HostStats(
        counts.path("unreachable").asInt(),
        counts.path("skipped").asInt(),
        counts.path("ok").asInt(),
        counts.path("changed").asInt(),
        counts.path("failures").asInt());
  }
}
