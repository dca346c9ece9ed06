package dev.bandmaster.plugin;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a command is called, what it is for and what it is. The parser, the help text, the
 * suggestions, the form, the deadline and the buttons are all made from it.
 *
 * @param name the word people type, lower case
 * @param aliases other words for the same command
 * @param summary one line without a full stop, for {@code help}
 * @param parameters positional ones in the order in which they are typed, then named ones and
 *     flags. An option that stands before a positional parameter has to be typed before it, so that
 *     what follows, such as the arguments of a program, is left alone
 * @param examples whole commands a person could type
 * @param traits what the bot has to know of it beside how it is typed
 */
public record CommandDeclaration(
    String name,
    List<String> aliases,
    String summary,
    List<Parameter> parameters,
    List<String> examples,
    CommandTraits traits) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,31}");

  public CommandDeclaration {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a command is named in lower case letters: " + name);
    }
    aliases = List.copyOf(aliases);
    parameters = List.copyOf(parameters);
    examples = List.copyOf(examples);
  }

  /** A command with nothing special about it; see {@link CommandTraits#STANDARD}. */
  public CommandDeclaration(
      String name,
      List<String> aliases,
      String summary,
      List<Parameter> parameters,
      List<String> examples) {
    this(name, aliases, summary, parameters, examples, CommandTraits.STANDARD);
  }

  /** The same command with these traits. */
  public CommandDeclaration with(CommandTraits newTraits) {
    return new CommandDeclaration(name, aliases, summary, parameters, examples, newTraits);
  }

  /** The same command, listed by {@code help} under this topic. */
  public CommandDeclaration about(Topic topic) {
    return with(traits.about(topic));
  }

  /** How to call the command, on one line: {@code codeupdate <env> <app> [version=…]}. */
  public String usage() {
    StringBuilder usage = new StringBuilder(name);
    for (Parameter parameter : parameters) {
      usage.append(' ').append(parameter.usage());
    }
    return usage.toString();
  }

  /** The same for a list: options are not named, {@code codeupdate <env> <app> [options]}. */
  public String shortUsage() {
    StringBuilder usage = new StringBuilder(name);
    boolean options = false;
    for (Parameter parameter : parameters) {
      switch (parameter.form()) {
        case POSITIONAL, REST -> usage.append(' ').append(parameter.usage());
        case NAMED, FLAG -> options = true;
      }
    }
    return options ? usage.append(" [options]").toString() : usage.toString();
  }
}
