package dev.bandmaster.engine.plugins;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.plugin.Runbook;
import dev.bandmaster.plugin.Runbook.Argument;
import dev.bandmaster.plugin.Runbook.OnFailure;
import dev.bandmaster.plugin.Runbook.Step;
import dev.bandmaster.plugin.Runbook.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The runbooks that a script declares. */
final class ScriptRunbooks {
  private ScriptRunbooks() {}

  static Runbook read(JsonNode said) throws ScriptException {
    ScriptJson.only(said, Set.of("name", "summary", "arguments", "steps"));
    List<Argument> arguments = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    try {
      for (JsonNode argument : said.path("arguments")) {
        ScriptJson.only(argument, Set.of("name", "help", "default", "choices"));
        arguments.add(
            new Argument(
                ScriptJson.text(argument, "name"),
                ScriptJson.text(argument, "help"),
                found(argument, "default"),
                ScriptJson.texts(argument, "choices")));
      }
      for (JsonNode step : said.path("steps")) {
        steps.add(step(step));
      }
      return new Runbook(
          ScriptJson.text(said, "name"), ScriptJson.text(said, "summary"), arguments, steps);
    } catch (IllegalArgumentException e) {
      throw new ScriptException("declared a bad runbook: " + e.getMessage());
    }
  }

  private static Step step(JsonNode said) throws ScriptException {
    ScriptJson.only(
        said,
        Set.of(
            "name",
            "command",
            "ask",
            "choices",
            "save_as",
            "approve",
            "approvals",
            "groups",
            "wait_seconds",
            "on_failure"));
    return new Step(
        ScriptJson.text(said, "name"),
        work(said),
        ScriptJson.choice(said, "on_failure", OnFailure.class, OnFailure.STOP));
  }

  private static Work work(JsonNode said) throws ScriptException {
    if (said.has("command")) {
      return new Work.Command(ScriptJson.text(said, "command"));
    }
    if (said.has("ask")) {
      List<String> choices = ScriptJson.texts(said, "choices");
      return new Work.Question(
          ScriptJson.text(said, "ask"),
          choices.isEmpty() ? List.of("yes") : choices,
          found(said, "save_as"));
    }
    if (said.has("approve")) {
      return new Work.Approval(
          ScriptJson.text(said, "approve"),
          said.path("approvals").asInt(1),
          ScriptJson.texts(said, "groups"));
    }
    return new Work.Pause(Duration.ofSeconds(said.path("wait_seconds").asLong(0)));
  }

  private static Optional<String> found(JsonNode said, String key) throws ScriptException {
    return said.has(key) ? Optional.of(ScriptJson.text(said, key)) : Optional.empty();
  }
}
