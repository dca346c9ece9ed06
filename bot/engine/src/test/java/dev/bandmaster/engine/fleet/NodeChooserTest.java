package dev.bandmaster.engine.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.Load;
import dev.bandmaster.model.NodeSelection.Selector;
import dev.bandmaster.plugin.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeChooserTest {
  private final Map<String, Load> loads =
      Map.of("web1", new Load(3, 2), "web2", new Load(4, 8), "web4", new Load(-1, 1));

  private final NodeChooser chooser =
      new NodeChooser(node -> Optional.ofNullable(loads.get(node)), new Random(7));

  private static Node node(String name, boolean present) {
    return new Node(
        name, "staging", Map.of(), List.of(), List.of(), Map.of(), Instant.EPOCH, present);
  }

  private static final List<Node> NODES =
      List.of(node("web0", false), node("web1", true), node("web2", true), node("web4", true));

  private String chosen(Selector selector, String filter) {
    return chooser.choose(selector, NODES, filter).map(Node::name).orElse("");
  }

  @Test
  void commandW6_onlyNodesThatArePresentAreChosen() {
    assertThat(chosen(Selector.ANY, "x")).isEqualTo("web1");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      seen.add(chosen(Selector.RANDOM, "x"));
    }
    assertThat(seen).containsExactlyInAnyOrder("web1", "web2", "web4");
    for (Selector selector : Selector.values()) {
      assertThat(chooser.choose(selector, List.of(node("web0", false)), "x")).isEmpty();
      assertThat(chooser.choose(selector, List.of(), "x")).isEmpty();
    }
  }

  @Test
  void commandW6_theLoadCountsForEachProcessorAndSilenceIsNoRest() {
    assertThat(chosen(Selector.LEAST_LOADED, "x")).isEqualTo("web2");
    assertThat(
            chooser
                .choose(Selector.LEAST_LOADED, List.of(node("web4", true), node("web9", true)), "x")
                .map(Node::name))
        .contains("web4");
  }

  @Test
  void commandW6_turnsGoRoundForEachFilter() {
    List<String> turns = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      turns.add(chosen(Selector.ROUND_ROBIN, "role=worker"));
    }
    assertThat(turns).containsExactly("web1", "web2", "web4", "web1");
    assertThat(chosen(Selector.ROUND_ROBIN, "tag=ssd")).isEqualTo("web1");
  }
}
