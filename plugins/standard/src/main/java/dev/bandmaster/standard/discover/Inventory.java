package dev.bandmaster.standard.discover;

import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The account of a set of nodes: an environment after the other, a line a node, and who is not
 * seen.
 *
 * @param now the time from which ages are counted
 * @param facts the facts to show behind each node
 */
record Inventory(Instant now, List<String> facts) {
  /** The fact that is there only if it is bad news: how far the node's clock is off. */
  private static final String CLOCK = "clock";

  Message describe(List<Node> nodes) {
    List<Block> blocks = new ArrayList<>();
    long present = nodes.stream().filter(Node::present).count();
    blocks.add(
        new Message.Paragraph(
            Text.EMPTY
                .bold(nodes.size() == 1 ? "1 node" : nodes.size() + " nodes")
                .and(present == nodes.size() ? ", all present" : ", " + present + " present")));
    Map<String, List<Node>> byEnvironment =
        nodes.stream()
            .collect(Collectors.groupingBy(Node::environment, TreeMap::new, Collectors.toList()));
    List<Block> plain = new ArrayList<>();
    List<List<Text>> rows = new ArrayList<>();
    byEnvironment.forEach((environment, members) -> {
      members.forEach(node -> rows.add(row(node)));
      plain.add(new Message.Paragraph(Text.EMPTY.bold(environment)));
      plain.add(
          new Message.Preformatted(
              members.stream().map(this::line).collect(Collectors.joining("\n"))));
    });
    if (rows.isEmpty()) {
      return new Message(blocks);
    }
    List<String> columns =
        new ArrayList<>(List.of("Node", "Environment", "Applications", "Roles", "Tags", "State"));
    facts.stream().limit(Message.Table.MOST_COLUMNS - columns.size()).forEach(columns::add);
    blocks.add(new Message.Table("Nodes", columns, rows, plain));
    return new Message(blocks);
  }

  private List<Text> row(Node node) {
    List<Text> cells = new ArrayList<>();
    cells.add(Text.EMPTY.code(node.name()));
    cells.add(Text.plain(node.environment()));
    cells.add(Text.plain(String.join(", ", applications(node))));
    cells.add(Text.plain(String.join(", ", node.roles())));
    cells.add(Text.plain(String.join(", ", node.tags())));
    cells.add(
        Text.plain(
            node.present()
                ? "present"
                : "silent for " + age(Duration.between(node.lastSeen(), now))));
    facts.stream()
        .limit(Message.Table.MOST_COLUMNS - cells.size())
        .forEach(fact -> cells.add(Text.plain(node.facts().getOrDefault(fact, "?"))));
    return cells;
  }

  private static List<String> applications(Node node) {
    return new TreeMap<>(node.applications())
        .entrySet().stream()
            .map(each ->
                each.getValue().isEmpty() ? each.getKey() : each.getKey() + " " + each.getValue())
            .toList();
  }

  private String line(Node node) {
    List<String> parts = new ArrayList<>();
    parts.add(node.name());
    parts.addAll(applications(node));
    if (!node.roles().isEmpty()) {
      parts.add("roles " + String.join(",", node.roles()));
    }
    if (!node.tags().isEmpty()) {
      parts.add("tags " + String.join(",", node.tags()));
    }
    for (String fact : facts) {
      parts.add(fact + "=" + node.facts().getOrDefault(fact, "?"));
    }
    if (!facts.contains(CLOCK) && node.facts().containsKey(CLOCK)) {
      parts.add("clock " + node.facts().get(CLOCK));
    }
    if (!node.present()) {
      parts.add("silent for " + age(Duration.between(node.lastSeen(), now)));
    }
    return String.join(" · ", parts);
  }

  private static String age(Duration duration) {
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : duration.toSeconds() + " s";
  }
}
