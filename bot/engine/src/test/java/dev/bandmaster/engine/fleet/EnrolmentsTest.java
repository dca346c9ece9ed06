package dev.bandmaster.engine.fleet;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.EnrolmentToken;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.Glob;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EnrolmentsTest {
  private static final NodePublicKey KEY =
      new NodePublicKey("AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE");
  private static final NodePublicKey OTHER =
      new NodePublicKey("ZbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE");

  @RegisterExtension private final TestStore store = new TestStore();
  private final List<String> announced = new ArrayList<>();

  private Enrolments enrolments(boolean automatic) {
    return new Enrolments(
        store,
        automatic,
        new SettableClock(NOON),
        new EnrolmentListener() {
          @Override
          public void asks(String node, String fingerprint) {
            announced.add(node + " " + fingerprint);
          }

          @Override
          public void conflicts(String node, String fingerprint) {
            announced.add("conflict " + node + " " + fingerprint);
          }

          @Override
          public void wantsToReplace(String node, String trusted, String fingerprint) {
            announced.add("replace " + node + " " + trusted + " " + fingerprint);
          }

          @Override
          public void tokenRefused(String node, String fingerprint, String reason) {
            announced.add(node + " token " + reason);
          }

          @Override
          public void full(int names) {
            announced.add("full " + names);
          }
        });
  }

  private static Enrolment asks(String node, NodePublicKey key) {
    return new Enrolment(new EventStamp(node, "staging", "boot", 1, 1, NOON), key);
  }

  @Test
  void aNodeWaitsUntilAPersonAcceptsTheKeyItHasShown() {
    Enrolments enrolments = enrolments(false);
    assertThat(enrolments.ask(asks("web1", KEY))).isFalse();
    assertThat(enrolments.directory().keyOf("web1")).isEmpty();
    assertThat(enrolments.waiting()).containsExactly(Map.entry("web1", KEY));
    assertThat(enrolments.accept("web1", KEY.fingerprint()))
        .isEqualTo(new Acceptance.Accepted(KEY));
    assertThat(enrolments.directory().keyOf("web1")).contains(KEY);
    assertThat(enrolments.waiting()).isEmpty();
    assertThat(store.nodes().trusted()).containsEntry("web1", KEY);
  }

  private static Enrolment withToken(String node, String environment, String token) {
    return new Enrolment(
        new EventStamp(node, environment, "boot", 1, 1, NOON), KEY, Optional.of(token));
  }

  private EnrolmentToken token(String text, int uses, Duration life) {
    EnrolmentToken token =
        new EnrolmentToken(
            store.enrolmentTokens().nextNumber(),
            EnrolmentToken.hash(text),
            "staging",
            "slack:T1:U1",
            "ann",
            NOON,
            NOON.plus(life),
            uses,
            0,
            Optional.empty());
    store.commit(new Change.CreateEnrolmentToken(token));
    return token;
  }

  @Test
  void trustT4_aTokenLetsItsNumberOfNodesInAndEachIsInTheAudit() {
    EnrolmentToken token = token("secret", 2, Duration.ofHours(1));
    Enrolments enrolments = enrolments(false);
    assertThat(enrolments.ask(withToken("web1", "staging", "secret"))).isTrue();
    assertThat(enrolments.ask(withToken("web1", "staging", "secret")))
        .as("in already: costs no use")
        .isFalse();
    assertThat(enrolments.ask(withToken("web2", "staging", "secret"))).isTrue();
    assertThat(enrolments.ask(withToken("web3", "staging", "secret"))).isFalse();
    assertThat(enrolments.directory().keyOf("web2")).contains(KEY);
    assertThat(enrolments.directory().keyOf("web3")).isEmpty();
    assertThat(announced).containsExactly("web3 token has been used 2 times");
    assertThat(store.enrolmentTokens().byNumber(token.number()).orElseThrow().used()).isEqualTo(2);
    assertThat(store.committed(Change.AppendAudit.class))
        .extracting(noted -> noted.entry().principal() + ": " + noted.entry().raw())
        .containsExactly(
            "node:web1: enrolment token " + token.number(),
            "node:web2: enrolment token " + token.number());
    assertThat(store.committed().toString()).as("only its hash is kept").doesNotContain("secret");
  }

  @Test
  void trustT4_aTokenThatDoesNotCountLetsNobodyIn() {
    token("expired", 5, Duration.ZERO);
    EnrolmentToken revoked = token("revoked", 5, Duration.ofHours(1));
    store.commit(new Change.RevokeEnrolmentToken(revoked.number(), NOON));
    token("good", 5, Duration.ofHours(1));
    Enrolments enrolments = enrolments(false);
    Map<String, String> tries =
        new TreeMap<>(
            Map.of(
                "web1", "expired",
                "web2", "revoked",
                "web3", "guessed"));
    tries.forEach(
        (node, text) -> assertThat(enrolments.ask(withToken(node, "staging", text))).isFalse());
    assertThat(enrolments.ask(withToken("web4", "prod", "good"))).isFalse();
    assertThat(announced)
        .containsExactly(
            "web1 token has expired",
            "web2 token was revoked",
            "web3 token is unknown",
            "web4 token is for staging, and the node is in prod");
    assertThat(store.nodes().trusted()).isEmpty();
    assertThat(enrolments.waiting()).as("a person may accept them").hasSize(4);
  }

  @Test
  void trustT4_aTokenReplacesNoKeyNotEvenOneThatAnotherReplicaHasJustAccepted() {
    token("secret", 5, Duration.ofHours(1));
    Enrolments one = enrolments(false);
    store.commit(new Change.TrustNode("web1", OTHER, NOON));
    assertThat(one.ask(withToken("web1", "staging", "secret"))).isFalse();
    assertThat(store.nodes().trusted()).containsEntry("web1", OTHER);
    assertThat(one.ask(withToken("web1", "staging", "secret"))).isFalse();
    assertThat(store.nodes().trusted()).containsEntry("web1", OTHER);
    assertThat(store.enrolmentTokens().valid(NOON, 5)).singleElement().matches(t -> t.used() == 0);
  }

  @Test
  void aKeyIsAnnouncedOnceHoweverOftenItIsShown() {
    Enrolments enrolments = enrolments(false);
    enrolments.ask(asks("web1", KEY));
    enrolments.ask(asks("web1", KEY));
    enrolments.ask(asks("web1", OTHER));
    assertThat(announced)
        .containsExactly("web1 " + KEY.fingerprint(), "conflict web1 " + OTHER.fingerprint());
  }

  @Test
  void trap19_aTrustedNodesKeyIsNeverReplacedByItself() {
    for (boolean automatic : new boolean[] {false, true}) {
      Enrolments enrolments = enrolments(automatic);
      enrolments.ask(asks("web1", KEY));
      var _ = enrolments.accept("web1", KEY.fingerprint());
      assertThat(enrolments.ask(asks("web1", OTHER))).isFalse();
      assertThat(enrolments.directory().keyOf("web1")).contains(KEY);
      assertThat(store.nodes().trusted()).containsEntry("web1", KEY);
      assertThat(enrolments.waiting()).containsExactly(Map.entry("web1", OTHER));
    }
  }

  @Test
  void inAutomaticModeTheFirstKeyIsTrusted() {
    Enrolments enrolments = enrolments(true);
    assertThat(enrolments.ask(asks("web1", KEY))).isTrue();
    assertThat(enrolments.directory().keyOf("web1")).contains(KEY);
    assertThat(enrolments.ask(asks("web1", KEY))).isFalse();
    assertThat(announced).isEmpty();
  }

  @Test
  void trustOutlivesTheProcess() {
    enrolments(true).ask(asks("web1", KEY));
    assertThat(enrolments(false).directory().keyOf("web1")).contains(KEY);
  }

  @Test
  void whoIsRejectedMayAskAgain() {
    Enrolments enrolments = enrolments(false);
    enrolments.ask(asks("web1", KEY));
    assertThat(reject(enrolments, "web1")).containsExactly("web1");
    assertThat(reject(enrolments, "web1")).isEmpty();
    assertThat(enrolments.accept("web1", KEY.fingerprint())).isEqualTo(new Acceptance.NotWaiting());
    enrolments.ask(asks("web1", KEY));
    assertThat(enrolments.accept("web1", KEY.fingerprint()))
        .isEqualTo(new Acceptance.Accepted(KEY));
  }

  @Test
  void whoIsForgottenIsTrustedNoLonger() {
    Enrolments enrolments = enrolments(true);
    enrolments.ask(asks("web1", KEY));
    assertThat(enrolments.forget("web1")).isTrue();
    assertThat(enrolments.directory().keyOf("web1")).isEmpty();
    assertThat(store.nodes().trusted()).isEmpty();
    assertThat(enrolments.forget("web1")).isFalse();
  }

  @Test
  void moreNamesThanAFleetHasAreNotRemembered() {
    Enrolments enrolments = enrolments(false);
    for (int i = 0; i < 1_200; i++) {
      enrolments.ask(asks("node" + i, KEY));
    }
    assertThat(enrolments.waiting()).hasSize(1_000);
  }

  private static List<String> reject(Enrolments enrolments, String pattern) {
    return enrolments.reject((node, env) -> Glob.matching(pattern).test(node));
  }

  @Test
  void trustT3_theKeyAcceptedIsTheKeyCompared() {
    Enrolments enrolments = enrolments(false);
    enrolments.ask(asks("web9", KEY));
    String compared = enrolments.waiting().getFirst().getValue().fingerprint();
    enrolments.ask(asks("web9", OTHER));
    assertThat(enrolments.accept("web9", compared)).isEqualTo(new Acceptance.Accepted(KEY));
    assertThat(store.nodes().trusted()).containsEntry("web9", KEY);
    assertThat(enrolments.waiting()).as("the other key of the name is gone").isEmpty();
  }

  @Test
  void trustT3_twoKeysUnderOneNameWaitBesideEachOther() {
    Enrolments enrolments = enrolments(false);
    for (String node : List.of("web9", "web8", "web9")) {
      enrolments.ask(asks(node, KEY));
      enrolments.ask(asks(node, OTHER));
    }
    assertThat(enrolments.waitingKeys("web9")).containsExactly(KEY, OTHER);
    assertThat(announced)
        .filteredOn(line -> line.contains("web9"))
        .containsExactly("web9 " + KEY.fingerprint(), "conflict web9 " + OTHER.fingerprint());
  }

  @Test
  void trustT3_aNameThatIsInIsReplacedOnPurposeOnly() {
    Enrolments enrolments = enrolments(false);
    assertThat(enrolments.replace("web1", KEY.fingerprint()))
        .isEqualTo(new Acceptance.NotTrusted());
    enrolments.ask(asks("web1", KEY));
    assertThat(enrolments.replace("web1", KEY.fingerprint()))
        .isEqualTo(new Acceptance.NotTrusted());
    assertThat(enrolments.accept("web1", KEY.fingerprint()))
        .isEqualTo(new Acceptance.Accepted(KEY));
    enrolments.ask(asks("web1", OTHER));
    assertThat(announced)
        .last()
        .isEqualTo("replace web1 " + KEY.fingerprint() + " " + OTHER.fingerprint());
    assertThat(enrolments.accept("web1", OTHER.fingerprint()))
        .isEqualTo(new Acceptance.AlreadyTrusted(KEY));
    assertThat(store.nodes().trusted()).containsEntry("web1", KEY);
    assertThat(enrolments.replace("web1", OTHER.fingerprint()))
        .isEqualTo(new Acceptance.Accepted(OTHER));
    assertThat(store.nodes().trusted()).containsEntry("web1", OTHER);
  }

  @Test
  void trustT3_whatAnotherReplicaAcceptedIsNotAcceptedAgainByAnotherKey() {
    Enrolments here = enrolments(false);
    Enrolments there = enrolments(false);
    for (Enrolments replica : List.of(here, there)) {
      replica.ask(asks("web1", KEY));
      replica.ask(asks("web1", OTHER));
    }
    assertThat(here.accept("web1", KEY.fingerprint())).isEqualTo(new Acceptance.Accepted(KEY));
    assertThat(there.accept("web1", OTHER.fingerprint()))
        .isEqualTo(new Acceptance.AlreadyTrusted(KEY));
  }

  @Test
  void trustT3_oneNameFillsItsOwnPlacesAndAFullListIsReportedOnce() {
    Enrolments enrolments = enrolments(false);
    for (int i = 0; i < 100; i++) {
      enrolments.ask(asks("web9", key(i)));
    }
    assertThat(enrolments.waitingKeys("web9")).hasSize(WaitingNodes.MOST_KEYS).contains(key(0));
    assertThat(enrolments.notKept()).isEqualTo(100 - WaitingNodes.MOST_KEYS);
    enrolments.ask(asks("web1", KEY));
    assertThat(enrolments.waitingKeys("web1")).containsExactly(KEY);
    for (int i = 0; i < 1_200; i++) {
      enrolments.ask(asks("node" + i, KEY));
    }
    assertThat(announced).filteredOn(line -> line.startsWith("full")).containsExactly("full 1000");
    assertThat(reject(enrolments, "node*")).hasSize(998);
    enrolments.ask(asks("node1199", KEY));
    assertThat(enrolments.waitingKeys("node1199")).containsExactly(KEY);
  }

  private static NodePublicKey key(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return new NodePublicKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
