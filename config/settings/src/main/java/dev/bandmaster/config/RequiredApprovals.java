package dev.bandmaster.config;

import dev.bandmaster.model.Glob;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.util.List;

/**
 * How many people have to have approved a request before this node runs it, whatever the bot's
 * policy says.
 *
 * @param actions patterns for {@code capability.action}
 * @param apps patterns for the app; a request without one is matched as the empty text
 * @param count how many other people than the one who asks
 */
public record RequiredApprovals(List<Glob> actions, List<Glob> apps, int count) {
  private static final int MOST = 10;

  public RequiredApprovals {
    actions = List.copyOf(actions);
    apps = List.copyOf(apps);
  }

  /** Whether it is about this request. */
  public boolean covers(String action, String app) {
    return actions.stream().anyMatch(glob -> glob.matches(action))
        && apps.stream().anyMatch(glob -> glob.matches(app));
  }

  static RequiredApprovals read(Section section) {
    return new RequiredApprovals(
        section
            .list("actions", Kinds.glob(), "Patterns for the action, such as `deploy.*`.")
            .required(),
        section
            .list("apps", Kinds.glob(), "Patterns for the app.")
            .orDefault(List.of(new Glob("*")), "`*`"),
        section
            .integer(
                "count", 1, MOST, "Number of people, other than the caller, who have to approve.")
            .orDefault(1));
  }
}
