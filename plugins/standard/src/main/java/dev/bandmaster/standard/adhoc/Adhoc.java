package dev.bandmaster.standard.adhoc;

import dev.bandmaster.model.Data;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.model.NodeSet;
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
import dev.bandmaster.plugin.PlanningContext.Delegation;
import dev.bandmaster.plugin.Risk;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Rollout.Size;
import dev.bandmaster.standard.Matching;
import dev.bandmaster.standard.service.ServiceWork;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Runs one of the agents' small modules on some nodes. The words behind the module reach the agent
 * as a list and never a shell; what a module may be told is the agent's own decision.
 */
public final class Adhoc implements CommandPlugin {

  private static final List<String> MODULES =
      List.of("ping", "uptime", "disk", "service", "command");

  /** Before the name of a module that is a program on the node, in the node's facts. */
  private static final String OFFERED = "module.";

  /** Which nodes a limit leaves. */
  private static final String FIRST = "first";

  private static final String RANDOM = "random";

  private static final Set<String> READ_ONLY = Set.of("ping", "uptime", "disk");

  private static final List<String> OPTIONS = List.of("batch", "limit", "pick", "max-failures");

  private final CommandDeclaration declaration;
  private final RandomGenerator random;

  /** The command with the agents' modules alone. */
  public Adhoc() {
    this(Set.of());
  }

  /**
   * The command.
   *
   * @param more modules that services run besides; which of them an environment allows is decided
   *     for each plan
   */
  public Adhoc(Set<String> more) {
    this(more, new SecureRandom());
  }

  /**
   * The same with a chance of its own.
   *
   * @param random chooses where some of many nodes are wanted
   */
  public Adhoc(Set<String> more, RandomGenerator random) {
    this.random = random;
    this.declaration =
        declaration(Stream.concat(MODULES.stream(), more.stream().sorted()).distinct().toList());
  }

  private static CommandDeclaration declaration(List<String> modules) {
    return new CommandDeclaration(
        "adhoc",
        List.of(),
        "runs a module on some nodes",
        List.of(
            Parameter.positional("env", new Parameter.Type.Environment(), "where"),
            Parameter.positional(
                "nodes", new Parameter.Type.Nodes(), "nodes: comma-separated names or globs"),
            Parameter.named(
                "batch", new Parameter.Type.Size(), "nodes at a time, as 10 or 25% (default: all)"),
            Parameter.named(
                "limit", new Parameter.Type.Size(), "only so many of the nodes, as 3 or 10%"),
            Parameter.named(
                "pick",
                new Parameter.Type.Choice(List.of(FIRST, RANDOM)),
                "which nodes with limit (default: first)"),
            Parameter.named(
                "max-failures",
                new Parameter.Type.Size(),
                "failures allowed before it stops between batches (default: 0)"),
            Parameter.positional(
                "module",
                new Parameter.Type.Choice(modules, true),
                String.join(", ", modules) + ", or one that the nodes offer"),
            Parameter.rest("args", new Parameter.Type.Word(), "arguments for the module")),
        List.of(
            "adhoc staging web1 uptime",
            "adhoc staging web* disk",
            "adhoc staging any(role=worker) uptime",
            "adhoc staging web* --limit 20% --pick random --batch 2 disk",
            "adhoc prod web1,web2 service web status"),
        CommandTraits.STANDARD.risking(Risk.DEPENDS).withForm());
  }

  @Override
  public CommandDeclaration declaration() {
    return declaration;
  }

  @Override
  public String permission(Arguments arguments) {
    return "adhoc:" + arguments.word("module");
  }

  @Override
  public List<String> permissions() {
    return MODULES.stream().map(module -> "adhoc:" + module).toList();
  }

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    Arguments arguments = invocation.arguments();
    String module = arguments.word("module");
    String environment = arguments.word("env");
    Optional<Delegation> service = context.delegation(environment);
    if (service.isPresent() && OPTIONS.stream().anyMatch(arguments::has)) {
      return new Planned.Refused(
          "The hosts of %s are known to its service alone, so there are no batches and no limit there."
              .formatted(environment));
    }
    if (service.isPresent()) {
      return ServiceWork.adhoc(
          invocation.canonical(),
          service.get(),
          environment,
          arguments.word("nodes"),
          module,
          arguments.words("args"));
    }
    if (arguments.size("limit").filter(size -> size.amount() == 0).isPresent()) {
      return new Planned.Refused("`--limit 0` leaves no node. Give a number, or a part as 10%.");
    }
    if (arguments.has("pick") && !arguments.has("limit")) {
      return new Planned.Refused(
          "`--pick` says which nodes `--limit` leaves; give both, or `random(%s)` for one node."
              .formatted(arguments.word("nodes")));
    }
    Data.Fields sent = Data.Fields.EMPTY.with("arguments", Data.of(arguments.words("args")));
    String filter = Matching.within(environment, arguments.word("nodes"));
    return Matching.nodes(
        context,
        filter,
        found -> {
          List<Node> nodes = limited(arguments, found);
          Optional<String> refusal = refusal(module, nodes);
          if (refusal.isPresent()) {
            return new Planned.Refused(refusal.get());
          }
          return Planned.Work.atOnce(
                  invocation.canonical(),
                  "adhoc",
                  module,
                  sent,
                  new Reach.Frozen(Matching.names(nodes)),
                  READ_ONLY.contains(module) ? Effect.READ_ONLY : Effect.CHANGES)
              .in(
                  new Rollout(
                      Size.NONE,
                      arguments.size("batch").orElse(Size.ALL),
                      Duration.ZERO,
                      arguments.size("max-failures").orElse(Size.NONE),
                      Optional.empty()));
        });
  }

  /**
   * As many of the nodes as are wanted, at least one, in the order of their names. Nodes that are
   * not present are wanted only where none is.
   */
  private List<Node> limited(Arguments arguments, List<Node> nodes) {
    Optional<Size> limit = arguments.size("limit");
    if (limit.isEmpty()) {
      return nodes;
    }
    List<Node> chosen = new ArrayList<>(nodes.stream().filter(Node::present).toList());
    if (chosen.isEmpty()) {
      chosen.addAll(nodes);
    }
    int most = Math.clamp(limit.get().of(nodes.size()), 1, chosen.size());
    if (arguments.find("pick").filter(RANDOM::equals).isPresent()) {
      Collections.shuffle(chosen, Random.from(random));
    }
    return chosen.subList(0, most).stream().sorted(Comparator.comparing(Node::name)).toList();
  }

  /** Nodes say in their description which modules of others they offer. */
  private static Optional<String> refusal(String module, List<Node> nodes) {
    if (MODULES.contains(module)) {
      return Optional.empty();
    }
    List<String> without =
        nodes.stream()
            .filter(node -> !node.facts().containsKey(OFFERED + module))
            .map(Node::name)
            .toList();
    if (without.isEmpty()) {
      return Optional.empty();
    }
    if (without.size() < nodes.size()) {
      return Optional.of(
          "%s does not offer the module '%s'. Choose nodes that do."
              .formatted(NodeSet.fold(without), module));
    }
    List<String> known =
        Stream.concat(
                MODULES.stream(),
                nodes.stream()
                    .flatMap(node -> node.facts().keySet().stream())
                    .filter(fact -> fact.startsWith(OFFERED))
                    .map(fact -> fact.substring(OFFERED.length())))
            .distinct()
            .sorted()
            .toList();
    String hint = Nearest.to(module, known).map(near -> " Did you mean '" + near + "'?").orElse("");
    return Optional.of(
        "There is no module '%s'.%s Modules on these nodes: %s."
            .formatted(shortened(module), hint, String.join(", ", known)));
  }

  private static String shortened(String word) {
    return word.length() <= 60 ? word : word.substring(0, 60) + "…";
  }
}
