package dev.bandmaster.engine.pipeline;

import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.model.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The names one person may use with one command in one place.
 *
 * @param nodes whether a node goes by a name
 */
record UsableNames(
    Asker asker,
    Command command,
    Catalogue catalogue,
    Predicate<String> nodes,
    PermissionCheck rights)
    implements Vocabulary {

  @Override
  public Optional<String> environment(String word) {
    return spelled(word, catalogue.environments())
        .filter(name -> usable(Optional.of(name), Optional.empty()));
  }

  @Override
  public Optional<String> application(String word) {
    return spelled(word, catalogue.applications())
        .filter(name -> usable(Optional.empty(), Optional.of(name)));
  }

  @Override
  public boolean isNode(String word) {
    return nodes.test(word);
  }

  /** Only names that are near are asked about: each question goes through all rules. */
  @Override
  public Optional<String> nearest(
      String word, boolean environments, boolean applications, Collection<String> others) {
    List<String> names = new ArrayList<>(others);
    if (environments) {
      names.addAll(catalogue.environments());
    }
    if (applications) {
      names.addAll(catalogue.applications());
    }
    Optional<String> near = Nearest.to(word, names);
    while (near.isPresent() && !isUsable(near.get(), environments, applications, others)) {
      names.removeAll(List.of(near.get()));
      near = Nearest.to(word, names);
    }
    return near;
  }

  private boolean isUsable(
      String name, boolean environments, boolean applications, Collection<String> others) {
    return others.contains(name)
        || (environments && environment(name).isPresent())
        || (applications && application(name).isPresent());
  }

  @Override
  public List<String> environments(Optional<String> application) {
    return catalogue.environments().stream()
        .filter(name -> application.map(app -> catalogue.runsIn(app, name)).orElse(true))
        .filter(name -> usable(Optional.of(name), application))
        .sorted()
        .toList();
  }

  @Override
  public List<String> applications(Optional<String> environment) {
    return catalogue.applications().stream()
        .filter(name -> environment.map(env -> catalogue.runsIn(name, env)).orElse(true))
        .filter(name -> usable(environment, Optional.of(name)))
        .sorted()
        .toList();
  }

  private boolean usable(Optional<String> environment, Optional<String> application) {
    return rights.mayEver(asker, command, environment, application);
  }

  /** Telephones begin a message with a capital letter. */
  private static Optional<String> spelled(String word, Collection<String> names) {
    if (names.contains(word)) {
      return Optional.of(word);
    }
    String lower = word.toLowerCase(Locale.ROOT);
    return names.contains(lower) ? Optional.of(lower) : Optional.empty();
  }
}
