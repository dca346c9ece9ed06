package dev.bandmaster.config;

import dev.bandmaster.model.Glob;
import dev.bandmaster.yaml.Kind;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.util.List;

/**
 * A kind of request that a node accepts. All four must match; {@code "*"} is written out.
 *
 * @param callers patterns for who asks: {@code slack:T…:U…}, or {@code group:S…} for a user group
 * @param actions patterns for {@code capability.action}, such as {@code deploy.*}
 * @param apps patterns for the app; requests without one are matched as the empty text, which only
 *     {@code *} matches
 * @param envs patterns for the environment
 */
public record LocalRule(List<Glob> callers, List<Glob> actions, List<Glob> apps, List<Glob> envs) {
  public LocalRule {
    callers = List.copyOf(callers);
    actions = List.copyOf(actions);
    apps = List.copyOf(apps);
    envs = List.copyOf(envs);
  }

  /**
   * Whether this rule covers a request.
   *
   * @param callerNames all the names the caller goes by; one match is enough
   */
  public boolean covers(List<String> callerNames, String action, String app, String env) {
    return callerNames.stream().anyMatch(name -> any(callers, name))
        && any(actions, action)
        && any(apps, app)
        && any(envs, env);
  }

  private static boolean any(List<Glob> globs, String text) {
    return globs.stream().anyMatch(glob -> glob.matches(text));
  }

  static LocalRule read(Section section) {
    Kind<List<Glob>> globs = Kinds.listOf(Kinds.glob());
    return new LocalRule(
        section
            .field(
                "callers",
                globs,
                "Patterns for the caller: `slack:T…:U…` for a person, `group:S…` for a user "
                    + "group.")
            .required(),
        section.field("actions", globs, "Patterns for the action, such as `deploy.*`.").required(),
        section.field("apps", globs, "Patterns for the app.").required(),
        section.field("envs", globs, "Patterns for the environment.").required());
  }
}
