package dev.bandmaster.standard.service;

import dev.bandmaster.model.Data;
import dev.bandmaster.model.Names;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.PlanningContext.Delegation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What all work for a service has in common: its names, and what is checked before. */
public final class ServiceWork {
  /** What such work is called in plans. */
  static final String CAPABILITY = "service";

  /** Words of arguments reach the service in one text, so they hold nothing that a shell reads. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]{1,200}");

  /** Groups that every inventory has, and the machine of the service itself. */
  private static final Set<String> NOT_A_TARGET = Set.of("all", "ungrouped", "localhost");

  /** Characters of what was typed that a refusal repeats. */
  private static final int LONGEST_REPEATED = 60;

  private static final Set<String> READ_ONLY = Set.of("ping", "setup");

  private ServiceWork() {}

  /** Goes on where a service carries out the environment's work, or refuses. */
  static Planned in(
      PlanningContext context, String environment, Function<Delegation, Planned> next) {
    return context
        .delegation(environment)
        .map(next)
        .orElseGet(() ->
            new Planned.Refused(
                "Agents on the hosts carry out the work of %s; this command is for environments behind a bootstrapper or runners.%s"
                    .formatted(environment, known(context))));
  }

  private static String known(PlanningContext context) {
    return context.delegated().isEmpty()
        ? " None is configured."
        : " There are: " + String.join(", ", context.delegated()) + ".";
  }

  /** Why work cannot be for this host or group; empty if it can. */
  static Optional<String> problem(String host) {
    if (!Names.isName(host)) {
      return Optional.of(
          "'%s' is no name of a host or group: a name has letters, digits, dots, dashes and underscores. Name one host or group, without patterns."
              .formatted(shortened(host)));
    }
    return NOT_A_TARGET.contains(host)
        ? Optional.of("'%s' cannot be worked on. Name a host or a group.".formatted(host))
        : Optional.empty();
  }

  /** Work on a host or a group of the service's inventory. */
  static Planned.Work on(
      String title, String action, Data.Fields arguments, String host, Effect effect) {
    return Planned.Work.atOnce(
        title, CAPABILITY, action, arguments, new Reach.ChosenByBackend(host, false), effect);
  }

  /**
   * The same work as a dry run: the service says what would change. Empty where it cannot; the plan
   * alone is shown there.
   */
  public static Optional<Planned.Work> check(Delegation delegation, Planned.Work work) {
    return delegation.checks()
        ? Optional.of(
            Planned.Work.atOnce(
                work.title() + " --dry-run",
                work.capability(),
                work.action(),
                work.arguments().with("mode", "check"),
                work.reach(),
                Effect.READ_ONLY))
        : Optional.empty();
  }

  /** The plan to run a module. */
  public static Planned adhoc(
      String title,
      Delegation delegation,
      String environment,
      String host,
      String module,
      List<String> words) {
    if (!delegation.modules().contains(module)) {
      return new Planned.Refused(
          "The module '%s' is not allowed in %s.%s"
              .formatted(shortened(module), environment, allowed(delegation.modules())));
    }
    Optional<String> problem = problem(host);
    if (problem.isPresent()) {
      return new Planned.Refused(problem.get());
    }
    for (String word : words) {
      if (!PLAIN.matcher(word).matches()) {
        return new Planned.Refused(
            "'%s' cannot be passed on: arguments have letters, digits and _ . / : = @ %% + , - only."
                .formatted(shortened(word)));
      }
    }
    return on(
        title,
        "run-module",
        Data.Fields.EMPTY
            .with("host", host)
            .with("module", module)
            .with("arguments", Data.of(words)),
        host,
        READ_ONLY.contains(module) ? Effect.READ_ONLY : Effect.CHANGES);
  }

  /** The plan to deploy a version; the tags say to the service which hosts and what. */
  public static Planned.Work deploy(
      String command, String environment, String application, String version, String tags) {
    return Planned.Work.atOnce(
            "%s %s %s version=%s".formatted(command, environment, application, version),
            CAPABILITY,
            "update-code",
            Data.Fields.EMPTY.with("tags", tags).with("app", application).with("version", version),
            new Reach.ChosenByBackend(application + "@" + environment, false),
            Effect.CHANGES)
        .on(new Planned.Subject(environment, application, version));
  }

  /** The roles of a comma-separated list that are not allowed, and why; empty if all are. */
  static Optional<String> problem(Delegation delegation, String environment, List<String> roles) {
    List<String> unknown = new ArrayList<>(roles);
    unknown.removeAll(delegation.roles());
    if (!unknown.isEmpty() || roles.isEmpty()) {
      return Optional.of(
          "The role '%s' is not allowed in %s.%s"
              .formatted(
                  shortened(String.join(",", unknown)), environment, allowed(delegation.roles())));
    }
    return Optional.empty();
  }

  /** What was typed, as a sentence may repeat it. */
  static String shortened(String text) {
    return text.length() <= LONGEST_REPEATED ? text : text.substring(0, LONGEST_REPEATED) + "…";
  }

  private static String allowed(Collection<String> names) {
    return names.isEmpty()
        ? " None is."
        : " Allowed: " + String.join(", ", names.stream().sorted().toList()) + ".";
  }
}
