package dev.bandmaster.acl;

import static dev.bandmaster.acl.Fixtures.DM;
import static dev.bandmaster.acl.Fixtures.ask;
import static dev.bandmaster.acl.Fixtures.problems;
import static dev.bandmaster.acl.Fixtures.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Principal.Kind;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People of an organization with many workspaces, who have several ids. */
class PrincipalAliasTest {
  private static final String ALLOW_ALL = "id: all, effect: allow";

  /** Ann by her id in the organization; in the workspaces she has others. */
  private static final Principal ANN =
      Principal.of("E0BAND", "W0ANN", Set.of(), Kind.MEMBER)
          .alsoKnownAs(Set.of("T0BAND:U0ANN", "T0LAB:U0ANN", "T0BAND:W0ANN"));

  private static Decision decide(Principal who, String... rules) {
    return rules(rules).decide(ask(who, DM, "ping", "", ""));
  }

  private static Principal as(Kind kind) {
    return Principal.of(ANN.team(), ANN.user(), Set.of(), kind).alsoKnownAs(ANN.aliases());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"W0ANN", "U0ANN", "\"E0BAND:W0ANN\"", "\"T0BAND:U0ANN\"", "\"T0LAB:U0ANN\""})
  void trustT1_everyIdOfAPersonCountsForAllowAndForDeny(String id) {
    String rule = "id: r, effect: %s, who: [" + id + "]";
    assertThat(decide(ANN, rule.formatted("allow"))).isInstanceOf(Decision.Allowed.class);
    assertThat(decide(as(Kind.GUEST), rule.formatted("allow")))
        .isInstanceOf(Decision.Allowed.class);
    assertThat(decide(ANN, ALLOW_ALL, rule.formatted("deny"))).isInstanceOf(Decision.Denied.class);
    assertThat(rules(ALLOW_ALL, rule.formatted("deny")).couldEverAllow(ANN, DM, "ping")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"W0BOB", "U0BOB", "T0LAB:U0BOB", "E0OTHER:W0BOB"})
  void trustT1_idsOfOthersCountForNothing(String id) {
    String rule = "id: r, effect: %s, who: [\"" + id + "\"]";
    assertThat(decide(ANN, rule.formatted("allow"))).isInstanceOf(Decision.Denied.class);
    assertThat(decide(ANN, ALLOW_ALL, rule.formatted("deny"))).isInstanceOf(Decision.Allowed.class);
  }

  @Test
  void trustT1_inDoubtADenyMeansThePersonAndAnAllowDoesNot() {
    String rule = "id: r, effect: %s, who: [\"T0ELSEWHERE:W0ANN\"]";
    assertThat(decide(ANN, rule.formatted("allow"))).isInstanceOf(Decision.Denied.class);
    assertThat(decide(ANN, ALLOW_ALL, rule.formatted("deny"))).isInstanceOf(Decision.Denied.class);
  }

  @Test
  void trustT1_noIdGivesADeactivatedAccountOrAnOutsiderWhatItDoesNotHave() {
    assertThat(decide(as(Kind.DEACTIVATED), "id: r, effect: allow, who: [U0ANN]"))
        .isInstanceOf(Decision.Denied.class);
    assertThat(decide(as(Kind.EXTERNAL), "id: r, effect: allow, who: [U0ANN]"))
        .as("people of other organizations are named with it")
        .isInstanceOf(Decision.Denied.class);
    assertThat(decide(as(Kind.EXTERNAL), "id: r, effect: allow, who: [\"T0LAB:U0ANN\"]"))
        .isInstanceOf(Decision.Allowed.class);
  }

  @Test
  void trustT1_theIdOfAnOrganizationIsWrittenLikeThatOfAWorkspace() {
    assertThat(problems(Fixtures.text("id: r, effect: allow, who: [\"E0BAND:W0ANN\"]"))).isEmpty();
    assertThat(problems(Fixtures.text("id: r, effect: allow, who: [\"X0BAND:W0ANN\"]")))
        .isNotEmpty();
  }
}
