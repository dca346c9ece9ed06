package dev.bandmaster.engine.pipeline;

import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Parameter.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the words behind a command in any order: {@code deploy web to staging}. Environments,
 * applications, versions and nodes are known by themselves, small words such as {@code to} are
 * passed over, and each word has to mean something. What can mean two things is a question.
 */
final class FreeOrder {

  /** Words that say nothing by themselves; each may be a name as well. */
  private static final Set<String> SMALL =
      Set.of(
          "to",
          "on",
          "in",
          "into",
          "onto",
          "for",
          "at",
          "of",
          "the",
          "please",
          "now",
          "and",
          "version",
          "release",
          "env",
          "environment",
          "app",
          "application",
          "node",
          "nodes",
          "server",
          "servers");

  /** More words than a sentence with a command has; more is free text or no command. */
  private static final int MOST_WORDS = 24;

  private final CommandDeclaration declaration;
  private final Vocabulary vocabulary;

  private FreeOrder(CommandDeclaration declaration, Vocabulary vocabulary) {
    this.declaration = declaration;
    this.vocabulary = vocabulary;
  }

  /** Why it is asked what is meant. */
  enum Doubt {
    /** One value is missing. */
    MISSING,
    /** The words mean several things. */
    SEVERAL,
    /** A word is nearly a name. */
    SLIP
  }

  /** What the words mean. */
  sealed interface Reading {
    /** One thing. */
    record Meant(Arguments arguments) implements Reading {}

    /**
     * One of several things, or something is missing.
     *
     * @param question a sentence
     * @param question a sentence that asks
     * @param options what may be meant, each whole; never empty
     */
    record Unclear(Doubt doubt, String question, List<Arguments> options) implements Reading {
      public Unclear {
        options = List.copyOf(options);
      }
    }

    /**
     * Nothing that could be run.
     *
     * @param word the first word that means nothing; empty if each means something
     */
    record Unread(Optional<String> word) implements Reading {}
  }

  /** Reads what was typed behind a command. */
  static Reading read(CommandDeclaration declaration, TypedLine typed, Vocabulary vocabulary) {
    boolean needsMore =
        declaration.parameters().stream()
            .filter(Parameter::required)
            .anyMatch(parameter -> !isKnownByItself(parameter.type()));
    if (needsMore || (typed.words().size() > MOST_WORDS && !hasText(declaration))) {
      return new Reading.Unread(Optional.empty());
    }
    return new FreeOrder(declaration, vocabulary).read(typed, true);
  }

  /** Whether a value shows by itself that it is one. */
  private static boolean isKnownByItself(Parameter.Type type) {
    return switch (type) {
      case Parameter.Type.Environment(),
          Parameter.Type.Application(),
          Parameter.Type.Version(),
          Parameter.Type.Nodes(),
          Parameter.Type.Choice _ ->
          true;
      case Parameter.Type.Word(),
          Parameter.Type.Text(),
          Parameter.Type.Size(),
          Parameter.Type.Span(),
          Parameter.Type.Job() ->
          false;
    };
  }

  private static boolean hasText(CommandDeclaration declaration) {
    return declaration.parameters().stream().anyMatch(ArgumentReader::isText);
  }

  private Reading read(TypedLine typed, boolean mayGuess) {
    List<Meanings> each = new ArrayList<>();
    Map<String, List<String>> named = new LinkedHashMap<>();
    List<String> words = typed.texts();
    for (int i = 0; i < words.size(); i++) {
      Optional<Parameter> option = ArgumentReader.named(declaration, words.get(i));
      if (option.isPresent()) {
        int taken = ArgumentReader.take(named, option.get(), words, i);
        if (taken < 0) {
          return new Reading.Unread(Optional.of(words.get(i)));
        }
        i += taken;
        continue;
      }
      if (words.get(i).startsWith("--") && words.get(i).length() > 2) {
        return new Reading.Unread(Optional.of(words.get(i)));
      }
      Meanings meanings = meanings(words.get(i));
      if (!meanings.isEmpty()) {
        each.add(meanings);
        continue;
      }
      Optional<Parameter> rest = rest();
      return rest.isPresent()
          ? withRest(rest.get(), typed, i, named, each, mayGuess)
          : guess(typed, i, mayGuess);
    }
    return typed.unclosed().isPresent()
        ? new Reading.Unread(words.reversed().stream().findFirst())
        : new Assignments(declaration, vocabulary, named, each).reading();
  }

  /** What is left at a word that means nothing is the rest, unless the word is a slip. */
  private Reading withRest(
      Parameter rest,
      TypedLine typed,
      int first,
      Map<String, List<String>> named,
      List<Meanings> each,
      boolean mayGuess) {
    named.put(rest.name(), tail(rest, typed, each, first));
    Reading reading = new Assignments(declaration, vocabulary, named, each).reading();
    if (reading instanceof Reading.Meant) {
      return reading;
    }
    Reading guess = guess(typed, first, mayGuess);
    return guess instanceof Reading.Unread && ArgumentReader.isText(rest) && !each.isEmpty()
        ? reading
        : guess;
  }

  /** Free text begins with the small words before it, as in {@code for the fair}. */
  private static List<String> tail(
      Parameter rest, TypedLine typed, List<Meanings> each, int first) {
    int from = first;
    while (!each.isEmpty() && each.getLast().isSmall()) {
      each.removeLast();
      from--;
    }
    if (!ArgumentReader.isText(rest)) {
      return typed.from(first).texts();
    }
    return List.of(typed.tail(from));
  }

  /** One word that means nothing may be a slip; then what was meant is asked. */
  private Reading guess(TypedLine typed, int unknown, boolean mayGuess) {
    String word = typed.words().get(unknown).text();
    Optional<String> near =
        !mayGuess || word.startsWith("-") || vocabulary.isNode(word)
            ? Optional.empty()
            : nearest(word);
    if (near.isPresent()
        && read(typed.replacing(unknown, near.get()), false)
            instanceof Reading.Meant(Arguments arguments)) {
      return new Reading.Unclear(
          Doubt.SLIP,
          "'%s' is unknown. Did you mean '%s'?"
              .formatted(ArgumentReader.shortened(word), near.get()),
          List.of(arguments));
    }
    return new Reading.Unread(Optional.of(word));
  }

  private Optional<String> nearest(String word) {
    List<String> others = new ArrayList<>();
    boolean environments = false;
    boolean applications = false;
    for (Parameter parameter : declaration.parameters()) {
      switch (parameter.type()) {
        case Parameter.Type.Environment() -> environments = true;
        case Parameter.Type.Application() -> applications = true;
        case Parameter.Type.Choice(List<String> choices, var _) -> others.addAll(choices);
        case Parameter.Type.Nodes(),
            Parameter.Type.Version(),
            Parameter.Type.Word(),
            Parameter.Type.Text(),
            Parameter.Type.Size(),
            Parameter.Type.Span(),
            Parameter.Type.Job() -> {}
      }
    }
    return vocabulary.nearest(word, environments, applications, others);
  }

  private Optional<Parameter> rest() {
    return declaration.parameters().stream()
        .filter(parameter -> parameter.form() == Form.REST)
        .filter(parameter -> !(parameter.type() instanceof Parameter.Type.Nodes))
        .findFirst();
  }

  private Meanings meanings(String typed) {
    String word = withoutPunctuation(typed);
    List<Meanings.Meaning> all = new ArrayList<>();
    if (SMALL.contains(word.toLowerCase(Locale.ROOT)) || word.isEmpty()) {
      all.add(Meanings.SMALL_WORD);
    }
    if (!word.isEmpty()) {
      declaration.parameters().forEach(parameter -> addMeanings(all, parameter, word));
    }
    return new Meanings(all);
  }

  /** {@code web1,} is {@code web1}; but a version may end as it likes, and so may anything else. */
  private static String withoutPunctuation(String word) {
    int end = word.length();
    while (end > 0 && ",;:!?.".indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(0, end);
  }

  private void addMeanings(List<Meanings.Meaning> all, Parameter parameter, String word) {
    switch (parameter.type()) {
      case Parameter.Type.Environment() ->
          vocabulary.environment(word).ifPresent(name -> all.add(of(parameter, name)));
      case Parameter.Type.Application() ->
          vocabulary.application(word).ifPresent(name -> all.add(of(parameter, name)));
      case Parameter.Type.Version() -> {
        if (VersionSpelling.isVersion(word) && !isPlace(word)) {
          all.add(of(parameter, VersionSpelling.spelled(word)));
        }
      }
      case Parameter.Type.Choice(List<String> choices, var _) -> {
        if (choices.contains(word.toLowerCase(Locale.ROOT))) {
          all.add(of(parameter, word.toLowerCase(Locale.ROOT)));
        }
      }
      case Parameter.Type.Nodes() -> addNodes(all, parameter, word);
      case Parameter.Type.Word(),
          Parameter.Type.Text(),
          Parameter.Type.Size(),
          Parameter.Type.Span(),
          Parameter.Type.Job() -> {}
    }
  }

  private boolean isPlace(String word) {
    return vocabulary.environment(word).isPresent() || vocabulary.application(word).isPresent();
  }

  private void addNodes(List<Meanings.Meaning> all, Parameter parameter, String word) {
    boolean isName = vocabulary.isNode(word);
    if (isName || NodeFilterBuilder.isPattern(word, vocabulary)) {
      all.add(new Meanings.Meaning(Optional.of(parameter), NodeFilterBuilder.Part.NODE, word));
    }
    if (parameter.form() == Form.REST) {
      vocabulary
          .environment(word)
          .ifPresent(name ->
              all.add(
                  new Meanings.Meaning(
                      Optional.of(parameter), NodeFilterBuilder.Part.ENVIRONMENT, name)));
      vocabulary
          .application(word)
          .ifPresent(name ->
              all.add(
                  new Meanings.Meaning(
                      Optional.of(parameter), NodeFilterBuilder.Part.APPLICATION, name)));
    }
  }

  private static Meanings.Meaning of(Parameter parameter, String value) {
    return new Meanings.Meaning(Optional.of(parameter), NodeFilterBuilder.Part.NODE, value);
  }
}
