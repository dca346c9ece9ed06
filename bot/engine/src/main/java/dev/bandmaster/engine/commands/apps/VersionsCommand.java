package dev.bandmaster.engine.commands.apps;

import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.catalogue.Listing;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code versions}: the versions of an application, the newest first, and what runs where. */
record VersionsCommand(Presence presence, Catalogue catalogue) implements Command.Answer {

  /** Versions that are shown; those that nodes run are shown in any case. */
  private static final int MOST_SHOWN = 30;

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "versions",
          List.of(),
          "lists the versions of an application and what runs where",
          List.of(Parameter.positional("app", new Parameter.Type.Application(), "which")),
          List.of("versions web"),
          CommandTraits.STANDARD.about(Topic.NODES));

  @Override
  public Message to(Asker asker, Arguments arguments) {
    String app = arguments.word("app");
    Map<String, Map<String, List<String>>> running = running(app);
    Set<String> listed = new LinkedHashSet<>();
    Set<String> reasons = new LinkedHashSet<>();
    boolean isListed = false;
    for (String env : catalogue.environments()) {
      if (!catalogue.runsIn(app, env)) {
        continue;
      }
      switch (catalogue.listing(env, app)) {
        case Listing.Known(List<String> versions) -> {
          listed.addAll(versions);
          isListed = true;
        }
        case Listing.Failed(String reason) -> reasons.add(reason);
        case Listing.NotListed() -> {
          // Another environment may list them.
        }
      }
    }
    Set<String> all = new LinkedHashSet<>(listed);
    all.addAll(running.keySet());
    all.remove("");
    List<Block> blocks = new ArrayList<>();
    if (all.isEmpty()) {
      String why =
          reasons.isEmpty()
              ? isListed ? "the list of its releases is empty" : "its releases cannot be listed"
              : "its releases cannot be listed now";
      return Message.sentence(
          "No version of %s is known: %s, and no node runs it. %s"
              .formatted(app, why, String.join(" ", reasons))
              .strip());
    }
    List<String> versions = Catalogue.newestFirst(all);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      String version = versions.get(i);
      if (i < MOST_SHOWN || running.containsKey(version)) {
        rows.add(List.of(version, where(running.getOrDefault(version, Map.of()))));
      }
    }
    blocks.add(new Message.Paragraph(Text.EMPTY.bold(app).and(": versions, the newest first")));
    blocks.add(new Message.Preformatted(String.join("\n", Columns.of(rows))));
    if (rows.size() < versions.size()) {
      blocks.add(
          new Message.Footnote(
              Text.plain("… and %d older.".formatted(versions.size() - rows.size()))));
    }
    reasons.forEach(reason -> blocks.add(new Message.Footnote(Text.plain("⚠️ " + reason))));
    if (listed.isEmpty() && reasons.isEmpty()) {
      blocks.add(
          new Message.Footnote(
              Text.plain(
                  isListed
                      ? "The list of its releases is empty; these are what nodes run."
                      : "Its releases cannot be listed; these are what nodes run.")));
    }
    return new Message(blocks);
  }

  /** The nodes by version and environment. */
  private Map<String, Map<String, List<String>>> running(String app) {
    Map<String, Map<String, List<String>>> running = new TreeMap<>();
    for (Node node : presence.nodes()) {
      String version = node.applications().get(app);
      if (version != null) {
        running
            .computeIfAbsent(version, _ -> new TreeMap<>())
            .computeIfAbsent(node.environment(), _ -> new ArrayList<>())
            .add(node.name());
      }
    }
    return running;
  }

  private static String where(Map<String, List<String>> nodes) {
    return nodes.entrySet().stream()
        .map(each ->
            "%s: %s (%d)"
                .formatted(each.getKey(), NodeSet.fold(each.getValue()), each.getValue().size()))
        .collect(Collectors.joining(" · "));
  }
}
