package dev.bandmaster.core.freeze;

import dev.bandmaster.plugin.Planned.Subject;
import java.util.List;

/**
 * What a freeze is about.
 *
 * @param environments where; none means everywhere
 * @param applications of what; none means of everything
 */
public record FreezeScope(List<String> environments, List<String> applications) {
  public FreezeScope {
    environments = List.copyOf(environments);
    applications = List.copyOf(applications);
  }

  /** Whether work on an application in an environment falls under it. */
  public boolean covers(Subject subject) {
    return covers(environments, subject.environment())
        && covers(applications, subject.application());
  }

  private static boolean covers(List<String> names, String name) {
    return names.isEmpty() || names.contains(name);
  }

  /** As in a sentence: {@code web in prod}, {@code prod}, {@code web everywhere}. */
  public String inWords() {
    String where = String.join(" and ", environments);
    String what = String.join(" and ", applications);
    if (what.isEmpty()) {
      return where.isEmpty() ? "everything" : where;
    }
    return where.isEmpty() ? what + " everywhere" : what + " in " + where;
  }
}
