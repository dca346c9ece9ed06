package dev.bandmaster.acl;

import dev.bandmaster.acl.Principal.Kind;
import dev.bandmaster.yaml.BadConfigException;
import dev.bandmaster.yaml.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** People, places and short ways to ask. */
final class Fixtures {
  static final Principal ANN = Principal.of("T0BAND", "U0ANN", Set.of("S0DEVELOPERS"), Kind.MEMBER);
  static final Principal BOB = Principal.of("T0BAND", "U0BOB", Set.of("S0SRE"), Kind.MEMBER);
  static final Principal EVE = Principal.of("T0OTHER", "U0EVE", Set.of(), Kind.EXTERNAL);
  static final Channel DM = Channel.direct("D0ANN");
  static final Channel OPS = Channel.internal("C0OPS");

  /** Ids as they are in the shipped policy. */
  static final IdSyntax IDS =
      new IdSyntax(
          IdSyntax.Form.of("[UW][A-Z0-9]{2,30}", "U…"),
          IdSyntax.Form.of("S[A-Z0-9]{2,30}", "S…"),
          IdSyntax.Form.of("[CG][A-Z0-9]{2,30}", "C…"),
          IdSyntax.Form.of("[TE][A-Z0-9]{2,30}", "T…"));

  private Fixtures() {}

  static Request ask(Principal who, Channel where, String action, String app, String env) {
    return new Request(
        who,
        where,
        action,
        app,
        env,
        Map.of(),
        Optional.empty(),
        Instant.parse("2026-03-01T12:00:00Z"));
  }

  static Policy policy(String text) {
    return PolicyLoader.load("policy.yaml", text, IDS).value();
  }

  /** A policy of rules in flow style; what a rule leaves out is {@code "*"}. */
  static Policy rules(String... rules) {
    return policy(text(rules));
  }

  static String text(String... rules) {
    var text = new StringBuilder("rules:\n");
    for (var rule : rules) {
      text.append("  - {").append(rule);
      for (var key : List.of("who", "where", "actions", "apps", "envs")) {
        if (!rule.contains(key + ":")) {
          text.append(", ").append(key).append(": \"*\"");
        }
      }
      text.append("}\n");
    }
    return text.toString();
  }

  static List<String> problems(String text) {
    try {
      policy(text);
      return List.of();
    } catch (BadConfigException refused) {
      return refused.problems().stream().map(Problem::toString).toList();
    }
  }
}
