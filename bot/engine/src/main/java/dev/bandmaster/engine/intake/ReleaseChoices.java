package dev.bandmaster.engine.intake;

import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.pipeline.CommandForm;
import dev.bandmaster.plugin.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The releases that a form offers: of each application the newest first, with a word behind those
 * that run. Only what can be listed without asking a server.
 *
 * @param nodes all that are known
 */
record ReleaseChoices(Catalogue catalogue, List<Node> nodes) {

  /** Releases in the menu: whoever wants an older one types the command. */
  private static final int MOST = Dialog.Pick.MOST_OPTIONS;

  /** The choices among these environments and applications; none where nothing can be listed. */
  List<Dialog.Option> of(List<String> environments, List<String> applications) {
    List<Dialog.Option> options = new ArrayList<>();
    int each = MOST / Math.max(1, applications.size());
    for (String application : applications) {
      Set<String> versions = new TreeSet<>();
      environments.forEach(
          environment -> versions.addAll(catalogue.versions(environment, application)));
      Catalogue.newestFirst(versions).stream()
          .limit(each)
          .map(version -> option(application, version, environments, applications.size() > 1))
          .filter(Dialog.Option::fits)
          .forEach(options::add);
    }
    return options;
  }

  private Dialog.Option option(
      String application, String version, List<String> environments, boolean isGrouped) {
    List<String> where =
        environments.stream()
            .filter(environment ->
                nodes.stream()
                    .anyMatch(node ->
                        node.environment().equals(environment)
                            && version.equals(node.applications().get(application))))
            .toList();
    String label = where.isEmpty() ? version : version + " · runs in " + String.join(", ", where);
    return new Dialog.Option(
        isGrouped ? CommandForm.release(application, version) : version,
        label.length() <= Dialog.Pick.LONGEST_OPTION ? label : version + " · running",
        isGrouped ? application : "");
  }
}
