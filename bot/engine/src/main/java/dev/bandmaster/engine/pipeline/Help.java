package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.store.Audit;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code help}: what the asker may use here, and how. The first page fits a screen: the commands by
 * topic, what this person uses most above them. Each topic and each command has a page of its own.
 */
public final class Help implements Command.Answer {

  public static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "help",
          List.of(),
          "lists the commands you can use here",
          List.of(
              Parameter.rest(
                      "command", new Parameter.Type.Text(), "the command or topic to explain")
                  .optional()),
          List.of("help", "help codeupdate", "help alerts"));

  /** Of a person's latest commands so many are counted. */
  private static final int COUNTED = 200;

  private static final int MOST_USED = 5;

  private final CommandRegistry registry;
  private final PermissionCheck rights;
  private final HelpExamples examples;
  private final Audit audit;

  public Help(CommandRegistry registry, PermissionCheck rights, Catalogue catalogue, Audit audit) {
    this.registry = registry;
    this.rights = rights;
    this.examples = new HelpExamples(catalogue, rights);
    this.audit = audit;
  }

  @Override
  public Message to(Asker asker, Arguments arguments) {
    List<Command> usable =
        registry.commands().stream().filter(command -> rights.mayEver(asker, command)).toList();
    return arguments
        .find("command")
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .map(word -> explain(asker, word, usable))
        .orElseGet(() -> overview(asker, usable));
  }

  private Message overview(Asker asker, List<Command> usable) {
    List<Block> blocks = new ArrayList<>();
    List<String> most = mostUsed(asker, usable);
    if (!most.isEmpty()) {
      blocks.add(new Message.Paragraph(names("You use most", most)));
    }
    List<Button> topics = new ArrayList<>();
    HelpTopics.group(usable)
        .forEach((topic, commands) -> {
          String title = HelpTopics.title(topic);
          blocks.add(
              new Message.Paragraph(names(title, commands.stream().map(Help::name).toList())));
          topics.add(
              Offers.button(DECLARATION.name() + " " + title.toLowerCase(Locale.ROOT), title));
        });
    blocks.add(new Message.Buttons(topics));
    blocks.add(
        new Message.Footnote(
            Text.sentence(
                "For details: `help <command>`. In a channel, mention me first; in a DM, just type.")));
    return new Message(blocks);
  }

  private static Text names(String title, List<String> names) {
    Text text = Text.EMPTY.bold(title).newLine();
    for (String name : names) {
      text = text.code(name).and("  ");
    }
    return text;
  }

  private static String name(Command command) {
    return command.declaration().name();
  }

  /** What the person used most often lately, the most used first. */
  private List<String> mostUsed(Asker asker, List<Command> usable) {
    Map<String, Integer> uses = new LinkedHashMap<>();
    audit
        .of(asker.person().sender().principal(), COUNTED)
        .forEach(row ->
            registry
                .find(row.entry().action().split(":", 2)[0])
                .filter(usable::contains)
                .map(Help::name)
                .filter(name -> !name.equals(DECLARATION.name()))
                .ifPresent(name -> uses.merge(name, 1, Integer::sum)));
    return uses.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_USED)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Message explain(Asker asker, String word, List<Command> usable) {
    String wanted = word.toLowerCase(Locale.ROOT);
    List<Command> found =
        usable.stream().filter(command -> words(command).anyMatch(wanted::equals)).toList();
    List<Block> blocks = new ArrayList<>();
    found.forEach(command -> blocks.addAll(explain(asker, command)));
    HelpTopics.named(wanted).flatMap(topic -> topic(topic, usable)).ifPresent(blocks::add);
    return blocks.isEmpty() ? unknown(word, usable) : new Message(blocks);
  }

  private static Message unknown(String word, List<Command> usable) {
    return Message.sentence(
        "You cannot use the command '%s' here.%s"
            .formatted(
                ArgumentReader.shortened(word),
                Nearest.to(
                        word.toLowerCase(Locale.ROOT),
                        usable.stream().flatMap(Help::words).toList())
                    .map(near -> " Did you mean '" + near + "'?")
                    .orElse(" To list what you can use: `help`.")));
  }

  private static Stream<String> words(Command command) {
    return Stream.concat(Stream.of(name(command)), command.declaration().aliases().stream());
  }

  /** The commands of one topic, each with what it does; empty if none can be used. */
  private static Optional<Block> topic(Topic topic, List<Command> usable) {
    List<Command> commands = HelpTopics.group(usable).getOrDefault(topic, List.of());
    if (commands.isEmpty()) {
      return Optional.empty();
    }
    Text text = Text.EMPTY.bold(HelpTopics.title(topic));
    for (Command command : commands) {
      text =
          text.newLine()
              .code(command.declaration().shortUsage())
              .and("  " + command.declaration().summary());
    }
    return Optional.of(new Message.Paragraph(text));
  }

  private List<Block> explain(Asker asker, Command command) {
    CommandDeclaration declaration = command.declaration();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            Text.EMPTY.code(declaration.usage()).and("  " + declaration.summary())));
    if (!declaration.aliases().isEmpty()) {
      blocks.add(
          new Message.Paragraph(Text.plain("also: " + String.join(", ", declaration.aliases()))));
    }
    for (Parameter parameter : declaration.parameters()) {
      blocks.add(
          new Message.Paragraph(
              Text.EMPTY
                  .code(parameter.name())
                  .and("  " + parameter.help() + (parameter.required() ? "" : " (optional)"))));
    }
    blocks.add(new Message.Preformatted(String.join("\n", examples.of(asker, command))));
    if (CommandForm.isFor(command)) {
      blocks.add(
          new Message.Buttons(List.of(CommandForm.button(declaration.name(), "Fill in a form"))));
    }
    return blocks;
  }
}
