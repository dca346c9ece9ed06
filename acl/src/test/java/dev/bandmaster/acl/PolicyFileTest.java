package dev.bandmaster.acl;

import static dev.bandmaster.acl.Fixtures.ANN;
import static dev.bandmaster.acl.Fixtures.DM;
import static dev.bandmaster.acl.Fixtures.OPS;
import static dev.bandmaster.acl.Fixtures.ask;
import static dev.bandmaster.acl.Fixtures.policy;
import static dev.bandmaster.acl.Fixtures.problems;
import static dev.bandmaster.acl.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Decision.Allowed;
import dev.bandmaster.acl.Decision.Denied;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyFileTest {
  private static final String RULE = "id: a, effect: allow";

  @Test
  void aclC4_unknownKeyRefusesTheFile() {
    assertThat(problems(text(RULE + ", actoins: [x]", "id: b, effect: deny, evns: [prod]")))
        .containsExactly(
            "policy.yaml:2: unknown key 'actoins' in 'rules[0]'; did you mean 'actions'?",
            "policy.yaml:3: unknown key 'evns' in 'rules[1]'; did you mean 'envs'?");
  }

  @Test
  void aclC4_duplicateIdRefusesTheFile() {
    assertThat(problems(text(RULE, "id: a, effect: deny")))
        .containsExactly(
            "policy.yaml:3: the rule 'a' has the same id as the rule at policy.yaml:2; ids must be unique");
  }

  @Test
  void aclC4_emptyListRefusesTheFile() {
    assertThat(problems(text(RULE + ", who: []")))
        .containsExactly(
            "policy.yaml:2: 'rules[0].who' is an empty list; add at least one item or remove the key");
    assertThat(problems("rules: []\n")).hasSize(1);
  }

  @Test
  void aclC4_unknownGroupRefusesTheFile() {
    assertThat(problems("groups: {sre: [S0SRE]}\n" + text(RULE + ", who: [\"group:srE\"]")))
        .containsExactly(
            "policy.yaml:3: 'rules[0].who[0]' names the group 'srE', which is not defined under 'groups';"
                + " did you mean 'sre'?");
  }

  @Test
  void aclC4_unparsableLineRefusesTheFile() {
    assertThat(problems("rules:\n  - {id: a\n"))
        .singleElement()
        .asString()
        .startsWith("policy.yaml:3: invalid YAML");
  }

  @Test
  void aclC2_everyFieldIsWrittenOut() {
    assertThat(problems("rules:\n  - {id: a, effect: allow}\n"))
        .hasSize(5)
        .allMatch(problem -> problem.startsWith("policy.yaml:2: 'rules[0]' is missing the key '"));
  }

  @Test
  void aclC2_everythingIsWrittenAsAStar() {
    assertThat(problems(text(RULE + ", apps: web")))
        .singleElement()
        .asString()
        .startsWith("policy.yaml:2: 'rules[0].apps' must be \"*\" or a list of patterns");
  }

  @Test
  void approvalP15_trapStackstorm_emptyApproversAreAMistakeAlsoFurtherDown() {
    assertThat(
            problems(
                text(
                    "id: a, effect: approve, approve: {approvers: [S0SRE], and: [{approvers: []}]}")))
        .singleElement()
        .asString()
        .contains("'rules[0].approve.and[0].approvers' is an empty list");
    assertThat(
            problems(
                text(
                    "id: a, effect: approve, approve: {approvers: [S0SRE], and: [{approvers:"
                        + " \"*\"}]}")))
        .singleElement()
        .asString()
        .contains("must name people or groups, not everyone");
    assertThat(
            problems(
                text("id: a, effect: approve, approve: {approvers: [S0SRE], and: [{count: 2}]}")))
        .singleElement()
        .asString()
        .contains("is missing the key 'approvers'");
    assertThat(
            problems(
                text(
                    "id: a, effect: approve, approve: {approvers: [U0BOB], and: [{approvers:"
                        + " [U0BOB]}]}")))
        .as("nobody counts twice")
        .singleElement()
        .asString()
        .contains("requires 2 approvals but names fewer approvers");
    assertThat(
            problems(
                "groups: {nobody: []}\n"
                    + text("id: a, effect: approve, approve: {approvers: [\"group:nobody\"]}")))
        .first()
        .asString()
        .contains("'groups.nobody' is an empty list");
  }

  @Test
  void whatAnApprovalCannotBe() {
    for (var keys :
        List.of("denials: 0", "denials: 21", "expires: 1s", "expires: 8d", "reuse_for: 5s")) {
      assertThat(
              problems(text("id: a, effect: approve, approve: {approvers: [S0SRE], " + keys + "}")))
          .as(keys)
          .singleElement()
          .asString()
          .startsWith(
              "policy.yaml:2: 'rules[0].approve." + keys.substring(0, keys.indexOf(':')) + "'");
    }
    assertThat(problems(text("id: a, effect: deny, more_than: 10")))
        .singleElement()
        .asString()
        .contains("denies, so 'more_than' has no effect in it");
  }

  @Test
  void approversAreNamed() {
    assertThat(problems(text("id: a, effect: approve")))
        .containsExactly(
            "policy.yaml:2: 'rules[0].effect' is approve, so the rule needs 'approve' with approvers");
    assertThat(problems(text("id: a, effect: approve, approve: {approvers: []}")))
        .singleElement()
        .asString()
        .contains("is an empty list");
    assertThat(problems(text("id: a, effect: approve, approve: {approvers: \"*\"}")))
        .singleElement()
        .asString()
        .contains("must name people or groups, not everyone");
    assertThat(problems(text("id: a, effect: approve, approve: {approvers: [U0BOB], count: 2}")))
        .singleElement()
        .asString()
        .contains("requires 2 approvals but names fewer approvers");
  }

  @Test
  void aclC5_aFailingTestRefusesTheFile() {
    assertThat(problems(text(RULE) + "tests:\n  - {as: U0ANN, in: dm, do: ping, expect: deny}\n"))
        .containsExactly(
            "policy.yaml:4: the test expects deny for U0ANN asking ping, but the policy says"
                + " allow: The rule 'a' allows it.");
    assertThat(
            problems(
                text(RULE, "id: b, effect: deny, actions: [x]")
                    + "tests:\n  - {as: U0ANN, in: dm, do: ping, expect: allow, by_rule: b}\n"))
        .singleElement()
        .asString()
        .contains("the test expects the rule 'b' to decide");
  }

  @Test
  void aclC5_aProtectedEnvWantsADenyTest() {
    assertThat(problems("protected_envs: [prod]\n" + text(RULE)))
        .containsExactly(
            "policy.yaml:1: 'protected_envs' contains 'prod', so 'tests' needs at least one test with 'env: prod' and "
                + "'expect: deny'");
  }

  @Test
  void nothingIsFilledInFromTheEnvironment() {
    assertThat(problems(text("id: \"${HOME}\", effect: allow")))
        .singleElement()
        .asString()
        .contains("needs the environment variable HOME");
  }

  @Test
  void trap_anInvalidDenyDoesNotVanish() {
    assertThat(problems(text(RULE, "id: no, efect: deny"))).isNotEmpty();
  }

  @Test
  void trap_anEmptyFileAllowsNothing() {
    assertThat(problems("")).containsExactly("policy.yaml:1: the file is empty");
    assertThat(problems("{}")).hasSize(1);
  }

  @Test
  void thePolicyWeShipAllowsWhatTheDemoNeeds() throws IOException {
    var text = Files.readString(Path.of("../config/policy.yaml"));
    var loaded = PolicyLoader.load("policy.yaml", text, Fixtures.IDS);
    assertThat(loaded.warnings()).isEmpty();
    var policy = loaded.value();
    assertThat(policy.tests()).hasSizeGreaterThan(8);
    assertThat(policy.decide(ask(ANN, DM, "codeupdate", "web", "staging")))
        .isInstanceOf(Allowed.class);
    assertThat(policy.decide(ask(ANN, DM, "ping", "", "").with(new Targets(6, 6, false))))
        .isInstanceOfSatisfying(
            Allowed.class, allowed -> assertThat(allowed.confirmAll()).isFalse());
    assertThat(policy.decide(ask(ANN, OPS, "codeupdate", "web", "prod")))
        .isInstanceOfSatisfying(
            Decision.NeedsApproval.class,
            needed ->
                assertThat(needed.approvals())
                    .singleElement()
                    .satisfies(one -> assertThat(one.inWords()).isEqualTo("1 of group sre")));
    assertThat(policy.decide(ask(ANN, DM, "codeupdate", "web", "prod")))
        .isInstanceOfSatisfying(
            Denied.class,
            denied -> assertThat(denied.reason()).endsWith("is for group sre. Ask one of them."));
    assertThat(policy.couldEverAllow(ANN, DM, "adhoc")).isTrue();
    assertThat(policy.couldEverAllow(ANN, DM, "eip")).isFalse();
    assertThat(policy.couldEverAllow(Fixtures.EVE, OPS, "help")).isFalse();
  }

  @Test
  void aclC12_fourListsAreFiveLines() throws IOException {
    var page = Files.readString(Path.of("../docs/reference/policy.md"));
    var begin = page.indexOf("```yaml four-lists\n") + "```yaml four-lists\n".length();
    var sample = page.substring(begin, page.indexOf("```", begin));
    assertThat(sample.lines()).hasSize(5);
    var policy = policy(sample);
    assertThat(policy.decide(ask(ANN, OPS, "codeupdate", "web", "staging")))
        .isInstanceOf(Allowed.class);
    assertThat(policy.decide(ask(ANN, OPS, "codeupdate", "db", "staging")))
        .isInstanceOf(Denied.class);
    assertThat(policy.decide(ask(ANN, OPS, "codeupdate", "web", "prod")))
        .isInstanceOf(Denied.class);
    assertThat(policy.decide(ask(ANN, DM, "codeupdate", "web", "staging")))
        .isInstanceOf(Denied.class);
  }
}
