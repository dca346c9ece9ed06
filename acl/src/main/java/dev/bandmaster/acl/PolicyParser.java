package dev.bandmaster.acl;

import dev.bandmaster.yaml.Environment;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Limits;
import dev.bandmaster.yaml.Loaded;
import dev.bandmaster.yaml.Position;
import dev.bandmaster.yaml.Section;
import dev.bandmaster.yaml.StrictYaml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the text of a policy. A file with any mistake is refused whole: a rule that is skipped may
 * be the one that forbids. Nothing is filled in from the environment, so that the text decides and
 * its hash names it.
 */
public final class PolicyParser {
  private static final StrictYaml YAML = new StrictYaml(Limits.STANDARD, Environment.of(Map.of()));

  private PolicyParser() {}

  /**
   * Reads a policy, then looks for what is allowed but foolish. Does not run its tests.
   *
   * @param name how problems call the file
   * @param ids what ids look like
   * @throws dev.bandmaster.yaml.BadConfigException with every mistake
   */
  public static Loaded<Policy> parse(String name, String text, IdSyntax ids) {
    var hash = hash(text);
    return YAML.parse(name, Path.of(""), text, section -> read(section, hash, ids));
  }

  static Policy read(Section section, String hash, IdSyntax ids) {
    var kinds = new PolicyKinds(ids);
    var groups =
        section
            .map(
                "groups",
                Kinds.listOf(kinds.member()),
                "Named groups of user groups (%s) and people (%s), used as `group:<name>`."
                    .formatted(ids.group().example(), ids.user().example()))
            .orDefault(Map.of());
    var protectedEnvs =
        section
            .list(
                "protected_envs",
                Kinds.name(),
                "Protected environments; each needs a test that expects deny.")
            .orDefault(List.of());
    var rules =
        section
            .list(
                "rules",
                Kinds.section(new RuleReader(kinds, groups)::read),
                "The rules: who may do what, where.")
            .required();
    var tests =
        section
            .list(
                "tests",
                Kinds.section(new TestReader(kinds, groups)::read),
                "Test requests with the expected decision; if one fails, the file is rejected.")
            .orDefault(List.of());
    refuseDuplicates(section, rules);
    var policy = new Policy(hash, rules, Set.copyOf(protectedEnvs), tests, RuleMatcher.standard());
    if (!section.isDescribing()) {
      Lint.check(section, policy, groups);
    }
    return policy;
  }

  private static void refuseDuplicates(Section section, List<Rule> rules) {
    Map<String, Position> seen = new HashMap<>();
    for (var rule : rules) {
      var before = seen.putIfAbsent(rule.id(), rule.position());
      if (before != null) {
        section.refuseAt(
            rule.position(),
            "the rule '%s' has the same id as the rule at %s; ids must be unique"
                .formatted(rule.id(), before));
      }
    }
  }

  /** SHA-256 in hexadecimal. */
  static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
