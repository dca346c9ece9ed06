package dev.bandmaster.standard.codeupdate;

import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.PlanningContext.Release;
import dev.bandmaster.standard.service.ServiceWork;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deploying and rolling back in an environment behind a service. The service chooses the hosts, so
 * there are no batches, and what runs on them is known from the history alone.
 */
final class ServiceDeploys {
  private ServiceDeploys() {}

  static Planned update(Invocation invocation, PlanningContext context) {
    Arguments arguments = invocation.arguments();
    String environment = arguments.word("env");
    String application = arguments.word("app");
    Optional<String> steps = refusedSteps(environment, arguments);
    if (steps.isPresent()) {
      return new Planned.Refused(steps.get());
    }
    return arguments
        .find("version")
        .or(() -> context.versions(environment, application).stream().findFirst())
        .map(version -> deploy(arguments, "codeupdate", environment, application, version, context))
        .orElseGet(() ->
            new Planned.Refused(
                "Which version of %s? Its releases cannot be listed; add `version=…`."
                    .formatted(application)));
  }

  /**
   * Only what was deployed before is gone back to: this must not be a way around the right to
   * deploy.
   */
  static Planned rollback(Invocation invocation, PlanningContext context) {
    Arguments arguments = invocation.arguments();
    String environment = arguments.word("env");
    String application = arguments.word("app");
    Optional<String> steps = refusedSteps(environment, arguments);
    if (steps.isPresent()) {
      return new Planned.Refused(steps.get());
    }
    List<String> good = context.deployed(environment, application);
    Optional<String> typed = arguments.find("version");
    if (typed.filter(version -> !good.contains(version)).isPresent()) {
      return new Planned.Refused(
          "%s %s was not deployed to %s with success. %s"
              .formatted(
                  application,
                  typed.get(),
                  environment,
                  good.isEmpty()
                      ? "Nothing was."
                      : "These were: " + String.join(", ", good) + "."));
    }
    Optional<String> last = context.attempted(environment, application);
    return typed
        .or(() -> good.stream().filter(version -> !last.equals(Optional.of(version))).findFirst())
        .map(version -> deploy(arguments, "rollback", environment, application, version, context))
        .orElseGet(() ->
            new Planned.Refused(
                "No earlier version of %s in %s is known: none was deployed with the bot."
                    .formatted(application, environment)));
  }

  private static Planned deploy(
      Arguments arguments,
      String command,
      String environment,
      String application,
      String version,
      PlanningContext context) {
    return switch (context.release(environment, application, version)) {
      case Release.Tagged(String tags) -> {
        Planned.Work work = ServiceWork.deploy(command, environment, application, version, tags);
        yield arguments.has("dry-run")
            ? context
                .delegation(environment)
                .flatMap(delegation -> ServiceWork.check(delegation, work))
                .orElse(work)
            : work;
      }
      case Release.Missing(String reason) -> new Planned.Refused(reason);
      case Release.Found _ ->
          new Planned.Refused("%s is deployed by agents.".formatted(environment));
    };
  }

  private static Optional<String> refusedSteps(String environment, Arguments arguments) {
    List<String> steps =
        Stream.of("canary", "batch", "pause", "max-failures")
            .filter(arguments::has)
            .map(name -> "`--" + name + "`")
            .toList();
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s is served by Ansible, which chooses the hosts itself and works on all of them: leave out %s."
                .formatted(environment, String.join(" and ", steps)));
  }
}
