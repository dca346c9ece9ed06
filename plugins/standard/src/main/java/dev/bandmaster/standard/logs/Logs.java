package dev.bandmaster.standard.logs;

import dev.bandmaster.model.Data;
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
import dev.bandmaster.plugin.Rollout.Size;
import dev.bandmaster.standard.Matching;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Shows the last lines of an application's logs, or of a node's own, and follows them for a while.
 * Which logs those are, and what is replaced in them, is declared on the node.
 */
public final class Logs implements CommandPlugin {

  /** What nodes call their own log. */
  private static final String SYSTEM = "system";

  private static final int MOST_LINES = 5_000;
  private static final int MOST_NODES = 50;
  private static final int LONGEST_TEXT = 200;
  private static final Duration LONGEST_SINCE = Duration.ofDays(365);
  private static final Duration LONGEST_FOLLOW = Duration.ofMinutes(5);

  private static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "logs",
          List.of(),
          "shows the last lines of logs",
          List.of(
              Parameter.positional("env", new Parameter.Type.Environment(), "where"),
              Parameter.positional(
                  "app", new Parameter.Type.Word(), "an application, or a node for its own log"),
              Parameter.positional(
                      "nodes",
                      new Parameter.Type.Nodes(),
                      "only these nodes: comma-separated names or globs")
                  .optional(),
              Parameter.named(
                  "since", new Parameter.Type.Span(), "only lines that are no older than this"),
              Parameter.named(
                  "lines", new Parameter.Type.Size(), "lines of each node (default: 200)"),
              Parameter.named("find", new Parameter.Type.Word(), "only lines with this text"),
              Parameter.named(
                  "follow", new Parameter.Type.Span(), "waits so long for more lines, up to 5m")),
          List.of(
              "logs staging web",
              "logs prod web --since 10m --find timeout",
              "logs prod web web1 --follow 2m"),
          CommandTraits.STANDARD.within(LONGEST_FOLLOW.plusSeconds(30)).withForm());

  @Override
  public CommandDeclaration declaration() {
    return DECLARATION;
  }

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    Arguments arguments = invocation.arguments();
    Optional<String> wrong = wrong(arguments);
    if (wrong.isPresent()) {
      return new Planned.Refused(wrong.get());
    }
    String environment = arguments.word("env");
    String word = arguments.word("app");
    List<Node> having = context.running(environment, word);
    if (having.isEmpty()) {
      return Matching.nodes(
          context, Matching.within(environment, word), nodes -> work(invocation, SYSTEM, nodes));
    }
    return arguments
        .find("nodes")
        .map(nodes ->
            Matching.nodes(
                context,
                Matching.within(environment, nodes),
                selected -> {
                  List<String> names = Matching.names(selected);
                  List<Node> meant =
                      having.stream().filter(node -> names.contains(node.name())).toList();
                  return meant.isEmpty()
                      ? new Planned.Refused(
                          "No node that matches '%s' in %s has %s. It is on %s."
                              .formatted(
                                  nodes,
                                  environment,
                                  word,
                                  String.join(", ", Matching.names(having))))
                      : work(invocation, word, meant);
                }))
        .orElseGet(() -> work(invocation, word, having));
  }

  /** A sentence about the first argument that is out of its bounds. */
  private static Optional<String> wrong(Arguments arguments) {
    Optional<Size> lines = arguments.size("lines");
    if (lines
        .filter(size -> size.isPercent() || size.amount() < 1 || size.amount() > MOST_LINES)
        .isPresent()) {
      return Optional.of("lines is a number from 1 to 5000, for example `--lines 500`.");
    }
    if (arguments.span("follow").filter(time -> time.compareTo(LONGEST_FOLLOW) > 0).isPresent()) {
      return Optional.of("A log can be followed for up to 5m, for example `--follow 2m`.");
    }
    if (arguments
        .find("find")
        .filter(text -> text.isEmpty() || text.length() > LONGEST_TEXT)
        .isPresent()) {
      return Optional.of("The text to find has 1 to 200 characters.");
    }
    return arguments.span("since").filter(time -> time.compareTo(LONGEST_SINCE) > 0).isPresent()
        ? Optional.of("since goes back 365d at most.")
        : Optional.empty();
  }

  /** Only nodes that are there are asked: a log that nobody can send is not waited for. */
  private static Planned work(Invocation invocation, String log, List<Node> nodes) {
    List<Node> present = nodes.stream().filter(Node::present).toList();
    List<Node> asked = present.isEmpty() ? nodes : present;
    if (asked.size() > MOST_NODES) {
      return new Planned.Refused(
          "These are %d nodes; logs can be shown of %d at a time. Name some of them, for example `logs %s %s %s`."
              .formatted(
                  asked.size(),
                  MOST_NODES,
                  invocation.arguments().word("env"),
                  invocation.arguments().word("app"),
                  asked.getFirst().name()));
    }
    Arguments arguments = invocation.arguments();
    Data.Fields sent = Data.Fields.EMPTY.with("app", log);
    sent = seconds(sent, "since", arguments.span("since"));
    sent = seconds(sent, "follow", arguments.span("follow"));
    if (arguments.size("lines").isPresent()) {
      sent = sent.with("lines", arguments.size("lines").get().amount());
    }
    if (arguments.find("find").isPresent()) {
      sent = sent.with("find", arguments.find("find").get());
    }
    return Planned.Work.atOnce(
        invocation.canonical(),
        "logs",
        "read",
        sent,
        new Reach.Frozen(Matching.names(asked)),
        Effect.READ_ONLY);
  }

  private static Data.Fields seconds(Data.Fields sent, String name, Optional<Duration> time) {
    return time.filter(Duration::isPositive)
        .map(span -> sent.with(name, span.toSeconds()))
        .orElse(sent);
  }
}
