package dev.bandmaster.engine.commands.apps;

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
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code changes}: what lies between the versions that nodes run and the one that is wanted. */
record ChangesCommand(Presence presence, Catalogue catalogue) implements Command.Answer {

  /** Versions between two that are named. */
  private static final int MOST_BETWEEN = 20;

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "changes",
          List.of(),
          "shows what a deploy would change",
          List.of(
              Parameter.positional("env", new Parameter.Type.Environment(), "where"),
              Parameter.positional("app", new Parameter.Type.Application(), "what"),
              Parameter.positional(
                      "version",
                      new Parameter.Type.Version(),
                      "the wanted version (default: the newest)")
                  .optional()),
          List.of("changes prod web", "changes prod web 1.4.2"),
          CommandTraits.STANDARD.about(Topic.NODES));

  @Override
  public Message to(Asker asker, Arguments arguments) {
    String environment = arguments.word("env");
    String app = arguments.word("app");
    List<String> listed = catalogue.versions(environment, app);
    Optional<String> wanted = arguments.find("version").or(() -> listed.stream().findFirst());
    if (wanted.isEmpty()) {
      return Message.sentence(
          "Which version of %s? Its releases cannot be listed; for example `changes %s %s 1.4.2`."
              .formatted(app, environment, app));
    }
    Map<String, List<String>> running =
        presence.nodes().stream()
            .filter(node -> node.environment().equals(environment))
            .filter(node -> node.applications().containsKey(app))
            .collect(
                Collectors.groupingBy(
                    node -> node.applications().getOrDefault(app, ""),
                    TreeMap::new,
                    Collectors.mapping(Node::name, Collectors.toList())));
    if (running.isEmpty()) {
      return Message.sentence("No node in %s has %s.".formatted(environment, app));
    }
    Planned.Subject subject = new Planned.Subject(environment, app, wanted.get());
    List<Block> blocks = new ArrayList<>();
    running.forEach((from, nodes) -> blocks.addAll(between(from, nodes, subject, listed)));
    catalogue
        .page(subject)
        .ifPresent(page ->
            blocks.add(
                new Message.Footnote(Text.EMPTY.link(page, "What is in " + subject.version()))));
    return new Message(blocks);
  }

  private List<Block> between(
      String from, List<String> nodes, Planned.Subject subject, List<String> listed) {
    String to = subject.version();
    Text head =
        Text.EMPTY
            .code(NodeSet.fold(nodes))
            .and(" (%d): ".formatted(nodes.size()))
            .and(from.isEmpty() ? "not deployed" : from);
    if (from.equals(to)) {
      return List.of(new Message.Paragraph(head.and(" already, nothing changes.")));
    }
    head = head.and(" → ").bold(to);
    Optional<String> link = from.isEmpty() ? Optional.empty() : catalogue.changes(from, subject);
    if (link.isPresent()) {
      head = head.and("  ").link(link.get(), "What changes");
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Message.Paragraph(head));
    int older = listed.indexOf(from);
    int newer = listed.indexOf(to);
    if (older >= 0 && newer >= 0 && Math.abs(older - newer) > 1) {
      List<String> passed = listed.subList(Math.min(older, newer) + 1, Math.max(older, newer));
      blocks.add(
          new Message.Footnote(
              Text.plain(
                  "%s %s%s"
                      .formatted(
                          newer < older ? "With" : "Back behind",
                          String.join(
                              ", ", passed.subList(0, Math.min(passed.size(), MOST_BETWEEN))),
                          passed.size() > MOST_BETWEEN
                              ? " and %d more".formatted(passed.size() - MOST_BETWEEN)
                              : ""))));
    }
    return blocks;
  }
}
