package dev.bandmaster.engine.pipeline;

import dev.bandmaster.engine.pipeline.FreeOrder.Doubt;
import dev.bandmaster.engine.pipeline.FreeOrder.Reading;
import dev.bandmaster.engine.pipeline.Meanings.Meaning;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Parameter.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;

/** All ways to give each word one of its meanings. Used once, by one thread. */
final class Assignments {

  /** Ways that are looked at; a sentence has a few. */
  private static final int MOST = 512;

  /** Names of which one command takes only one; who types more means something else. */
  private static final int MOST_LEFT_OUT = 2;

  /** Commands that are offered; more would be no help. */
  private static final int MOST_OPTIONS = 8;

  private static final String WHICH = "Which of these do you mean?";

  private final CommandDeclaration declaration;
  private final Vocabulary vocabulary;
  private final Map<String, List<String>> named;
  private final List<Meanings> each;
  private final SequencedSet<Arguments> complete = new LinkedHashSet<>();
  private final SequencedSet<Arguments> incomplete = new LinkedHashSet<>();
  private boolean doubtful;
  private int seen;

  /**
   * @param named the values of options
   * @param each what each of the other words can mean
   */
  Assignments(
      CommandDeclaration declaration,
      Vocabulary vocabulary,
      Map<String, List<String>> named,
      List<Meanings> each) {
    this.declaration = declaration;
    this.vocabulary = vocabulary;
    this.named = named;
    this.each = each;
  }

  Reading reading() {
    assign(0, new LinkedHashMap<>(), false, 0);
    if (complete.size() == 1 && !doubtful) {
      return new Reading.Meant(complete.getFirst());
    }
    if (!complete.isEmpty()) {
      return unclear(Doubt.SEVERAL, WHICH, List.copyOf(complete));
    }
    if (incomplete.isEmpty()) {
      for (int left = 1; left <= MOST_LEFT_OUT && complete.isEmpty(); left++) {
        assign(0, new LinkedHashMap<>(), false, left);
      }
      return complete.isEmpty()
          ? new Reading.Unread(Optional.empty())
          : unclear(Doubt.SEVERAL, "One at a time, please. Which first?", List.copyOf(complete));
    }
    return asking();
  }

  private static Reading unclear(Doubt doubt, String question, List<Arguments> options) {
    return new Reading.Unclear(
        doubt, question, options.subList(0, Math.min(MOST_OPTIONS, options.size())));
  }

  /** Asks for the one thing that is missing, if it can be chosen from. */
  private Reading asking() {
    List<Arguments> options = new ArrayList<>();
    SequencedSet<String> missing = new LinkedHashSet<>();
    for (Arguments some : incomplete) {
      List<Parameter> left = missing(some);
      if (left.size() == 1) {
        missing.add(left.getFirst().name());
        choices(left.getFirst(), some)
            .forEach(choice -> options.add(with(some, left.getFirst(), choice)));
      }
    }
    if (options.isEmpty()) {
      return new Reading.Unread(Optional.empty());
    }
    List<Arguments> distinct = options.stream().distinct().toList();
    Parameter first = missing(incomplete.getFirst()).getFirst();
    return missing.size() == 1
        ? unclear(
            Doubt.MISSING, "<%s> is missing: %s.".formatted(first.name(), first.help()), distinct)
        : unclear(Doubt.SEVERAL, WHICH, distinct);
  }

  private Stream<String> choices(Parameter parameter, Arguments some) {
    return switch (parameter.type()) {
      case Parameter.Type.Environment() ->
          vocabulary.environments(of(some, Parameter.Type.Application.class)).stream();
      case Parameter.Type.Application() ->
          vocabulary.applications(of(some, Parameter.Type.Environment.class)).stream();
      case Parameter.Type.Choice(List<String> words, var _) -> words.stream();
      case Parameter.Type.Version(),
          Parameter.Type.Nodes(),
          Parameter.Type.Word(),
          Parameter.Type.Text(),
          Parameter.Type.Size(),
          Parameter.Type.Span(),
          Parameter.Type.Job() ->
          Stream.empty();
    };
  }

  private Optional<String> of(Arguments some, Class<? extends Parameter.Type> type) {
    return declaration.parameters().stream()
        .filter(parameter -> type.isInstance(parameter.type()))
        .flatMap(parameter -> some.find(parameter.name()).stream())
        .findFirst();
  }

  private static Arguments with(Arguments some, Parameter parameter, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(some.values());
    more.put(parameter.name(), List.of(value));
    return new Arguments(more);
  }

  private List<Parameter> missing(Arguments some) {
    return declaration.parameters().stream()
        .filter(parameter -> parameter.required() && !some.has(parameter.name()))
        .toList();
  }

  private void assign(
      int word, Map<Parameter, List<Meaning>> chosen, boolean smallIsName, int leaveOut) {
    if (seen > MOST) {
      return;
    }
    if (word == each.size()) {
      seen++;
      keep(chosen, smallIsName);
      return;
    }
    Meanings meanings = each.get(word);
    for (Meaning meaning : meanings.all()) {
      if (meaning.parameter().isEmpty()) {
        assign(word + 1, chosen, smallIsName, leaveOut);
        continue;
      }
      Parameter parameter = meaning.parameter().get();
      boolean free =
          !named.containsKey(parameter.name())
              && (!chosen.containsKey(parameter)
                  || parameter.type() instanceof Parameter.Type.Nodes
                  || chosen.getOrDefault(parameter, List.of()).contains(meaning));
      if (free) {
        Map<Parameter, List<Meaning>> more = new LinkedHashMap<>(chosen);
        List<Meaning> values = new ArrayList<>(chosen.getOrDefault(parameter, List.of()));
        if (!values.contains(meaning)) {
          values.add(meaning);
        }
        more.put(parameter, values);
        assign(word + 1, more, smallIsName || meanings.isSmallOrName(), leaveOut);
      }
    }
    if (leaveOut > 0 && !meanings.isSmall()) {
      assign(word + 1, chosen, smallIsName, leaveOut - 1);
    }
  }

  private void keep(Map<Parameter, List<Meaning>> chosen, boolean smallIsName) {
    Map<String, List<String>> values = new LinkedHashMap<>(named);
    chosen.forEach((parameter, meanings) -> values.put(parameter.name(), words(meanings)));
    Arguments arguments = new Arguments(values);
    if (missing(arguments).isEmpty()) {
      complete.add(arguments);
      doubtful |= smallIsName;
    } else {
      incomplete.add(arguments);
    }
  }

  private List<String> words(List<Meaning> meanings) {
    Parameter parameter = meanings.getFirst().parameter().orElseThrow();
    if (!(parameter.type() instanceof Parameter.Type.Nodes)) {
      return List.of(meanings.getFirst().value());
    }
    NodeFilterBuilder nodes = new NodeFilterBuilder(vocabulary);
    meanings.forEach(meaning -> nodes.add(meaning.part(), meaning.value()));
    return nodes.words(parameter.form() == Form.REST);
  }
}
