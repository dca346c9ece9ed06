package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.store.CommandAlias;
import dev.bandmaster.core.store.CommandAliases;
import dev.bandmaster.model.AliasRules;
import dev.bandmaster.model.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the command in what people say: their own aliases, those of the configuration, and ordinary
 * requests and questions. The word of a command always means that command. What is found is read
 * and authorised as if it had been typed. Safe for use by many threads.
 */
public final class Wording {

  /**
   * What may stand in an alias for the words typed behind it: {@code $1} to {@code $9}, {@code $*}.
   */
  private static final Pattern PLACE = Pattern.compile("\\$([1-9*])");

  private static final int MOST_NAMES = 100;

  private final CommandRegistry registry;
  private final Map<String, String> configured;
  private final CommandAliases personal;

  /**
   * Makes it.
   *
   * @param configured everybody's aliases: what each stands for
   */
  public Wording(
      CommandRegistry registry, Map<String, String> configured, CommandAliases personal) {
    this.registry = registry;
    this.configured = Map.copyOf(configured);
    this.personal = personal;
  }

  /** What was meant by a line. */
  sealed interface Meant {
    /** Nothing else than what was typed. */
    record Literally() implements Meant {}

    /** This command. */
    record Command(String line) implements Meant {}

    /** An alias without the words it needs; the reason is a sentence. */
    record Incomplete(String reason) implements Meant {}
  }

  /** A sentence about each alias of the configuration that cannot be used as it is. */
  public List<String> mistakes() {
    List<String> mistakes = new ArrayList<>();
    new TreeMap<>(configured)
        .forEach((name, command) -> {
          String first = command.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
          if (isCommand(name)) {
            mistakes.add(
                "The alias '%s' is never used: it is the word of a command.".formatted(name));
          } else if (!isCommand(first)) {
            mistakes.add(
                "The alias '%s' stands for the command '%s', which there is not%s"
                    .formatted(
                        name,
                        first,
                        Nearest.to(first, registry.words())
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse(".")));
          }
        });
    return mistakes;
  }

  Meant of(Asker asker, String line) {
    TypedLine typed = TypedLine.of(line);
    if (typed.words().isEmpty()) {
      return new Meant.Literally();
    }
    String word = typed.words().getFirst().text().toLowerCase(Locale.ROOT);
    if (registry.find(typed.texts()).isPresent()) {
      return meant(Phrases.command(line, word, this::isCommand));
    }
    return alias(asker, word)
        .map(alias -> expanded(word, alias, typed))
        .orElseGet(() -> meant(Phrases.command(line, this::isCommand)));
  }

  /** Everybody's aliases and the person's own, for suggestions. */
  Set<String> names(Asker asker) {
    Set<String> names = new TreeSet<>(configured.keySet());
    personal
        .of(asker.person().sender().principal(), MOST_NAMES)
        .forEach(alias -> names.add(alias.name()));
    return names;
  }

  private boolean isCommand(String word) {
    return registry.find(word).isPresent();
  }

  private static Meant meant(Optional<String> command) {
    return command.<Meant>map(Meant.Command::new).orElseGet(Meant.Literally::new);
  }

  private Optional<String> alias(Asker asker, String word) {
    return AliasRules.isName(word)
        ? personal
            .find(asker.person().sender().principal(), word)
            .map(CommandAlias::command)
            .or(() -> Optional.ofNullable(configured.get(word)))
        : Optional.empty();
  }

  /** Words for which the alias has no place follow it. */
  private static Meant expanded(String name, String command, TypedLine typed) {
    int given = typed.words().size() - 1;
    Matcher places = PLACE.matcher(command);
    StringBuilder line = new StringBuilder();
    int placed = 0;
    while (places.find()) {
      boolean all = places.group(1).equals("*");
      int place = all ? 0 : Integer.parseInt(places.group(1));
      if (place > given) {
        return new Meant.Incomplete(
            "`%s` stands for `%s`, so it needs %s behind it."
                .formatted(name, command, place == 1 ? "a word" : place + " words"));
      }
      places.appendReplacement(
          line,
          Matcher.quoteReplacement(
              all
                  ? given == 0 ? "" : typed.tail(1)
                  : WordSplitter.quote(typed.words().get(place).text())));
      placed = Math.max(placed, all ? given : place);
    }
    places.appendTail(line);
    if (placed < given) {
      line.append(' ').append(typed.tail(placed + 1));
    }
    return new Meant.Command(line.toString().strip());
  }
}
