package dev.bandmaster.agent.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What requests name, checked once more: a schema's patterns look only for what is in a text. None
 * of it can be an option, a pattern of hosts, a path, a template or anything that a shell reads.
 * Pure.
 */
final class Arguments {
  /** Groups that every inventory has, and the runner itself. */
  private static final Set<String> NOT_A_TARGET = Set.of("all", "ungrouped", "localhost");

  /** Tags that mean something to Ansible. */
  private static final Set<String> SPECIAL_TAGS =
      Set.of("all", "tagged", "untagged", "always", "never");

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_./:=@%+,-]{1,200}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:+@-]{0,199}");
  private static final Pattern OPTION = Pattern.compile("([a-z_][a-z0-9_]*)=(.*)");

  /** Options of modules that take a command line; other words are part of that line. */
  private static final Set<String> OPTIONS_OF_COMMAND = Set.of("chdir", "creates", "removes");

  private static final Set<String> COMMAND_LINE_MODULES = Set.of("command");

  /** Words of one request. */
  private static final int MOST_WORDS = 50;

  /** Names or tags of one request. */
  private static final int MOST_NAMES = 20;

  private Arguments() {}

  /** The host or group. */
  static String host(JsonNode arguments) {
    String host = name(arguments, "host");
    if (NOT_A_TARGET.contains(host)) {
      throw invalid("'%s' cannot be worked on. Name a host or a group.".formatted(host));
    }
    return host;
  }

  static String name(JsonNode arguments, String key) {
    return requireName(arguments.path(key).asText(), key);
  }

  static List<String> names(JsonNode arguments, String key) {
    List<String> names = texts(arguments, key, MOST_NAMES);
    names.forEach(name -> requireName(name, key));
    if (names.isEmpty()) {
      throw invalid("There are no %s.".formatted(key));
    }
    return names;
  }

  /** The tags of a deployment. */
  static List<String> tags(JsonNode arguments) {
    List<String> tags = texts(arguments, "tags", MOST_NAMES);
    for (String tag : tags) {
      if (!TAG.matcher(tag).matches() || SPECIAL_TAGS.contains(tag)) {
        throw invalid("'%s' cannot be a tag.".formatted(shortened(tag)));
      }
    }
    if (tags.isEmpty()) {
      throw invalid("There are no tags.");
    }
    return tags;
  }

  /** A text that may be a version or a tag; empty if it is not there. */
  static String version(JsonNode arguments, String key) {
    String text = arguments.path(key).asText("");
    if (!text.isEmpty() && !TAG.matcher(text).matches()) {
      throw invalid("'%s' cannot be a version.".formatted(shortened(text)));
    }
    return text;
  }

  /** The words behind a module. */
  static List<String> words(JsonNode arguments) {
    List<String> words = texts(arguments, "arguments", MOST_WORDS);
    for (String word : words) {
      if (!WORD.matcher(word).matches()) {
        throw invalid(
            "'%s' cannot be passed on: arguments have letters, digits and _ . / : = @ %% + , - only."
                .formatted(shortened(word)));
      }
    }
    return words;
  }

  /**
   * The words behind a module as Ansible takes them: a JSON object with the words {@code
   * name=value}, and the others as one command line.
   */
  static String ofModule(String module, List<String> words) {
    boolean isCommandLine =
        COMMAND_LINE_MODULES.contains(module.substring(module.lastIndexOf('.') + 1));
    ObjectNode given = JsonNodeFactory.instance.objectNode();
    List<String> line = new ArrayList<>();
    for (String word : words) {
      var option = OPTION.matcher(word);
      if (option.matches() && (!isCommandLine || OPTIONS_OF_COMMAND.contains(option.group(1)))) {
        if (given.has(option.group(1))) {
          throw invalid("The argument '%s' is there twice.".formatted(option.group(1)));
        }
        given.put(option.group(1), option.group(2));
      } else {
        line.add(word);
      }
    }
    if (!line.isEmpty()) {
      given.put("_raw_params", String.join(" ", line));
    }
    return given.isEmpty() ? "" : given.toString();
  }

  private static String requireName(String name, String what) {
    if (!Names.isName(name)) {
      throw invalid(
          "'%s' is no name of a %s: a name has letters, digits, dots, dashes and underscores."
              .formatted(shortened(name), what.equals("roles") ? "role" : what));
    }
    return name;
  }

  private static List<String> texts(JsonNode arguments, String key, int most) {
    List<String> texts = new ArrayList<>();
    arguments.path(key).forEach(text -> texts.add(text.asText()));
    if (texts.size() > most) {
      throw invalid("There are too many %s: at most %d are allowed.".formatted(key, most));
    }
    return texts;
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static BadArgument invalid(String sentence) {
    return new BadArgument(FinalCode.INVALID, sentence);
  }
}
