package dev.bandmaster.backends.ansible;

import dev.bandmaster.backends.bus.AgentTask;
import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.Planned;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a runner is asked for to do the work of a plan. Pure. */
final class RunnerTasks {
  private final String environment;

  RunnerTasks(String environment) {
    this.environment = environment;
  }

  /** The task; empty if runners can do nothing of this kind. */
  Optional<AgentTask> of(Planned.Work work) {
    Data.Fields given = work.arguments();
    return switch (work.action()) {
      case "run-module" ->
          Optional.of(
              task(
                  "module",
                  given,
                  about()
                      .with("host", given.get("host"))
                      .with("module", given.get("module"))
                      .with("arguments", given.get("arguments"))));
      case "apply-roles" ->
          Optional.of(
              task(
                  "role",
                  given,
                  about().with("host", given.get("host")).with("roles", given.get("roles"))));
      case "update-code" -> Optional.of(task("update-code", given, deployment(given)));
      default -> Optional.empty();
    };
  }

  private Data.Fields deployment(Data.Fields given) {
    List<String> tags =
        Arrays.stream(text(given, "tags").split(",", -1))
            .map(String::strip)
            .filter(tag -> !tag.isEmpty())
            .toList();
    return about()
        .with("tags", Data.of(tags))
        .with("app", given.get("app"))
        .with("version", given.get("version"));
  }

  private Data.Fields about() {
    return Data.Fields.EMPTY.with("env", environment);
  }

  /** Fields that the plan does not have are left out. */
  private static AgentTask task(String action, Data.Fields given, Data.Fields arguments) {
    Data.Fields all =
        text(given, "mode").equals("check") ? arguments.with("check", true) : arguments;
    Data.Fields there = Data.Fields.EMPTY;
    for (var field : all.values().entrySet()) {
      there = field.getValue().isNone() ? there : there.with(field.getKey(), field.getValue());
    }
    return new AgentTask(Runner.CAPABILITY, action, there);
  }

  /** Whether a runner says that it does work of this kind. */
  boolean isAllowedBy(Runner runner, Planned.Work work) {
    Data.Fields given = work.arguments();
    return switch (work.action()) {
      case "run-module" -> runner.allowsModule(environment, text(given, "module"));
      case "apply-roles" ->
          runner.allowsRoles(
              environment,
              given.get("roles").items().stream().flatMap(role -> role.text().stream()).toList());
      case "update-code" -> runner.deploys(environment);
      default -> false;
    };
  }

  private static String text(Data.Fields given, String name) {
    return given.get(name).text().orElse("");
  }
}
