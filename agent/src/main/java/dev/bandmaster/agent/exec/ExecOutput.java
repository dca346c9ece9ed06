package dev.bandmaster.agent.exec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.process.ProgramOutput;
import dev.bandmaster.json.DataJson;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import org.jspecify.annotations.Nullable;

/**
 * What a module prints, line by line: {@code progress} with key and value, {@code output} with
 * text, and at the end {@code result} with {@code ok}, a message and data. A line that is none of
 * these is output as it is, as is all that it prints on standard error.
 */
final class ExecOutput implements ProgramOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Characters of a line; a longer one is output. */
  private static final int LONGEST_LINE = 64 * 1024;

  /** Steps that are reported; more would be a flood of messages. */
  private static final int MOST_STEPS = 100;

  private static final int LONGEST_KEY = 60;

  private final ActionContext context;
  private final StringBuilder line = new StringBuilder();
  private boolean isLong;
  private int steps;
  private @Nullable JsonNode result;

  ExecOutput(ActionContext context) {
    this.context = context;
  }

  @Override
  public void text(String stream, String text) {
    if (!stream.equals(OUT)) {
      context.output().text(stream, text);
      return;
    }
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      line.append(text, from, end);
      end();
      from = end + 1;
    }
    line.append(text, from, text.length());
    if (line.length() > LONGEST_LINE) {
      context.output().text(OUT, line.toString());
      line.setLength(0);
      isLong = true;
    }
  }

  private void end() {
    String whole = line.toString();
    line.setLength(0);
    if (isLong) {
      isLong = false;
      context.output().text(OUT, whole + "\n");
    } else if (!whole.isBlank()) {
      take(whole);
    }
  }

  private void take(String whole) {
    JsonNode said = read(whole);
    switch (said == null ? "" : said.path("type").asText()) {
      case "progress" -> {
        String key = String.valueOf(said == null ? "" : said.path("key").asText("step"));
        if (++steps <= MOST_STEPS && said != null) {
          context.progress(
              key.substring(0, Math.min(key.length(), LONGEST_KEY)), said.path("value").asText());
        }
      }
      case "output" ->
          context.output().text(OUT, (said == null ? "" : said.path("text").asText()) + "\n");
      case "result" -> result = said;
      default -> context.output().text(OUT, whole + "\n");
    }
  }

  private static @Nullable JsonNode read(String whole) {
    if (!whole.startsWith("{")) {
      return null;
    }
    try {
      return JSON.readTree(whole);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /**
   * How the module ended.
   *
   * @param exit how its program ended
   */
  ActionOutcome outcome(String module, ActionOutcome exit) {
    if (!line.isEmpty()) {
      end();
    }
    if (exit.code() != FinalCode.OK) {
      return result != null && exit.exit() != null && !result.path("message").asText().isEmpty()
          ? new ActionOutcome(exit.code(), result.path("message").asText(), exit.exit(), data())
          : exit;
    }
    if (result == null) {
      return ActionOutcome.failed("The module " + module + " ended without a result.");
    }
    return new ActionOutcome(
        result.path("ok").asBoolean(false) ? FinalCode.OK : FinalCode.FAILED,
        result.path("message").asText(),
        exit.exit(),
        data());
  }

  private Data data() {
    try {
      return result == null ? Data.none() : DataJson.read(result.path("data"));
    } catch (IllegalArgumentException e) {
      return Data.none();
    }
  }
}
