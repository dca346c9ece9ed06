package dev.bandmaster.app;

import dev.bandmaster.config.RunbookConfig;
import dev.bandmaster.config.RunbooksConfig;
import dev.bandmaster.plugin.Runbook;
import dev.bandmaster.plugin.Runbook.Work;
import dev.bandmaster.yaml.BadConfigException;
import dev.bandmaster.yaml.Position;
import dev.bandmaster.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runbooks of the configuration, in the type of those who use them. */
final class RunbookMapper {
  private RunbookMapper() {}

  /**
   * All that the configuration itself defines.
   *
   * @param file the configuration's name
   * @throws BadConfigException with what is wrong about each of them
   */
  static List<Runbook> defined(String file, RunbooksConfig config) {
    List<Runbook> runbooks = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, RunbookConfig> entry : config.define().entrySet()) {
      try {
        runbooks.add(runbook(entry.getKey(), entry.getValue()));
      } catch (IllegalArgumentException e) {
        problems.add(
            new Problem(
                new Position(file, 1, 1),
                "'runbooks.define.%s' cannot be run: %s"
                    .formatted(entry.getKey(), e.getMessage())));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadConfigException(problems);
    }
    return runbooks;
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException if it cannot be run; the message says why
   */
  static Runbook runbook(String name, RunbookConfig config) {
    return new Runbook(
        name,
        config.about(),
        config.arguments().entrySet().stream()
            .map(argument ->
                new Runbook.Argument(
                    argument.getKey(),
                    argument.getValue().about(),
                    argument.getValue().fallback(),
                    argument.getValue().choices()))
            .toList(),
        config.steps().stream()
            .map(step -> new Runbook.Step(step.name(), work(step), onFailure(step.onFailure())))
            .toList());
  }

  private static Work work(RunbookConfig.Step step) {
    Optional<Work> question =
        step.question()
            .map(text ->
                new Work.Question(
                    text,
                    step.choices().isEmpty() ? List.of("yes") : step.choices(),
                    step.saves()));
    return step.command()
        .<Work>map(Work.Command::new)
        .or(() -> question)
        .or(() ->
            step.approval().map(text -> new Work.Approval(text, step.needed(), step.groups())))
        .or(() -> step.pause().map(Work.Pause::new))
        .orElseThrow(() -> new IllegalArgumentException("a step does nothing"));
  }

  private static Runbook.OnFailure onFailure(RunbookConfig.OnFailure onFailure) {
    return switch (onFailure) {
      case STOP -> Runbook.OnFailure.STOP;
      case CONTINUE -> Runbook.OnFailure.CONTINUE;
      case ASK -> Runbook.OnFailure.ASK;
    };
  }
}
