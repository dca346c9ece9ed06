package dev.bandmaster.acl;

import dev.bandmaster.model.Glob;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rules in their order, found by the application or environment that a question is about. Large
 * policies have a rule for each application or environment, and every command asks several
 * questions. Immutable; may be used by many threads.
 */
final class RuleIndex {

  /**
   * References that the lists of one index hold at most; a policy that needs more is searched
   * whole.
   */
  private static final int MOST = 1_000_000;

  private final List<Rule> all;
  private final Lists apps;
  private final Lists envs;

  /**
   * Rules by what they name.
   *
   * @param byName for each name, the rules that may match it
   * @param others the rules that may match any other name
   */
  private record Lists(Map<String, List<Rule>> byName, List<Rule> others) {
    static Lists of(List<Rule> rules, Function<Rule, Scope> scope) {
      Set<String> names =
          rules.stream()
              .map(scope)
              .filter(RuleIndex::namesOnly)
              .flatMap(each -> each.patterns().stream().map(Glob::pattern))
              .collect(Collectors.toUnmodifiableSet());
      List<Rule> others = rules.stream().filter(rule -> !namesOnly(scope.apply(rule))).toList();
      if ((long) names.size() * others.size() > MOST) {
        return new Lists(Map.of(), rules);
      }
      Map<String, List<Rule>> byName = new HashMap<>();
      for (String name : names) {
        byName.put(name, rules.stream().filter(rule -> scope.apply(rule).matches(name)).toList());
      }
      return new Lists(byName, others);
    }

    List<Rule> of(String name) {
      return byName.getOrDefault(name, others);
    }
  }

  RuleIndex(List<Rule> rules) {
    this.all = List.copyOf(rules);
    this.apps = Lists.of(all, Rule::apps);
    this.envs = Lists.of(all, Rule::envs);
  }

  private static boolean namesOnly(Scope scope) {
    return scope.patterns().stream()
        .map(Glob::pattern)
        .allMatch(pattern -> pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0);
  }

  List<Rule> all() {
    return all;
  }

  /** All rules that may match these, and perhaps others, in their order. */
  List<Rule> about(String app, String env) {
    List<Rule> ofApp = apps.of(app);
    List<Rule> ofEnv = envs.of(env);
    return ofApp.size() <= ofEnv.size() ? ofApp : ofEnv;
  }

  /** The same where only the application is known. */
  List<Rule> aboutApp(String app) {
    return apps.of(app);
  }

  /** The same where only the environment is known. */
  List<Rule> aboutEnv(String env) {
    return envs.of(env);
  }
}
