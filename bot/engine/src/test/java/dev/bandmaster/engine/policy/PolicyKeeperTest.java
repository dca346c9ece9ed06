package dev.bandmaster.engine.policy;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Channel;
import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Principal;
import dev.bandmaster.acl.Request;
import dev.bandmaster.acl.Vocabulary;
import dev.bandmaster.core.testing.Await;
import dev.bandmaster.core.testing.TestIds;
import dev.bandmaster.store.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PolicyKeeperTest {
  private static final String PING =
      """
      rules:
        - id: everybody-pings
          effect: allow
          who: "*"
          where: "*"
          actions: [ping]
          apps: "*"
          envs: "*"
          fleet_wide: allow
      """;
  private static final Principal ANN = Principal.of("T1", "U1", Set.of(), Principal.Kind.MEMBER);
  private static final Channel CHANNEL = Channel.internal("C1");

  @TempDir Path folder;
  @RegisterExtension private final TestStore store = new TestStore();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private Path file = Path.of("policy.yaml");

  @BeforeEach
  void placeFile() {
    file = folder.resolve("policy.yaml");
  }

  private PolicyKeeper keeper() {
    return new PolicyKeeper(file, TestIds.SYNTAX, Vocabulary.OPEN, store, refused::add);
  }

  private static boolean allows(PolicyKeeper keeper, String action) {
    Request request = new Request(ANN, CHANNEL, action, "", "", Map.of(), Optional.empty(), NOON);
    return keeper.decide(request) instanceof Decision.Allowed;
  }

  @Test
  void aGoodFileIsInForceAndRemembered() throws IOException {
    Files.writeString(file, PING);
    try (PolicyKeeper keeper = keeper()) {
      assertThat(allows(keeper, "ping")).isTrue();
      assertThat(allows(keeper, "codeupdate")).isFalse();
      assertThat(keeper.couldEverAllow(ANN, CHANNEL, "ping")).isTrue();
      assertThat(keeper.couldEverAllow(ANN, CHANNEL, "codeupdate")).isFalse();
      assertThat(keeper.describe()).hasSize(12);
    }
    assertThat(store.policy().orElseThrow().text()).isEqualTo(PING);
    assertThat(refused).isEmpty();
  }

  @Test
  void aclC6_atStartTheLastGoodPolicyStandsInForABadFile() throws IOException {
    Files.writeString(file, PING);
    keeper().close();
    Files.writeString(file, PING.replace("effect: allow", "effect: alow"));
    try (PolicyKeeper keeper = keeper()) {
      assertThat(allows(keeper, "ping")).isTrue();
      assertThat(keeper.describe()).contains("; the file is rejected: ");
      assertThat(refused).singleElement().asString().contains("alow").contains("stays in force");
    }
    assertThat(store.policy().orElseThrow().text()).isEqualTo(PING);
  }

  @Test
  void aclC6_withoutAnyGoodPolicyAllButTheHarmlessIsDenied() {
    try (PolicyKeeper keeper = keeper()) {
      assertThat(allows(keeper, "ping")).isFalse();
      assertThat(allows(keeper, "help")).isTrue();
      assertThat(refused).hasSize(1);
    }
  }

  @Test
  void aclC6_aChangedFileIsTakenWhileTheBotRuns() throws Exception {
    Files.writeString(file, PING);
    try (PolicyKeeper keeper = keeper()) {
      keeper.start();
      Files.writeString(file, PING.replace("[ping]", "[ping, discover]"));
      Await.until("the change is in force", () -> allows(keeper, "discover"));
      Files.writeString(file, "rules: [");
      Await.until("the refusal is told", () -> !refused.isEmpty());
      assertThat(allows(keeper, "discover")).isTrue();
    }
  }

  @Test
  void trustT8_twoReplicasWithDifferentFilesDecideAlike() throws Exception {
    Files.writeString(file, PING);
    try (PolicyKeeper one = keeper()) {
      file = folder.resolve("other.yaml");
      Files.writeString(file, PING.replace("[ping]", "[discover]"));
      try (PolicyKeeper two = keeper()) {
        one.start();
        Await.until("one follows", () -> allows(one, "discover"));
        assertThat(allows(one, "ping")).isFalse();
        assertThat(allows(two, "ping")).isFalse();
        assertThat(one.describe()).contains("the file differs");
        Await.until("it is said", () -> !refused.isEmpty());
        assertThat(refused).singleElement().asString().contains("differs from policy");
      }
    }
  }
}
