package dev.bandmaster.engine.commands.jobs;

import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.model.NodeSet;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * {@code where}: which version of an application runs where, as the nodes say themselves; where a
 * service does the work, what was deployed last.
 */
final class WhereCommand implements Command.Answer {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "where",
          List.of(),
          "shows which version of an application runs where",
          List.of(Parameter.positional("app", new Parameter.Type.Application(), "which")),
          List.of("where web"),
          CommandTraits.STANDARD.about(Topic.NODES));

  private final Presence presence;
  private final Catalogue catalogue;
  private final BiFunction<String, String, Optional<String>> deployed;

  /**
   * @param deployed the version that was brought to an environment last with success; of an
   *     environment and an application
   */
  WhereCommand(
      Presence presence,
      Catalogue catalogue,
      BiFunction<String, String, Optional<String>> deployed) {
    this.presence = presence;
    this.catalogue = catalogue;
    this.deployed = deployed;
  }

  @Override
  public Message to(Asker asker, Arguments arguments) {
    String application = arguments.word("app");
    Map<String, Map<String, List<Node>>> byPlace =
        presence.nodes().stream()
            .filter(node -> node.applications().containsKey(application))
            .collect(
                Collectors.groupingBy(
                    Node::environment,
                    TreeMap::new,
                    Collectors.groupingBy(
                        node -> node.applications().getOrDefault(application, ""),
                        TreeMap::new,
                        Collectors.toList())));
    Map<String, String> services = new TreeMap<>();
    for (String environment : catalogue.delegated()) {
      deployed
          .apply(environment, application)
          .ifPresent(version -> services.put(environment, version));
    }
    if (byPlace.isEmpty() && services.isEmpty()) {
      return Message.sentence("No node has " + application + ".");
    }
    List<Block> blocks = new ArrayList<>();
    String description = catalogue.describeApplication(application);
    if (!description.isEmpty()) {
      blocks.add(new Message.Paragraph(Text.plain(application + ": " + description)));
    }
    List<Block> plain = new ArrayList<>();
    List<List<Text>> rows = new ArrayList<>();
    byPlace.forEach((environment, versions) -> {
      versions.forEach((version, nodes) -> rows.add(row(environment, version, nodes)));
      plain.add(new Message.Paragraph(titled(environment)));
      plain.add(
          new Message.Preformatted(
              versions.entrySet().stream()
                  .map(version -> line(version.getKey(), version.getValue()))
                  .collect(Collectors.joining("\n"))));
    });
    services.forEach((environment, version) -> {
      String hosts = "deployed last; which hosts there are is not known here";
      rows.add(
          List.of(
              Text.plain(environment),
              Text.EMPTY.code(version),
              Text.plain("?"),
              Text.plain(hosts)));
      plain.add(new Message.Paragraph(titled(environment)));
      plain.add(new Message.Preformatted(version + ": " + hosts));
    });
    blocks.add(
        new Message.Table(
            "Versions of " + application,
            List.of("Environment", "Version", "Nodes", "Which"),
            rows,
            plain));
    return new Message(blocks);
  }

  private static List<Text> row(String environment, String version, List<Node> nodes) {
    List<String> silent = silent(nodes);
    String which = NodeSet.fold(nodes.stream().map(Node::name).toList());
    return List.of(
        Text.plain(environment),
        version.isEmpty() ? Text.plain("not deployed") : Text.EMPTY.code(version),
        Text.plain(Integer.toString(nodes.size())),
        Text.plain(silent.isEmpty() ? which : which + ", silent: " + NodeSet.fold(silent)));
  }

  private static List<String> silent(List<Node> nodes) {
    return nodes.stream().filter(node -> !node.present()).map(Node::name).toList();
  }

  private Text titled(String environment) {
    String description = catalogue.describeEnvironment(environment);
    Text title = Text.EMPTY.bold(environment);
    return description.isEmpty() ? title : title.and(": " + description);
  }

  private static String line(String version, List<Node> nodes) {
    List<String> silent = silent(nodes);
    return "%s: %s (%d)%s"
        .formatted(
            version.isEmpty() ? "not deployed" : version,
            NodeSet.fold(nodes.stream().map(Node::name).toList()),
            nodes.size(),
            silent.isEmpty() ? "" : ", silent: " + NodeSet.fold(silent));
  }
}
