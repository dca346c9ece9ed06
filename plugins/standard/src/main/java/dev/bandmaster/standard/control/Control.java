package dev.bandmaster.standard.control;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.ApplicationChange;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.PlanningContext.Selection;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Rollout.Size;
import dev.bandmaster.standard.Matching;
import dev.bandmaster.standard.codeupdate.DeployPresenter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Starts, stops, restarts or reloads an application on the nodes of an environment that have it, in
 * the steps that were asked for. Nodes know how: by the commands of the app, or by systemd.
 */
public final class Control implements CommandPlugin {

  /** How long the nodes of a batch have, with the health check behind it. */
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private static final String CAPABILITY = "deploy";

  /** What is done; agents call it by the same word. */
  public enum Verb {
    START("starts an application"),
    STOP("stops an application"),
    RESTART("restarts an application"),
    RELOAD("makes an application read its configuration again");

    private final String summary;

    Verb(String summary) {
      this.summary = summary;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Verb verb;
  private final CommandDeclaration declaration;

  public Control(Verb verb) {
    this.verb = verb;
    this.declaration =
        new CommandDeclaration(
            verb.word(),
            List.of(),
            verb.summary,
            List.of(
                Parameter.positional("env", new Parameter.Type.Environment(), "where"),
                Parameter.positional("app", new Parameter.Type.Application(), "what"),
                Parameter.positional(
                        "nodes",
                        new Parameter.Type.Nodes(),
                        "nodes: comma-separated names or globs (default: all that have it)")
                    .optional(),
                Parameter.named("canary", new Parameter.Type.Size(), "nodes in the first batch"),
                Parameter.named(
                    "batch", new Parameter.Type.Size(), "nodes at a time (default: all)"),
                Parameter.named("pause", new Parameter.Type.Span(), "pause after each batch"),
                Parameter.named(
                    "max-failures",
                    new Parameter.Type.Size(),
                    "failures allowed before it stops (default: 0)"),
                Parameter.named(
                    "emergency", new Parameter.Type.Word(), "reason to skip approval and freezes"),
                Parameter.flag("dry-run", "only shows the plan")),
            List.of(
                verb.word() + " staging web",
                verb.word() + " prod web web1,web2",
                verb.word() + " prod web --batch 25% --pause 1m"),
            CommandTraits.STANDARD.changing(ApplicationChange.RESTART).within(DEADLINE).withForm());
  }

  /** The four commands. */
  public static List<CommandPlugin> all() {
    return List.of(
        new Control(Verb.START),
        new Control(Verb.STOP),
        new Control(Verb.RESTART),
        new Control(Verb.RELOAD));
  }

  @Override
  public CommandDeclaration declaration() {
    return declaration;
  }

  /**
   * The command's name. Only {@code start} differs: the plain word is the right to start a job that
   * is approved and on hold.
   */
  @Override
  public String permission(Arguments arguments) {
    return permission();
  }

  @Override
  public List<String> permissions() {
    return List.of(permission());
  }

  /** To start a held job is {@code start}, so this is another. */
  private String permission() {
    return verb == Verb.START ? "start:app" : verb.word();
  }

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    Arguments arguments = invocation.arguments();
    String environment = arguments.word("env");
    String application = arguments.word("app");
    List<Node> having = context.running(environment, application);
    if (having.isEmpty()) {
      return new Planned.Refused(
          "No node in %2$s has %1$s. To list its nodes: `discover env=%2$s`."
              .formatted(application, environment));
    }
    Optional<String> nodes = arguments.find("nodes");
    if (nodes.isEmpty()) {
      return work(invocation, having);
    }
    return switch (context.select(Matching.within(environment, nodes.get()))) {
      case Selection.Unreadable(String reason) -> new Planned.Refused(reason);
      case Selection.Selected(List<Node> selected) -> {
        Set<String> names = selected.stream().map(Node::name).collect(Collectors.toSet());
        List<Node> meant = having.stream().filter(node -> names.contains(node.name())).toList();
        yield meant.isEmpty()
            ? new Planned.Refused(
                "No node that matches '%s' in %s has %s. It is on %s."
                    .formatted(
                        nodes.get(),
                        environment,
                        application,
                        String.join(", ", Matching.names(having))))
            : work(invocation, meant);
      }
    };
  }

  private Planned work(Invocation invocation, List<Node> nodes) {
    Arguments arguments = invocation.arguments();
    String environment = arguments.word("env");
    String application = arguments.word("app");
    Data.Fields about = Data.Fields.EMPTY.with("app", application);
    return Planned.Work.atOnce(
            title(arguments),
            CAPABILITY,
            verb.word(),
            about,
            new Reach.Frozen(Matching.names(nodes)),
            Effect.CHANGES)
        .in(rollout(arguments, about))
        .on(new Planned.Subject(environment, application, ""));
  }

  private String title(Arguments arguments) {
    String title = "%s %s %s".formatted(verb.word(), arguments.word("env"), arguments.word("app"));
    return arguments.find("nodes").map(nodes -> title + " " + nodes).orElse(title);
  }

  /** Between the steps nodes are asked how the application is; not where it was stopped. */
  private Rollout rollout(Arguments arguments, Data.Fields about) {
    return new Rollout(
        arguments.size("canary").orElse(Size.NONE),
        arguments.size("batch").orElse(Size.ALL),
        arguments.span("pause").orElse(Duration.ZERO),
        arguments.size("max-failures").orElse(Size.NONE),
        verb == Verb.STOP
            ? Optional.empty()
            : Optional.of(new Rollout.Check(CAPABILITY, "status", about)));
  }

  @Override
  public Presenter presenter() {
    return new DeployPresenter();
  }
}
