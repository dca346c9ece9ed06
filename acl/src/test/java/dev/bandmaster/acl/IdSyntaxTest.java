package dev.bandmaster.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.acl.IdSyntax.Form;
import dev.bandmaster.acl.Principal.Kind;
import dev.bandmaster.yaml.BadConfigException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A policy is read with the ids of whatever chat service the bot is on. */
class IdSyntaxTest {
  private static final IdSyntax OTHER =
      new IdSyntax(
          Form.of("user-[0-9]+", "user-…"),
          Form.of("team-[0-9]+", "team-…"),
          Form.of("room-[0-9]+", "room-…"),
          Form.of("org-[0-9]+", "org-…"));

  private static final String POLICY =
      """
      groups:
        sre: [team-7, user-3]
      rules:
        - id: ping
          effect: allow
          who: [group:sre, org-2:user-9]
          where: [dm, room-1]
          actions: [ping]
          apps: "*"
          envs: "*"
          fleet_wide: allow
      tests:
        - {as: user-1, groups: [sre], in: room-1, do: ping, expect: allow}
        - {as: user-3, in: dm, do: ping, expect: allow}
        - {as: user-1, groups: [team-8], in: room-1, do: ping, expect: deny}
        - {as: user-1, groups: [team-7], in: room-2, do: ping, expect: deny}
      """;

  @Test
  void aclIds_aPolicyNamesTheIdsOfAnotherChatService() {
    Policy policy = PolicyLoader.load("policy.yaml", POLICY, OTHER).value();

    assertThat(decide(policy, Principal.of("org-1", "user-1", Set.of("team-7"), Kind.MEMBER)))
        .isInstanceOf(Decision.Allowed.class);
    assertThat(decide(policy, Principal.of("org-1", "user-9", Set.of("team-8"), Kind.MEMBER)))
        .as("the id of somebody of another organization, in the own one")
        .isInstanceOf(Decision.Denied.class);
  }

  private static Decision decide(Policy policy, Principal who) {
    return policy.decide(Fixtures.ask(who, Channel.internal("room-1"), "ping", "", ""));
  }

  @Test
  void aclIds_idsOfAnotherSyntaxAreRefusedWithExamplesOfTheRightOne() {
    assertThatThrownBy(() -> PolicyLoader.load("policy.yaml", POLICY, Fixtures.IDS))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining("a user id (U…), a user group id (S…) or service:<name>");
    assertThatThrownBy(() ->
            PolicyLoader.load("policy.yaml", POLICY.replace("[dm, room-1]", "[dm, C0OPS]"), OTHER))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining("a channel id (room-…)");
    assertThatThrownBy(() ->
            PolicyLoader.load(
                "policy.yaml", POLICY.replace("[group:sre, org-2:user-9]", "[U0ANN]"), OTHER))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining("org-…:user-… for a person of another organization");
    assertThatThrownBy(() ->
            PolicyLoader.load("policy.yaml", POLICY.replace("in: room-2", "in: C0OPS"), OTHER))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining("must be dm or a channel id (room-…)");
  }
}
