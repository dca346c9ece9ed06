package dev.bandmaster.engine.pipeline;

import dev.bandmaster.engine.pipeline.Mistake.Kind;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Parameter.Form;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays the words behind a command onto its parameters. */
public final class ArgumentReader {

  /** What has threads in which its number can be left out, as parameters are called. */
  private static final Set<String> THREADED = Set.of("job", "alert");

  private final CommandDeclaration declaration;
  private final BiPredicate<Parameter, String> fits;
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private ArgumentReader(CommandDeclaration declaration, BiPredicate<Parameter, String> fits) {
    this.declaration = declaration;
    this.fits = fits;
  }

  /** What reading gave. */
  public sealed interface Reading {
    /** Each word has its parameter, and no required one is missing. */
    record Complete(Arguments arguments) implements Reading {}

    /** Something is missing, or too much. */
    record Mistaken(Mistake mistake) implements Reading {
      /** The sentence about it. */
      public String reason() {
        return mistake.reason();
      }
    }
  }

  public static Reading read(CommandDeclaration declaration, List<String> words) {
    return read(declaration, TypedLine.of(words), (parameter, word) -> true);
  }

  /**
   * Reads what was typed behind a command.
   *
   * @param fits whether a word can be what an optional parameter before free text wants; if not,
   *     the free text begins with it
   */
  static Reading read(
      CommandDeclaration declaration, TypedLine typed, BiPredicate<Parameter, String> fits) {
    return new ArgumentReader(declaration, fits).read(typed);
  }

  private Reading read(TypedLine typed) {
    List<String> words = typed.texts();
    Deque<Parameter> positions =
        declaration.parameters().stream()
            .filter(
                parameter -> parameter.form() == Form.POSITIONAL || parameter.form() == Form.REST)
            .collect(Collectors.toCollection(ArrayDeque::new));
    Optional<Parameter> rest = Optional.empty();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      Optional<Parameter> named = named(declaration, word).filter(this::canStillCome);
      if (named.isPresent()) {
        int taken = take(values, named.get(), words, i);
        if (taken < 0) {
          return mistaken(
              Kind.NO_VALUE,
              named.get().name(),
              "--" + named.get().name() + " needs a value.",
              false);
        }
        positions.remove(named.get());
        i += taken;
        continue;
      }
      if (word.startsWith("--") && rest.isEmpty() && word.length() > 2) {
        return unknownOption(word);
      }
      skipOptional(positions, word);
      Parameter next = positions.peek();
      if (next != null && isText(next)) {
        values.put(next.name(), List.of(typed.tail(i)));
        return end();
      }
      if (rest.isPresent()) {
        append(rest.get(), word);
      } else if (next != null) {
        positions.remove();
        append(next, next.required() ? word : beforeText(positions, word));
        rest = Optional.of(next).filter(last -> last.form() == Form.REST);
      } else {
        return mistaken(
            Kind.TOO_MANY, word, "'" + shortened(word) + "' is one argument too many.", false);
      }
    }
    return typed
        .unclosed()
        .<Reading>map(reason -> new Reading.Mistaken(new Mistake(Kind.UNCLOSED, "", reason)))
        .orElseGet(this::end);
  }

  private Reading end() {
    return missing()
        .map(parameter -> mistaken(Kind.MISSING, parameter.name(), missing(parameter), false))
        .orElseGet(() -> new Reading.Complete(new Arguments(values)));
  }

  /**
   * Whether an option may stand here. One that is declared before a positional parameter is typed
   * before it too: what follows {@code command} in {@code adhoc} is the program's own.
   */
  private boolean canStillCome(Parameter named) {
    List<Parameter> all = declaration.parameters();
    return all.subList(all.indexOf(named) + 1, all.size()).stream()
        .filter(later -> named.form() != Form.POSITIONAL)
        .filter(later -> later.form() == Form.POSITIONAL || later.form() == Form.REST)
        .noneMatch(later -> values.containsKey(later.name()));
  }

  /** What may be left out is left out where the free text behind it begins. */
  private void skipOptional(Deque<Parameter> positions, String word) {
    boolean text = positions.stream().anyMatch(ArgumentReader::isText);
    Parameter next = positions.peek();
    while (text
        && next != null
        && !next.required()
        && !isText(next)
        && !fits.test(next, beforeText(positions, word))) {
      positions.remove();
      next = positions.peek();
    }
  }

  /**
   * A colon before free text is no part of the word before it: {@code lock staging web: broken}.
   */
  private static String beforeText(Deque<Parameter> positions, String word) {
    return word.endsWith(":") && positions.stream().anyMatch(ArgumentReader::isText)
        ? word.substring(0, word.length() - 1)
        : word;
  }

  static boolean isText(Parameter parameter) {
    return parameter.type() instanceof Parameter.Type.Text;
  }

  /** The named parameter or flag that a word is for. */
  static Optional<Parameter> named(CommandDeclaration declaration, String word) {
    String name = word.startsWith("--") ? word.substring(2) : word;
    int equals = name.indexOf('=');
    String key = equals < 0 ? name : name.substring(0, equals);
    return declaration.parameters().stream()
        .filter(parameter -> parameter.name().equals(key))
        .filter(parameter ->
            switch (parameter.form()) {
              case NAMED -> equals >= 0 || word.startsWith("--");
              case FLAG -> word.startsWith("--") && equals < 0;
              case POSITIONAL -> isPlace(parameter) && (equals >= 0 || word.startsWith("--"));
              case REST -> false;
            })
        .findFirst();
  }

  /** What {@code env=} and {@code app=} are for, wherever they stand. */
  private static boolean isPlace(Parameter parameter) {
    return parameter.type() instanceof Parameter.Type.Environment
        || parameter.type() instanceof Parameter.Type.Application;
  }

  /** Takes the value of a named parameter; says how many more words it took, or -1 for none. */
  static int take(
      Map<String, List<String>> values, Parameter parameter, List<String> words, int at) {
    if (parameter.form() == Form.FLAG) {
      values.put(parameter.name(), List.of());
      return 0;
    }
    int equals = words.get(at).indexOf('=');
    if (equals >= 0) {
      values.put(parameter.name(), List.of(words.get(at).substring(equals + 1)));
      return 0;
    }
    if (at + 1 >= words.size()) {
      return -1;
    }
    values.put(parameter.name(), List.of(words.get(at + 1)));
    return 1;
  }

  private void append(Parameter parameter, String word) {
    values.merge(
        parameter.name(),
        List.of(word),
        (before, more) -> {
          List<String> all = new ArrayList<>(before);
          all.addAll(more);
          return all;
        });
  }

  /** What has no number in its own thread is asked for by number everywhere else. */
  private String missing(Parameter parameter) {
    String name = parameter.name();
    return THREADED.contains(name) && parameter.type() instanceof Parameter.Type.Job
        ? "Which %s? Give its number, as in `%s`, or type `%s` in the %s's thread. To list them: `%ss`."
            .formatted(name, declaration.examples().getFirst(), declaration.name(), name, name)
        : "<" + name + "> is missing: " + parameter.help() + ".";
  }

  private Optional<Parameter> missing() {
    return declaration.parameters().stream()
        .filter(Parameter::required)
        .filter(parameter -> !values.containsKey(parameter.name()))
        .findFirst();
  }

  private Reading unknownOption(String word) {
    String name = word.substring(2).split("=", 2)[0];
    Collection<String> options =
        declaration.parameters().stream()
            .filter(parameter -> parameter.form() == Form.NAMED || parameter.form() == Form.FLAG)
            .map(Parameter::name)
            .toList();
    Optional<String> near = Nearest.to(name, options);
    return mistaken(
        Kind.UNKNOWN_OPTION,
        word,
        "There is no option --"
            + shortened(name)
            + "."
            + near.map(option -> " Did you mean --" + option + "?").orElse(""),
        near.isPresent());
  }

  private Reading mistaken(Kind kind, String word, String sentence, boolean suggests) {
    return new Reading.Mistaken(
        new Mistake(kind, word, sentence + " Usage: `" + declaration.usage() + "`", suggests));
  }

  /** A word as it may be repeated to the person who typed it. */
  public static String shortened(String word) {
    return word.length() <= 60 ? word : word.substring(0, 57) + "…";
  }

  /** The command in the one spelling in which it is shown, compared and audited. */
  public static String canonical(CommandDeclaration declaration, Arguments arguments) {
    Stream<String> words =
        declaration.parameters().stream()
            .filter(parameter -> arguments.has(parameter.name()))
            .flatMap(parameter ->
                switch (parameter.form()) {
                  case POSITIONAL, REST ->
                      arguments.words(parameter.name()).stream()
                          .map(word -> isText(parameter) ? word : WordSplitter.quote(word));
                  case NAMED ->
                      Stream.of(
                          parameter.name()
                              + "="
                              + WordSplitter.quote(arguments.word(parameter.name())));
                  case FLAG -> Stream.of("--" + parameter.name());
                });
    return Stream.concat(Stream.of(declaration.name()), words).collect(Collectors.joining(" "));
  }
}
