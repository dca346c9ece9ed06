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
    byEnvironment.forEach((environment, members) -> {
      blocks.add(new Message.Paragraph(Text.EMPTY.bold(environment)));
      blocks.add(
          new Message.Preformatted(
              members.stream().map(this::line).collect(Collectors.joining("\n"))));
    });
    return new Message(blocks);
  }

  private String line(Node node) {
    List<String> parts = new ArrayList<>();
    parts.add(node.name());
    new TreeMap<>(node.applications())
        .forEach((name, version) -> parts.add(version.isEmpty() ? name : name + " " + version));
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
