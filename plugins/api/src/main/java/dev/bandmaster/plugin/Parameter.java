package dev.bandmaster.plugin;

import java.util.List;

/**
 * One thing a command wants to be told.
 *
 * @param name the key in {@link Arguments}, and the word before {@code =} of a named parameter
 * @param form where it stands in the command
 * @param type what may be said
 * @param required whether the command cannot be run without it
 * @param help one line without a full stop
 */
public record Parameter(String name, Form form, Type type, boolean required, String help) {

  /** Where a parameter stands in the typed command. */
  public enum Form {
    /** By its place: {@code codeupdate staging web}. */
    POSITIONAL,
    /** As {@code name=value} or {@code --name value}, anywhere. */
    NAMED,
    /** As {@code --name}, anywhere. */
    FLAG,
    /** All words that are left, kept as typed; only as the last positional parameter. */
    REST
  }

  /** What may be said for a parameter. */
  public sealed interface Type {
    /** One of the configured environments. */
    record Environment() implements Type {}

    /** One of the configured applications. */
    record Application() implements Type {}

    /** A version: letters, digits and {@code . _ + -}, at most 100 characters. */
    record Version() implements Type {}

    /** Nodes by name, glob or filter expression. */
    record Nodes() implements Type {}

    /** Any word of at most 1,000 characters. */
    record Word() implements Type {}

    /**
     * The rest of the line, to the letter: quotes, apostrophes and dashes in it mean nothing. Only
     * for {@link Form#REST}; it is one word of at most 1,000 characters.
     */
    record Text() implements Type {}

    /** A number of nodes: {@code 3} or {@code 25%}. */
    record Size() implements Type {}

    /** A length of time: {@code 30s}, {@code 10m}, {@code 2h} or {@code 1d}. */
    record Span() implements Type {}

    /** The number of a job. */
    record Job() implements Type {}

    /**
     * One of a list of words.
     *
     * @param open whether other words are taken too, which the command then checks itself; one that
     *     is nearly a word of the list is taken for a slip
     */
    record Choice(List<String> words, boolean open) implements Type {
      public Choice {
        words = List.copyOf(words);
      }

      /** One of a closed list of words. */
      public Choice(List<String> words) {
        this(words, false);
      }
    }
  }

  public static Parameter positional(String name, Type type, String help) {
    return new Parameter(name, Form.POSITIONAL, type, true, help);
  }

  public static Parameter named(String name, Type type, String help) {
    return new Parameter(name, Form.NAMED, type, false, help);
  }

  public static Parameter flag(String name, String help) {
    return new Parameter(name, Form.FLAG, new Type.Word(), false, help);
  }

  /** All words that are left; none is as good as some. */
  public static Parameter rest(String name, Type type, String help) {
    return new Parameter(name, Form.REST, type, false, help);
  }

  /** The same parameter, which may be left out. */
  public Parameter optional() {
    return new Parameter(name, form, type, false, help);
  }

  String usage() {
    String bare =
        switch (form) {
          case POSITIONAL -> "<" + name + ">";
          case NAMED -> name + "=…";
          case FLAG -> "--" + name;
          case REST -> name + "…";
        };
    return required ? bare : "[" + (form == Form.POSITIONAL ? name : bare) + "]";
  }
}
