package dev.bandmaster.standard.codeupdate;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Difference;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Rollout.Size;
import dev.bandmaster.standard.Matching;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An application on the nodes of an environment that have it: what deploying and rolling back have
 * in common.
 *
 * @param arguments as typed, with the steps that were asked for
 * @param nodes never empty
 */
record Deploys(Arguments arguments, String environment, String application, List<Node> nodes) {
  /** How long the nodes of a batch have: they fetch, restart and check. */
  static final Duration DEADLINE = Duration.ofMinutes(15);

  private static final String CAPABILITY = "deploy";

  Deploys {
    nodes = List.copyOf(nodes);
  }

  /** Plans for the application and the environment that are named, or refuses if no node has it. */
  static Planned plan(
      Invocation invocation, PlanningContext context, Function<Deploys, Planned> further) {
    String environment = invocation.arguments().word("env");
    String application = invocation.arguments().word("app");
    List<Node> nodes = context.running(environment, application);
    if (nodes.isEmpty()) {
      return new Planned.Refused(
          "No node in %2$s has %1$s. To list its nodes: `discover env=%3$s`."
              .formatted(application, environment, environment));
    }
    return further.apply(new Deploys(invocation.arguments(), environment, application, nodes));
  }

  /** The version that was typed, or else the first of these. */
  Optional<String> version(Supplier<Stream<String>> others) {
    return arguments.find("version").or(() -> others.get().findFirst());
  }

  /** The version a node says it runs now, or empty where it does not say. */
  String now(Node node) {
    return node.applications().getOrDefault(application, "");
  }

  /**
   * The work that brings a version to the nodes, in the steps that were asked for.
   *
   * @param details what the action needs beside application and version
   */
  Planned.Work work(String command, String action, String version, Data.Fields details) {
    return Planned.Work.atOnce(
            "%s %s %s version=%s".formatted(command, environment, application, version),
            CAPABILITY,
            action,
            about().with("version", version).with(details),
            new Reach.Frozen(Matching.names(nodes)),
            Effect.CHANGES)
        .in(rollout())
        .on(new Planned.Subject(environment, application, version))
        .changing(differences(version));
  }

  /** The work that brings a version back to nodes that had it, all together. */
  static Planned.Work restoring(String action, Planned.Subject before, List<String> nodes) {
    return Planned.Work.atOnce(
            "%s %s %s version=%s"
                .formatted(action, before.environment(), before.application(), before.version()),
            CAPABILITY,
            action,
            Data.Fields.EMPTY.with("app", before.application()).with("version", before.version()),
            new Reach.Frozen(nodes),
            Effect.CHANGES)
        .on(before);
  }

  /** The steps that were asked for; between them the nodes are asked how the application is. */
  private Rollout rollout() {
    return new Rollout(
        arguments.size("canary").orElse(Size.NONE),
        arguments.size("batch").orElse(Size.ALL),
        arguments.span("pause").orElse(Duration.ZERO),
        arguments.size("max-failures").orElse(Size.NONE),
        Optional.of(new Rollout.Check(CAPABILITY, "status", about())));
  }

  /** What would change, from what the nodes say they run now. */
  private List<Difference> differences(String version) {
    return nodes.stream()
        .collect(
            Collectors.groupingBy(
                this::now, TreeMap::new, Collectors.mapping(Node::name, Collectors.toList())))
        .entrySet()
        .stream()
        .map(group -> new Difference(group.getValue(), group.getKey(), version))
        .toList();
  }

  private Data.Fields about() {
    return Data.Fields.EMPTY.with("app", application);
  }
}
