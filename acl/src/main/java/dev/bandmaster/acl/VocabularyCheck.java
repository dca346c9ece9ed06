package dev.bandmaster.acl;

import dev.bandmaster.model.Glob;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.yaml.Position;
import dev.bandmaster.yaml.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds names in a policy that no request can ever have. A rule with such a name reads as if it
 * allowed or forbade something, and does not.
 */
final class VocabularyCheck {
  private final Vocabulary known;
  private final List<Problem> problems = new ArrayList<>();

  private VocabularyCheck(Vocabulary known) {
    this.known = known;
  }

  /** Every such name, at its rule or test. */
  static List<Problem> problems(Policy policy, Vocabulary known) {
    var check = new VocabularyCheck(known);
    policy.rules().forEach(check::rule);
    policy.tests().forEach(check::test);
    policy.rules().stream()
        .findFirst()
        .map(Rule::position)
        .ifPresent(first ->
            policy.protectedEnvs().stream()
                .sorted()
                .forEach(env ->
                    check.environment(new Position(first.file(), 1, 1), "'protected_envs'", env)));
    return List.copyOf(check.problems);
  }

  private void rule(Rule rule) {
    String where = "the rule '%s'".formatted(rule.id());
    scopes(
        rule.position(),
        where,
        Optional.of(rule.actions()),
        Optional.of(rule.apps()),
        Optional.of(rule.envs()));
    arguments(rule.position(), where, rule.actions(), rule.arguments());
    rule.unless()
        .ifPresent(unless -> {
          String exception = "'unless' of " + where;
          scopes(rule.position(), exception, unless.actions(), unless.apps(), unless.envs());
          arguments(
              rule.position(),
              exception,
              unless.actions().orElse(rule.actions()),
              unless.arguments());
        });
  }

  private void test(PolicyTest test) {
    Request request = test.request();
    action(test.position(), "the test", new Glob(request.action()));
    if (!request.env().isEmpty()) {
      environment(test.position(), "the test", request.env());
    }
    if (!request.app().isEmpty()) {
      application(test.position(), "the test", request.app());
    }
  }

  private void scopes(
      Position at,
      String where,
      Optional<Scope> actions,
      Optional<Scope> apps,
      Optional<Scope> envs) {
    patterns(actions).forEach(pattern -> action(at, where, pattern));
    patterns(apps).forEach(pattern -> application(at, where, pattern.pattern()));
    patterns(envs).forEach(pattern -> environment(at, where, pattern.pattern()));
  }

  private static List<Glob> patterns(Optional<Scope> scope) {
    return scope.map(Scope::patterns).orElse(List.of());
  }

  private void action(Position at, String where, Glob pattern) {
    String text = pattern.pattern();
    if (known.actions().isEmpty() || known.actions().stream().anyMatch(pattern::matches)) {
      return;
    }
    Optional<String> meant = Optional.ofNullable(known.aliases().get(text));
    if (meant.isPresent()) {
      refuse(
          at,
          where
              + " names '%s', which is another word for a command and never matches; write '%s'"
                  .formatted(text, meant.get()));
    } else if (known.actions().stream().anyMatch(action -> action.startsWith(text + ":"))) {
      refuse(
          at,
          where
              + " names '%s', whose modules have rights of their own; write '%s:*'"
                  .formatted(text, text));
    } else if (!isOthers(text)) {
      unknown(at, where, "action", text, known.actions());
    }
  }

  /** Whether a plugin or a module on the nodes may go by this name; a slip of the pen may not. */
  private boolean isOthers(String action) {
    return known.open().stream().anyMatch(pattern -> pattern.matches(action))
        && Nearest.hint(action, known.actions()).isEmpty();
  }

  private void environment(Position at, String where, String pattern) {
    among(at, where, "environment", pattern, known.environments());
  }

  private void application(Position at, String where, String pattern) {
    among(at, where, "application", pattern, known.applications());
  }

  private void among(
      Position at, String where, String what, String pattern, Set<String> candidates) {
    if (!candidates.isEmpty() && candidates.stream().noneMatch(new Glob(pattern)::matches)) {
      unknown(at, where, what, pattern, candidates);
    }
  }

  /** Parameters, where those of all actions that are meant are known. */
  private void arguments(Position at, String where, Scope actions, Map<String, Scope> arguments) {
    List<String> meant = known.actions().stream().filter(actions::matches).toList();
    if (arguments.isEmpty() || !known.parameters().keySet().containsAll(meant)) {
      return;
    }
    List<String> names =
        meant.stream()
            .flatMap(action -> known.parameters().getOrDefault(action, Set.of()).stream())
            .distinct()
            .sorted()
            .toList();
    if (names.isEmpty()) {
      return;
    }
    arguments.keySet().stream()
        .sorted()
        .filter(name -> !names.contains(name))
        .forEach(name -> unknown(at, where, "argument", name, names));
  }

  private void unknown(
      Position at, String where, String what, String name, Collection<String> names) {
    refuse(
        at,
        where
            + " names the %s '%s', which does not exist, so it never matches%s"
                .formatted(what, name, Nearest.hint(name, names)));
  }

  private void refuse(Position at, String sentence) {
    problems.add(new Problem(at, sentence));
  }
}
