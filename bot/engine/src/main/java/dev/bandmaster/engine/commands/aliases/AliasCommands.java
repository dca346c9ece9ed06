package dev.bandmaster.engine.commands.aliases;

import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.CommandAlias;
import dev.bandmaster.core.store.CommandAliases;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import dev.bandmaster.model.AliasRules;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code alias} and {@code unalias}: words of one's own for commands. An alias gives no right: it
 * is authorised as the command it stands for, each time it is used.
 */
public final class AliasCommands {

  /** Aliases of one person. */
  private static final int MOST = 50;

  private static final CommandDeclaration ALIAS =
      new CommandDeclaration(
          "alias",
          List.of("aliases"),
          "lists your aliases, or makes a word of yours stand for a command",
          List.of(
              Parameter.positional("name", new Parameter.Type.Word(), "the word").optional(),
              Parameter.rest(
                      "command",
                      new Parameter.Type.Text(),
                      "the command; $1 to $9 and $* stand for the words typed behind the alias")
                  .optional()),
          List.of(
              "alias", "alias shipit codeupdate prod web", "alias tail logs prod $1 --lines 50"));

  private static final CommandDeclaration UNALIAS =
      new CommandDeclaration(
          "unalias",
          List.of(),
          "removes one of your aliases",
          List.of(Parameter.positional("name", new Parameter.Type.Word(), "the word")),
          List.of("unalias shipit"));

  private final Map<String, String> configured;
  private final CommandAliases aliases;
  private final CommandRegistry registry;
  private final InstantSource clock;

  private AliasCommands(
      Map<String, String> configured,
      CommandAliases aliases,
      CommandRegistry registry,
      InstantSource clock) {
    this.configured = new TreeMap<>(configured);
    this.aliases = aliases;
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * The commands.
   *
   * @param configured everybody's aliases: what each stands for
   */
  public static List<Command> all(
      Map<String, String> configured,
      CommandAliases aliases,
      CommandRegistry registry,
      InstantSource clock) {
    AliasCommands commands = new AliasCommands(configured, aliases, registry, clock);
    return List.of(
        new Command.ActionCommand(ALIAS, commands::alias),
        new Command.ActionCommand(UNALIAS, commands::unalias));
  }

  private Outcome alias(Asker asker, Arguments arguments) {
    UserRef owner = asker.person().sender();
    Optional<String> name = arguments.find("name").map(word -> word.toLowerCase(Locale.ROOT));
    String command = withoutEquals(arguments.find("command").orElse(""));
    if (name.isEmpty()) {
      return list(owner);
    }
    if (command.isEmpty()) {
      return meaning(owner, name.get())
          .<Outcome>map(found -> Outcome.done("`%s` stands for `%s`.".formatted(name.get(), found)))
          .orElseGet(() ->
              new Outcome.Refused(
                  "You have no alias '%s'. To make it: `alias %s <command>`."
                      .formatted(name.get(), name.get())));
    }
    return wrong(owner, name.get(), command)
        .<Outcome>map(Outcome.Refused::new)
        .orElseGet(() ->
            Outcome.done(
                "From now on, `%s` stands for `%s` when you type it."
                    .formatted(name.get(), command),
                new Change.SetCommandAlias(
                    new CommandAlias(owner, name.get(), command, clock.instant()))));
  }

  /** People write {@code alias shipit = codeupdate prod web} too. */
  private static String withoutEquals(String command) {
    return (command.startsWith("=") ? command.substring(1) : command).strip();
  }

  private Optional<String> wrong(UserRef owner, String name, String command) {
    if (!AliasRules.isName(name)) {
      return Optional.of(
          "An alias has at most 32 letters, digits, `-` and `_`, and begins with a letter.");
    }
    if (registry.find(name).isPresent()) {
      return Optional.of(
          "'%s' is a command, and a command's word always means it.".formatted(name));
    }
    if (!AliasRules.isCommand(command)) {
      return Optional.of(
          "An alias stands for one command on one line, of at most %d characters."
              .formatted(AliasRules.LONGEST_COMMAND));
    }
    String first = command.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
    if (registry.find(first).isEmpty()) {
      return Optional.of("An alias stands for a command, and '%s' is none.".formatted(first));
    }
    List<CommandAlias> own = aliases.of(owner.principal(), MOST);
    return own.size() >= MOST && own.stream().noneMatch(alias -> alias.name().equals(name))
        ? Optional.of("You have %d aliases already. Remove one: `unalias <name>`.".formatted(MOST))
        : Optional.empty();
  }

  private Optional<String> meaning(UserRef owner, String name) {
    return aliases
        .find(owner.principal(), name)
        .map(CommandAlias::command)
        .or(() -> Optional.ofNullable(configured.get(name)));
  }

  private Outcome list(UserRef owner) {
    List<CommandAlias> own = aliases.of(owner.principal(), MOST);
    if (own.isEmpty() && configured.isEmpty()) {
      return Outcome.done("You have no aliases. To make one: `alias shipit codeupdate prod web`.");
    }
    List<Message.Block> blocks = new ArrayList<>();
    if (!own.isEmpty()) {
      Map<String, String> yours = new TreeMap<>();
      own.forEach(alias -> yours.put(alias.name(), alias.command()));
      blocks.add(new Message.Paragraph(lines("Yours", yours)));
    }
    if (!configured.isEmpty()) {
      blocks.add(new Message.Paragraph(lines("Everybody's", configured)));
    }
    return new Outcome.Done(new Message(blocks), List.of());
  }

  private static Text lines(String title, Map<String, String> meanings) {
    Text text = Text.EMPTY.bold(title);
    for (Map.Entry<String, String> alias : meanings.entrySet()) {
      text = text.newLine().code(alias.getKey()).and("  ").code(alias.getValue());
    }
    return text;
  }

  private Outcome unalias(Asker asker, Arguments arguments) {
    UserRef owner = asker.person().sender();
    String name = arguments.word("name").toLowerCase(Locale.ROOT);
    if (aliases.find(owner.principal(), name).isPresent()) {
      return Outcome.done(
          "`%s` is not an alias of yours any more.".formatted(name),
          new Change.RemoveCommandAlias(owner, name));
    }
    return new Outcome.Refused(
        configured.containsKey(name)
            ? "'%s' is everybody's alias, from the bot's configuration.".formatted(name)
            : "You have no alias '%s'. To list yours: `alias`.".formatted(name));
  }
}
