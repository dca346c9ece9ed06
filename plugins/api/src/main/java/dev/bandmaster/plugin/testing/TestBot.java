package dev.bandmaster.plugin.testing;

import dev.bandmaster.model.Data;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodeFilter;
import dev.bandmaster.model.NodeSelection;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.Plugin;
import dev.bandmaster.plugin.PluginContext;
import dev.bandmaster.plugin.PluginSettings;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A bot of one plugin for its tests. It reads a command more simply than the real one does: words
 * between spaces, {@code name=value} and {@code --flag}. Used by one thread.
 *
 * <pre>{@code
 * bot.says("disk-report web1");
 * assertThat(bot.nextReply()).contains("web1");
 * }</pre>
 */
public final class TestBot {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final List<CommandPlugin> commands;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> outputs = new LinkedHashMap<>();
  private final Deque<String> replies = new ArrayDeque<>();

  /** A bot of this plugin without settings, and without nodes. */
  public TestBot(Plugin plugin) {
    this(plugin, PluginSettings.NONE);
  }

  /** A bot of this plugin, without nodes. */
  public TestBot(Plugin plugin, PluginSettings settings) {
    commands =
        List.copyOf(
            plugin.commands(
                new PluginContext() {
                  @Override
                  public PluginSettings settings() {
                    return settings;
                  }

                  @Override
                  public void log(String sentence) {
                    // Nobody reads it.
                  }
                }));
  }

  /**
   * Adds a node.
   *
   * @param output what it prints when work is sent to it
   */
  public TestBot withNode(String name, String environment, String output) {
    nodes.add(new Node(name, environment, Map.of(), List.of(), List.of(), Map.of(), NOW, true));
    outputs.put(name, output);
    return this;
  }

  /**
   * Says a command to the bot.
   *
   * @throws IllegalArgumentException if the plugin has no such command
   */
  public void says(String line) {
    List<String> words = List.of(line.strip().split("\\s+"));
    CommandPlugin command =
        commands.stream()
            .filter(each -> each.declaration().name().equals(words.getFirst()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no command in: " + line));
    Arguments arguments =
        arguments(command.declaration().parameters(), words.subList(1, words.size()));
    replies.add(
        switch (command.plan(new Invocation(arguments, line), new Planning())) {
          case Planned.Refused(String reason) -> reason;
          case Planned.Answer(Message message) -> text(message);
          case Planned.Work work -> result(command, work);
        });
  }

  /**
   * The oldest reply that was not taken yet.
   *
   * @throws NoSuchElementException if there is none
   */
  public String nextReply() {
    return replies.remove();
  }

  private String result(CommandPlugin command, Planned.Work work) {
    List<NodeOutcome> outcomes =
        work.reach().nodes().stream()
            .map(node ->
                new NodeOutcome(
                    node,
                    NodeStatus.OK,
                    "",
                    outputs.getOrDefault(node, ""),
                    Data.none(),
                    Duration.ofMillis(10)))
            .toList();
    List<String> lines = new ArrayList<>();
    lines.add(work.title());
    outcomes.forEach(
        outcome -> lines.add(outcome.node() + ": " + command.presenter().describe(outcome)));
    lines.addAll(command.presenter().summary(outcomes));
    return String.join("\n", lines);
  }

  private static Arguments arguments(List<Parameter> parameters, List<String> words) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Deque<Parameter> places =
        parameters.stream()
            .filter(each -> each.form() == Parameter.Form.POSITIONAL)
            .collect(Collectors.toCollection(ArrayDeque::new));
    Optional<Parameter> rest =
        parameters.stream().filter(each -> each.form() == Parameter.Form.REST).findFirst();
    for (String word : words) {
      Optional<Parameter> option =
          parameters.stream()
              .filter(each ->
                  (each.form() == Parameter.Form.FLAG && word.equals("--" + each.name()))
                      || (each.form() == Parameter.Form.NAMED
                          && word.startsWith(each.name() + "=")))
              .findFirst();
      if (option.isPresent()) {
        String name = option.get().name();
        values.put(
            name,
            option.get().form() == Parameter.Form.FLAG
                ? List.of()
                : List.of(word.substring(name.length() + 1)));
      } else if (!places.isEmpty()) {
        values.put(places.remove().name(), List.of(word));
      } else if (rest.isPresent()) {
        values.computeIfAbsent(rest.get().name(), name -> new ArrayList<>()).add(word);
      } else {
        throw new IllegalArgumentException("nothing is declared for the word: " + word);
      }
    }
    return new Arguments(values);
  }

  private static String text(Message message) {
    return message.blocks().stream()
        .map(block ->
            switch (block) {
              case Message.Header(String text) -> text;
              case Message.Paragraph(Text text) -> text(text);
              case Message.Preformatted(String text) -> text;
              case Message.Footnote(Text text) -> text(text);
              case Message.Divider _ -> "";
              case Message.Buttons _ -> "";
            })
        .collect(Collectors.joining("\n"));
  }

  private static String text(Text text) {
    return text.spans().stream()
        .map(span ->
            switch (span) {
              case Text.Span.Plain(String words) -> words;
              case Text.Span.Bold(String words) -> words;
              case Text.Span.Code(String words) -> words;
              case Text.Span.Person(String user) -> user;
              case Text.Span.Group(String group) -> group;
              case Text.Span.Channel(String channel) -> channel;
              case Text.Span.Link(var _, String label) -> label;
              case Text.Span.Moment(Instant at, var _) -> at.toString();
            })
        .collect(Collectors.joining());
  }

  /** The nodes of the test, and no releases. */
  private final class Planning implements PlanningContext {
    @Override
    public Selection select(String filter) {
      return switch (NodeSelection.parse(filter)) {
        case NodeSelection.Parsed.Valid(NodeSelection(var selector, NodeFilter valid)) ->
            new Selection.Selected(
                nodes.stream()
                    .filter(node -> valid.matches(description(node)))
                    // There is no chance and no load in a test.
                    .limit(selector.isPresent() ? 1 : Long.MAX_VALUE)
                    .toList());
        case NodeSelection.Parsed.Invalid(String reason, var _) -> new Selection.Unreadable(reason);
      };
    }

    private NodeDescription description(Node node) {
      return new NodeDescription(
          node.name(),
          "test",
          node.environment(),
          node.applications(),
          node.roles(),
          node.tags(),
          node.facts(),
          List.of());
    }

    @Override
    public List<Node> running(String environment, String application) {
      return List.of();
    }

    @Override
    public Release release(String environment, String application, String version) {
      return new Release.Missing("There are no releases in this test.");
    }

    @Override
    public List<String> versions(String environment, String application) {
      return List.of();
    }

    @Override
    public List<String> deployed(String environment, String application) {
      return List.of();
    }

    @Override
    public Instant now() {
      return NOW;
    }
  }
}
