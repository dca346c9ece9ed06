package dev.bandmaster.engine.pipeline;

import dev.bandmaster.engine.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Examples of a command that work as they stand: names of environments and applications in a
 * declaration's examples are replaced by names that the asker may use.
 */
final class HelpExamples {

  /** The names that examples of declarations are written with. */
  private static final Set<String> ENVIRONMENTS = Set.of("staging", "prod");

  private static final Set<String> APPLICATIONS = Set.of("web", "api");

  private final Catalogue catalogue;
  private final PermissionCheck rights;

  HelpExamples(Catalogue catalogue, PermissionCheck rights) {
    this.catalogue = catalogue;
    this.rights = rights;
  }

  List<String> of(Asker asker, Command command) {
    UsableNames names = new UsableNames(asker, command, catalogue, _ -> false, rights);
    return command.declaration().examples().stream()
        .map(example -> withNames(example, names))
        .distinct()
        .toList();
  }

  private static String withNames(String example, UsableNames names) {
    Optional<String> app = name(APPLICATIONS, example, names.applications(Optional.empty()));
    Optional<String> env = name(ENVIRONMENTS, example, names.environments(app));
    List<String> words = new ArrayList<>();
    for (String word : example.split(" ", -1)) {
      int equals = word.indexOf('=') + 1;
      String name = word.substring(equals);
      Optional<String> instead =
          ENVIRONMENTS.contains(name)
              ? env
              : APPLICATIONS.contains(name) ? app : Optional.<String>empty();
      words.add(word.substring(0, equals) + instead.orElse(name));
    }
    return String.join(" ", words);
  }

  /** The name of the example where it can be used, otherwise the first that can. */
  private static Optional<String> name(Set<String> written, String example, List<String> usable) {
    return List.of(example.split("[ =]", -1)).stream()
        .filter(written::contains)
        .filter(usable::contains)
        .findFirst()
        .or(() -> usable.stream().findFirst());
  }
}
