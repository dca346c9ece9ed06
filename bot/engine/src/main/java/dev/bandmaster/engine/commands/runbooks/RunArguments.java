package dev.bandmaster.engine.commands.runbooks;

import dev.bandmaster.core.runbook.RunbookMachine;
import dev.bandmaster.engine.pipeline.WordSplitter;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.plugin.Runbook;
import dev.bandmaster.plugin.Runbook.Argument;
import dev.bandmaster.plugin.Runbook.Step;
import dev.bandmaster.plugin.Runbook.Work;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is said behind a runbook's name. */
sealed interface RunArguments {

  /**
   * All that the runbook needs.
   *
   * @param first the index of the step with which it begins
   * @param isDry whether only its commands are to be shown
   */
  record Read(Map<String, String> values, int first, boolean isDry) implements RunArguments {}

  /** It cannot be run so; the reason is a sentence. */
  record Mistaken(String reason) implements RunArguments {}

  /** Reads {@code key=value}, words in the order of the arguments, and options. */
  static RunArguments read(Runbook runbook, String typed) {
    return switch (WordSplitter.of(typed)) {
      case WordSplitter.Unreadable(String reason) -> new Mistaken(reason);
      case WordSplitter.Split(List<String> words) -> read(runbook, words);
    };
  }

  private static RunArguments read(Runbook runbook, List<String> words) {
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> known = names(runbook);
    List<String> inOrder = new ArrayList<>();
    Optional<String> from = Optional.empty();
    boolean dry = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--dry-run")) {
        dry = true;
      } else if (word.equals("--from")) {
        if (i + 1 == words.size()) {
          return new Mistaken("From which step? Give its number or its name: `--from 2`.");
        }
        from = Optional.of(words.get(++i));
      } else if (word.startsWith("--from=")) {
        from = Optional.of(word.substring("--from=".length()));
      } else if (word.startsWith("--")) {
        return new Mistaken(
            "`run` has no option '%s'. It has `--from STEP` and `--dry-run`.".formatted(word));
      } else if (word.indexOf('=') > 0) {
        String name = word.substring(0, word.indexOf('='));
        if (!known.contains(name)) {
          return new Mistaken(
              "Runbook '%s' has no argument '%s'%s."
                  .formatted(runbook.name(), name, Nearest.hint(name, known)));
        }
        if (values.put(name, word.substring(name.length() + 1)) != null) {
          return new Mistaken("'%s' is given twice.".formatted(name));
        }
      } else {
        inOrder.add(word);
      }
    }
    for (Argument argument : runbook.arguments()) {
      if (!inOrder.isEmpty() && !values.containsKey(argument.name())) {
        values.put(argument.name(), inOrder.removeFirst());
      }
    }
    if (!inOrder.isEmpty()) {
      return new Mistaken(
          "'%s' is more than runbook '%s' takes. Usage: `%s`"
              .formatted(inOrder.getFirst(), runbook.name(), usage(runbook)));
    }
    return checked(runbook, values, from, dry);
  }

  private static RunArguments checked(
      Runbook runbook, Map<String, String> values, Optional<String> from, boolean dry) {
    for (Argument argument : runbook.arguments()) {
      String name = argument.name();
      if (!values.containsKey(name)) {
        if (argument.fallback().isEmpty()) {
          return new Mistaken(
              "Runbook '%s' needs '%s': %s. Usage: `%s`"
                  .formatted(runbook.name(), name, argument.help(), usage(runbook)));
        }
        values.put(name, argument.fallback().get());
      }
    }
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (!Runbook.isValue(value.getValue())) {
        return new Mistaken(
            "'%s' has to be one plain word of at most 200 characters, without spaces, quotes and '='."
                .formatted(value.getKey()));
      }
      List<String> choices = choices(runbook, value.getKey());
      if (!choices.isEmpty() && !choices.contains(value.getValue())) {
        return new Mistaken(
            "'%s' is one of %s, not '%s'%s."
                .formatted(
                    value.getKey(),
                    String.join(", ", choices),
                    value.getValue(),
                    Nearest.hint(value.getValue(), choices)));
      }
    }
    int first = from.map(step -> index(runbook, step)).orElse(0);
    if (first < 0) {
      List<String> titles = runbook.steps().stream().map(Step::name).toList();
      return new Mistaken(
          "Runbook '%s' has no step '%s'%s. To list its steps: `runbooks %s`."
              .formatted(
                  runbook.name(),
                  from.orElse(""),
                  Nearest.hint(from.orElse(""), titles),
                  runbook.name()));
    }
    return lacking(runbook, values, first)
        .<RunArguments>map(name ->
            new Mistaken(
                "An earlier step would have asked for '%s'. Give it as `%s=…`."
                    .formatted(name, name)))
        .orElseGet(() -> new Read(values, first, dry));
  }

  /** The first name that a step needs and that nobody will be asked for. */
  private static Optional<String> lacking(Runbook runbook, Map<String, String> values, int first) {
    Map<String, String> later = new LinkedHashMap<>(values);
    for (Step step : runbook.steps().subList(first, runbook.steps().size())) {
      Optional<String> missing = RunbookMachine.missing(step.work().text(), later);
      if (missing.isPresent()) {
        return missing;
      }
      if (step.work() instanceof Work.Question question) {
        question.saves().ifPresent(name -> later.put(name, question.choices().getFirst()));
      }
    }
    return Optional.empty();
  }

  private static Set<String> names(Runbook runbook) {
    Set<String> names = new HashSet<>();
    runbook.arguments().forEach(argument -> names.add(argument.name()));
    for (Step step : runbook.steps()) {
      if (step.work() instanceof Work.Question question) {
        question.saves().ifPresent(names::add);
      }
    }
    return names;
  }

  private static List<String> choices(Runbook runbook, String name) {
    for (Argument argument : runbook.arguments()) {
      if (argument.name().equals(name)) {
        return argument.choices();
      }
    }
    for (Step step : runbook.steps()) {
      if (step.work() instanceof Work.Question question
          && question.saves().filter(name::equals).isPresent()) {
        return question.choices();
      }
    }
    return List.of();
  }

  private static int index(Runbook runbook, String step) {
    for (int i = 0; i < runbook.steps().size(); i++) {
      if (step.equals(Integer.toString(i + 1))
          || step.equalsIgnoreCase(runbook.steps().get(i).name())) {
        return i;
      }
    }
    return -1;
  }

  /** How to run it, on one line. */
  static String usage(Runbook runbook) {
    StringBuilder usage = new StringBuilder("run ").append(runbook.name());
    for (Argument argument : runbook.arguments()) {
      usage.append(
          argument.fallback().isPresent()
              ? " [%s=%s]".formatted(argument.name(), argument.fallback().get())
              : " %s=…".formatted(argument.name()));
    }
    return usage.toString();
  }
}
