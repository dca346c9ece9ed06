package dev.bandmaster.acl;

import static dev.bandmaster.acl.Fixtures.ANN;
import static dev.bandmaster.acl.Fixtures.BOB;
import static dev.bandmaster.acl.Fixtures.DM;
import static dev.bandmaster.acl.Fixtures.EVE;
import static dev.bandmaster.acl.Fixtures.OPS;
import static dev.bandmaster.acl.Fixtures.ask;
import static dev.bandmaster.acl.Fixtures.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Decision.Allowed;
import dev.bandmaster.acl.Decision.Denied;
import dev.bandmaster.acl.Decision.NeedsApproval;
import dev.bandmaster.acl.Principal.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyDecisionTest {
  private static final String ALLOW_ALL = "id: all, effect: allow";
  private static final Request DEPLOY = ask(ANN, DM, "codeupdate", "web", "staging");

  @Test
  void aclC1_everyAnswerSaysWhyByWhichRuleAndByWhichPolicy() {
    var policy = rules(ALLOW_ALL);
    assertThat(policy.decide(DEPLOY))
        .isInstanceOfSatisfying(
            Allowed.class,
            allowed -> {
              assertThat(allowed.reason()).isEqualTo("The rule 'all' allows it.");
              assertThat(allowed.rules()).containsExactly("all");
              assertThat(allowed.policyHash()).isEqualTo(policy.hash()).hasSize(64);
            });
  }

  @Test
  void aclC2_whatNoRuleAllowsIsDenied() {
    var policy = rules("id: bobs, effect: allow, who: [U0BOB]");
    assertThat(policy.decide(DEPLOY)).isInstanceOf(Denied.class);
  }

  @Test
  void apiZ2_aServiceHasOnlyTheRightsThatNameItWhereTheyAre() {
    Principal ci = Principal.of("service", "ci", Set.of(), Principal.Kind.BOT);
    Request byApi = ask(ci, Channel.internal("api"), "codeupdate", "web", "staging");
    assertThat(rules(ALLOW_ALL).decide(byApi)).isInstanceOf(Denied.class);
    assertThat(rules("id: ci, effect: allow, who: [service:ci], where: [api]").decide(byApi))
        .isInstanceOf(Allowed.class);
    assertThat(rules("id: ci, effect: allow, who: [service:other], where: [api]").decide(byApi))
        .isInstanceOf(Denied.class);
    assertThat(rules("id: ci, effect: allow, who: [service:ci], where: [dm]").decide(byApi))
        .isInstanceOf(Denied.class);
    assertThat(rules(ALLOW_ALL, "id: no, effect: deny, who: [service:ci]").decide(byApi))
        .isInstanceOf(Denied.class);
  }

  @Test
  void aclC2_anyDenyWinsWhateverTheOrder() {
    var seed = 7L;
    var random = new Random(seed);
    var rules =
        new ArrayList<>(
            List.of(
                ALLOW_ALL,
                "id: more, effect: allow, who: [U0ANN]",
                "id: ask, effect: approve, approve: {approvers: [U0BOB]}",
                "id: no, effect: deny, envs: [staging]"));
    for (var i = 0; i < 24; i++) {
      Collections.shuffle(rules, random);
      assertThat(rules(rules.toArray(String[]::new)).decide(DEPLOY))
          .as("seed %d, %s", seed, rules)
          .isInstanceOfSatisfying(
              Denied.class, denied -> assertThat(denied.rules()).containsExactly("no"));
    }
  }

  @Test
  void aclC2_anApproveWinsOverAnAllow() {
    var policy =
        rules(ALLOW_ALL, "id: ask, effect: approve, approve: {approvers: [S0SRE], count: 2}");
    assertThat(policy.decide(DEPLOY))
        .isInstanceOfSatisfying(
            NeedsApproval.class,
            needs -> {
              assertThat(needs.approvals())
                  .singleElement()
                  .satisfies(approval ->
                      assertThat(approval.requirements())
                          .singleElement()
                          .satisfies(requirement -> {
                            assertThat(requirement.count()).isEqualTo(2);
                            assertThat(requirement.approvers().grants(BOB)).isTrue();
                            assertThat(requirement.approvers().grants(ANN)).isFalse();
                          }));
            });
  }

  @Test
  void approvalP6_aRuleAndSeveralRulesAskForAllTheyName() {
    var policy =
        rules(
            ALLOW_ALL,
            "id: two, effect: approve, approve: {approvers: [S0SRE], and: [{approvers: [S0OWNERS],"
                + " count: 2}], denials: 2, expires: 30m, hold: true, reuse_for: 2h}",
            "id: one, effect: approve, approve: {approvers: [U0BOB]}");
    assertThat(policy.decide(DEPLOY))
        .isInstanceOfSatisfying(
            NeedsApproval.class,
            needs -> {
              assertThat(needs.reason())
                  .contains("'two' allows it once 1 of S0SRE and 2 of S0OWNERS")
                  .contains("and the rule 'one' allows it once 1 of U0BOB approves");
              var two = needs.approvals().getFirst();
              assertThat(two.people()).isEqualTo(3);
              assertThat(two.denials()).isEqualTo(2);
              assertThat(two.expires()).contains(Duration.ofMinutes(30));
              assertThat(two.hold()).isTrue();
              assertThat(two.reuseFor()).contains(Duration.ofHours(2));
            });
  }

  @Test
  void approvalsMayBeForLargeTargetSetsOnly() {
    var policy =
        rules(
            ALLOW_ALL,
            "id: much, effect: approve, more_than: 10, approve: {approvers: [S0SRE]}",
            "id: share, effect: approve, more_than: 50%, approve: {approvers: [S0SRE]}");
    assertThat(policy.decide(DEPLOY)).as("nodes unknown").isInstanceOf(Allowed.class);
    assertThat(policy.decide(DEPLOY.with(new Targets(10, 100, true)))).isInstanceOf(Allowed.class);
    assertThat(policy.decide(DEPLOY.with(new Targets(11, 100, true))).rules())
        .containsExactly("much", "all");
    assertThat(policy.decide(DEPLOY.with(new Targets(6, 10, true))).rules())
        .containsExactly("share", "all");
    assertThat(policy.decide(DEPLOY.with(new Targets(5, 10, true)))).isInstanceOf(Allowed.class);
  }

  @Test
  void backendX2_aNumberOfNodesThatIsNotKnownCountsAsTooMany() {
    var uncounted = DEPLOY.with(Targets.uncounted());

    var few = rules("id: few, effect: allow, max_targets: 100%").decide(uncounted);
    assertThat(few).isInstanceOf(Decision.Denied.class);
    assertThat(
            rules(
                    ALLOW_ALL,
                    "id: much, effect: approve, more_than: 10, approve: {approvers: [S0SRE]}")
                .decide(uncounted)
                .rules())
        .containsExactly("much", "all");
  }

  private static Policy broken(Policy policy, String id) {
    RuleMatcher throwing =
        (rule, request) -> {
          if (rule.id().equals(id)) {
            throw new IllegalStateException("broken");
          }
          return RuleMatcher.standard().mismatches(rule, request);
        };
    return new Policy(policy.hash(), policy.rules(), Set.of(), List.of(), throwing);
  }

  @Test
  void aclC2_anErrorInADenyRuleDenies() {
    var policy = rules(ALLOW_ALL, "id: no, effect: deny, envs: [prod]");
    assertThat(policy.decide(DEPLOY)).isInstanceOf(Allowed.class);
    assertThat(broken(policy, "no").decide(DEPLOY))
        .isInstanceOfSatisfying(
            Denied.class, denied -> assertThat(denied.rules()).containsExactly("no"));
  }

  @Test
  void aclC2_anErrorInAnAllowRuleMeansItDoesNotApply() {
    var policy = rules(ALLOW_ALL, "id: other, effect: allow");
    assertThat(broken(policy, "all").decide(DEPLOY))
        .isInstanceOfSatisfying(
            Allowed.class, allowed -> assertThat(allowed.rules()).containsExactly("other"));
    assertThat(broken(rules(ALLOW_ALL), "all").decide(DEPLOY)).isInstanceOf(Denied.class);
  }

  @Test
  void trap_whenThePolicyItselfThrowsNothingRuns() {
    RuleMatcher none = (rule, request) -> List.of();
    var hollow =
        new Policy(
            "0",
            Collections.nCopies(1, rules(ALLOW_ALL).rules().getFirst()),
            Set.of(),
            List.of(),
            none);
    assertThat(hollow.decide(DEPLOY)).isInstanceOf(Allowed.class);
    RuleMatcher absurd =
        (rule, request) -> {
          throw new IllegalStateException("the engine is broken");
        };
    var policy = new Policy("0", hollow.rules(), Set.of(), List.of(), absurd);
    assertThat(policy.decide(DEPLOY)).isInstanceOf(Denied.class);
    assertThat(policy.explain(DEPLOY).decision()).isInstanceOf(Denied.class);
  }

  @ParameterizedTest
  @CsvSource({
    "web,web,true",
    "web,web2,false",
    "web,myweb,false",
    "web*,web2,true",
    "w?b,web,true",
    "w.b,web,false",
    "*,'',true",
    "w*,'',false"
  })
  void aclC3_patternsAreAnchoredAndOnlyAStarCoversWhatIsNotNamed(
      String pattern, String app, boolean allowed) {
    var policy = rules("id: a, effect: allow, apps: [\"" + pattern + "\"]");
    assertThat(policy.decide(ask(ANN, DM, "codeupdate", app, "staging")) instanceof Allowed)
        .isEqualTo(allowed);
  }

  @Test
  void aclC3_argumentsAreMatchedAsParsed() {
    var policy = rules("id: a, effect: allow, arguments: {version: [\"1.*\"]}");
    assertThat(policy.decide(DEPLOY)).isInstanceOf(Denied.class);
    assertThat(policy.decide(with("version", "1.4"))).isInstanceOf(Allowed.class);
    assertThat(policy.decide(with("version", "2.0"))).isInstanceOf(Denied.class);
    assertThat(policy.decide(with("note", "version=1.4"))).isInstanceOf(Denied.class);
  }

  private static Request with(String argument, String value) {
    return new Request(
        ANN,
        DM,
        "codeupdate",
        "web",
        "staging",
        Map.of(argument, value),
        Optional.empty(),
        Instant.EPOCH);
  }

  @Test
  void aclC2_unlessTakesARuleBack() {
    var policy =
        rules(
            ALLOW_ALL,
            "id: no, effect: deny, who: \"*\", where: \"*\", unless: {who: [S0SRE], where: [dm]}");
    assertThat(policy.decide(ask(BOB, DM, "ping", "", ""))).isInstanceOf(Allowed.class);
    assertThat(policy.decide(ask(BOB, OPS, "ping", "", ""))).isInstanceOf(Denied.class);
    assertThat(policy.decide(ask(ANN, DM, "ping", "", ""))).isInstanceOf(Denied.class);
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "MEMBER", mode = EnumSource.Mode.EXCLUDE)
  void aclC8_onlyMembersHaveRightsByRulesThatDoNotNameThem(Kind kind) {
    var policy = rules(ALLOW_ALL, "id: group, effect: allow, who: [S0SRE]");
    var principal = Principal.of("T0BAND", "U0X", Set.of("S0SRE"), kind);
    assertThat(policy.decide(ask(principal, OPS, "ping", "", ""))).isInstanceOf(Denied.class);
    assertThat(policy.couldEverAllow(principal, OPS, "ping")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"GUEST,true", "BOT,true", "EXTERNAL,false", "DEACTIVATED,false"})
  void aclC8_aNamedGuestOrBotHasTheRight(Kind kind, boolean allowed) {
    var policy = rules("id: named, effect: allow, who: [U0X]");
    var principal = Principal.of("T0BAND", "U0X", Set.of(), kind);
    assertThat(policy.decide(ask(principal, OPS, "ping", "", "")) instanceof Allowed)
        .isEqualTo(allowed);
  }

  @Test
  void aclC8_peopleOfOtherOrganisationsAreNamedWithTheirTeam() {
    var policy = rules("id: named, effect: allow, who: [\"T0OTHER:U0EVE\"]");
    assertThat(policy.decide(ask(EVE, OPS, "ping", "", ""))).isInstanceOf(Allowed.class);
    var impostor = Principal.of("T0ELSE", "U0EVE", Set.of(), Kind.EXTERNAL);
    assertThat(policy.decide(ask(impostor, OPS, "ping", "", ""))).isInstanceOf(Denied.class);
  }

  @Test
  void aclC8_inASharedChannelOnlyRulesThatSaySoCount() {
    var shared = ask(ANN, Channel.shared("C0PARTNER"), "ping", "", "");
    assertThat(rules(ALLOW_ALL).decide(shared)).isInstanceOf(Denied.class);
    assertThat(rules(ALLOW_ALL + ", ext_shared: true").decide(shared)).isInstanceOf(Allowed.class);
    assertThat(
            rules(ALLOW_ALL + ", ext_shared: true", "id: no, effect: deny, actions: [ping]")
                .decide(shared))
        .isInstanceOf(Denied.class);
  }

  @Test
  void aclC10_helpShowsOnlyWhatTheAskerMightRun() {
    var policy =
        rules(
            "id: a, effect: allow, who: [U0ANN], where: [dm], actions: [\"adhoc:disk\"], envs: [staging]",
            "id: b, effect: allow, who: [U0BOB]",
            "id: no, effect: deny, who: [U0BOB], actions: [eip]",
            "id: some, effect: deny, who: [U0BOB], actions: [role], envs: [prod]");
    assertThat(policy.couldEverAllow(ANN, DM, "adhoc")).isTrue();
    assertThat(policy.couldEverAllow(ANN, DM, "adhoc:disk")).isTrue();
    assertThat(policy.couldEverAllow(ANN, DM, "adhoc:command")).isFalse();
    assertThat(policy.couldEverAllow(ANN, OPS, "adhoc")).isFalse();
    assertThat(policy.couldEverAllow(ANN, DM, "codeupdate")).isFalse();
    assertThat(policy.couldEverAllow(BOB, OPS, "eip")).isFalse();
    assertThat(policy.couldEverAllow(BOB, OPS, "role")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"3,true", "4,false"})
  void aclC11_aRuleCoversAtMostItsTargets(int count, boolean allowed) {
    var policy = rules(ALLOW_ALL + ", max_targets: 25%");
    var request = DEPLOY.with(new Targets(count, 12, true));
    assertThat(policy.decide(request) instanceof Allowed).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"refuse,false,false", "ask,true,true", "allow,true,false"})
  void aclC11_aCommandToTheWholeFleetIsARightOfItsOwn(
      String word, boolean allowed, boolean confirm) {
    var policy = rules(ALLOW_ALL + ", max_parallel: 5, fleet_wide: " + word);
    var decision = policy.decide(DEPLOY.with(new Targets(412, 412, false)));
    assertThat(decision instanceof Allowed).isEqualTo(allowed);
    if (decision instanceof Allowed given) {
      assertThat(given.confirmAll()).isEqualTo(confirm);
      assertThat(given.maxParallel()).hasValue(5);
    } else {
      assertThat(decision.reason()).contains("all 412 nodes at once; select fewer nodes");
    }
  }

  @Test
  void aclC7_aDenialSaysTheNearestRuleAndWhomToAsk() {
    var policy =
        Fixtures.policy(
            "groups: {sre: [S0SRE]}\n"
                + Fixtures.text(
                    "id: far, effect: allow, who: [U0X], where: [C0X], actions: [codeupdate], envs: [x]",
                    "id: sre-deploy, effect: allow, who: [\"group:sre\"], actions: [codeupdate], envs: [prod]",
                    "id: ping, effect: allow, actions: [ping]"));
    assertThat(policy.decide(ask(ANN, DM, "codeupdate", "web", "prod")).reason())
        .isEqualTo(
            "You may not run codeupdate on prod (web) here: no rule allows it. The nearest rule,"
                + " 'sre-deploy', is for group sre. Ask one of them.");
  }

  @Test
  void aclC7_aDenialToAStrangerSaysNothingOfTheRules() {
    var policy = rules("id: secret-plan, effect: allow, who: [U0BOB]");
    assertThat(policy.decide(ask(EVE, OPS, "ping", "", "")).reason())
        .isEqualTo(
            "You may not run ping here: people from other organizations have no permissions here unless a"
                + " rule names them.");
  }

  @Test
  void aclC7_anExplanationShowsEveryRuleAndTheAgeOfTheGroups() {
    var policy = rules("id: a, effect: allow, who: [U0BOB]", "id: b, effect: deny, envs: [prod]");
    var asOf = Optional.of(Instant.parse("2026-03-01T11:59:30Z"));
    var ann = new Principal("T0BAND", "U0ANN", Set.of(), Kind.MEMBER, asOf);
    var explanation = policy.explain(ask(ann, DM, "ping", "", "staging"));
    assertThat(explanation.decision()).isInstanceOf(Denied.class);
    assertThat(explanation.verdicts()).hasSize(2).noneMatch(Explanation.Verdict::applies);
    assertThat(explanation.nearest().map(v -> v.rule().id())).contains("a");
    assertThat(explanation.groupsAge()).contains(Duration.ofSeconds(30));
  }

  @Test
  void trap_aChannelAloneIsNoPermission() {
    var policy = rules("id: a, effect: allow, who: [S0SRE], where: [C0OPS]");
    assertThat(policy.decide(ask(ANN, OPS, "ping", "", ""))).isInstanceOf(Denied.class);
  }

  @Test
  void trap_aNameIsNoKey() {
    assertThat(Fixtures.problems(Fixtures.text("id: a, effect: allow, who: [ann]")))
        .singleElement()
        .asString()
        .contains("'rules[0].who[0]' must be \"*\", a user id (U…)");
  }

  @Test
  void trap_withoutGroupFactsGroupRulesGiveNothing() {
    var policy = rules("id: a, effect: allow, who: [S0SRE]");
    var unknown = Principal.of("T0BAND", "U0BOB", Set.of(), Kind.MEMBER);
    assertThat(policy.decide(ask(unknown, DM, "ping", "", ""))).isInstanceOf(Denied.class);
  }
}
