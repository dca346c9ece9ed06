package dev.bandmaster.engine.intake;

import dev.bandmaster.acl.Decision;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.pipeline.AccessRequests;
import dev.bandmaster.engine.pipeline.AccessRules;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Parameter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a person may choose from in a form: environments, applications and words for which the rules
 * do not say no, in some combination with the others.
 *
 * @param words the choices by the parameter's name, sorted; no entry where anything may be typed
 */
record FormChoices(Map<String, List<String>> words) {

  /**
   * Questions put to the rules for one form. Twenty environments with a hundred applications and a
   * few modules need as many; what is not asked about is not offered.
   */
  private static final int MOST_QUESTIONS = 10_000;

  public FormChoices {
    words = Map.copyOf(words);
  }

  /** The choices for a parameter; empty where anything may be typed. */
  List<String> of(Parameter parameter) {
    return words.getOrDefault(parameter.name(), List.of());
  }

  /** Whether some parameter has to be chosen and there is nothing to choose from. */
  boolean isHopeless() {
    return words.values().stream().anyMatch(List::isEmpty);
  }

  static FormChoices of(
      Asker asker, Command command, Catalogue catalogue, AccessRules rules, Instant now) {
    return new Search(asker, command, rules, now).in(menus(command, catalogue));
  }

  private static Map<String, List<String>> menus(Command command, Catalogue catalogue) {
    Map<String, List<String>> menus = new LinkedHashMap<>();
    for (Parameter parameter : command.declaration().parameters()) {
      switch (parameter.type()) {
        case Parameter.Type.Environment() ->
            menus.put(parameter.name(), sorted(catalogue.environments()));
        case Parameter.Type.Application() ->
            menus.put(parameter.name(), sorted(catalogue.applications()));
        case Parameter.Type.Choice(List<String> words, var _) ->
            menus.put(parameter.name(), sorted(words));
        case Parameter.Type.Version(),
            Parameter.Type.Nodes(),
            Parameter.Type.Word(),
            Parameter.Type.Text(),
            Parameter.Type.Size(),
            Parameter.Type.Span(),
            Parameter.Type.Job() -> {}
      }
    }
    return menus;
  }

  private static List<String> sorted(Collection<String> words) {
    return words.stream().sorted().toList();
  }

  /** Asks the rules about each combination that could still add something. */
  private static final class Search {
    private final Asker asker;
    private final Command command;
    private final AccessRules rules;
    private final Instant now;
    private final Map<String, Set<String>> usable = new LinkedHashMap<>();
    private int questions;

    Search(Asker asker, Command command, AccessRules rules, Instant now) {
      this.asker = asker;
      this.command = command;
      this.rules = rules;
      this.now = now;
    }

    FormChoices in(Map<String, List<String>> menus) {
      menus.keySet().forEach(name -> usable.put(name, new TreeSet<>()));
      choose(new ArrayList<>(menus.keySet()), menus, new LinkedHashMap<>());
      Map<String, List<String>> words = new LinkedHashMap<>();
      usable.forEach((name, found) -> words.put(name, List.copyOf(found)));
      return new FormChoices(words);
    }

    private void choose(
        List<String> names, Map<String, List<String>> menus, Map<String, List<String>> chosen) {
      if (chosen.size() == names.size()) {
        check(chosen);
        return;
      }
      String name = names.get(chosen.size());
      for (String word : menus.getOrDefault(name, List.of())) {
        chosen.put(name, List.of(word));
        choose(names, menus, chosen);
        chosen.remove(name);
      }
    }

    private void check(Map<String, List<String>> chosen) {
      boolean known =
          chosen.entrySet().stream()
              .allMatch(entry -> usable(entry.getKey()).containsAll(entry.getValue()));
      if (known || questions++ >= MOST_QUESTIONS) {
        return;
      }
      Arguments arguments = new Arguments(chosen);
      Decision decision = rules.decide(AccessRequests.about(asker, command, arguments, now));
      if (!(decision instanceof Decision.Denied)) {
        chosen.forEach((name, words) -> usable(name).addAll(words));
      }
    }

    private Set<String> usable(String name) {
      return usable.computeIfAbsent(name, fresh -> new TreeSet<>());
    }
  }
}
