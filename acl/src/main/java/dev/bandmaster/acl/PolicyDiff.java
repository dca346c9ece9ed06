package dev.bandmaster.acl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How two policies differ, line by line for a person. */
final class PolicyDiff {
  private PolicyDiff() {}

  static List<String> between(Policy before, Policy after) {
    List<String> lines = new ArrayList<>();
    var old = byId(before);
    var young = byId(after);
    young.values().forEach(rule -> compare(lines, rule, old));
    old.keySet().stream()
        .filter(id -> !young.containsKey(id))
        .forEach(id -> lines.add("- rule '%s' removed".formatted(id)));
    requests(before, after).forEach(request -> compare(lines, request, before, after));
    return lines.isEmpty() ? List.of("The two policies have the same rules.") : lines;
  }

  private static void compare(List<String> lines, Rule rule, Map<String, Rule> old) {
    var was = old.get(rule.id());
    if (was == null) {
      lines.add("+ rule '%s' added".formatted(rule.id()));
    } else if (!rule.at(was.position()).equals(was)) {
      lines.add("~ rule '%s' changed".formatted(rule.id()));
    }
  }

  private static Map<String, Rule> byId(Policy policy) {
    Map<String, Rule> rules = new LinkedHashMap<>();
    policy.rules().forEach(rule -> rules.put(rule.id(), rule));
    return rules;
  }

  private static Set<Request> requests(Policy before, Policy after) {
    Set<Request> requests = new LinkedHashSet<>();
    before.tests().forEach(test -> requests.add(test.request()));
    after.tests().forEach(test -> requests.add(test.request()));
    return requests;
  }

  private static void compare(List<String> lines, Request request, Policy before, Policy after) {
    var was = PolicyTest.outcome(before.decide(request));
    var is = PolicyTest.outcome(after.decide(request));
    if (was != is) {
      lines.add(
          "! %s asking %s in %s: %s became %s"
              .formatted(
                  request.principal().user(),
                  request.inWords(),
                  request.channel().id(),
                  was.word(),
                  is.word()));
    }
  }
}
