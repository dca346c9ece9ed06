package dev.bandmaster.engine.fleet;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.store.TestStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        (node, fingerprint) -> announced.add(node + " " + fingerprint));
  }

  private static Enrolment asks(String node, NodePublicKey key) {
    return new Enrolment(new EventStamp(node, "staging", "boot", 1, 1, NOON), key);
  }

  @Test
  void aNodeWaitsUntilAPersonAcceptsTheKeyItHasShown() {
    Enrolments enrolments = enrolments(false);
    assertThat(enrolments.ask(asks("web1", KEY))).isFalse();
    assertThat(enrolments.directory().keyOf("web1")).isEmpty();
    assertThat(enrolments.waiting()).containsExactly(Map.entry("web1", KEY.fingerprint()));
    assertThat(enrolments.accept("web1")).contains(KEY);
    assertThat(enrolments.directory().keyOf("web1")).contains(KEY);
    assertThat(enrolments.waiting()).isEmpty();
    assertThat(store.nodes().trusted()).containsEntry("web1", KEY);
  }

  @Test
  void aKeyIsAnnouncedOnceHoweverOftenItIsShown() {
    Enrolments enrolments = enrolments(false);
    enrolments.ask(asks("web1", KEY));
    enrolments.ask(asks("web1", KEY));
    enrolments.ask(asks("web1", OTHER));
    assertThat(announced)
        .containsExactly("web1 " + KEY.fingerprint(), "web1 " + OTHER.fingerprint());
  }

  @Test
  void trap19_aTrustedNodesKeyIsNeverReplacedByItself() {
    for (boolean automatic : new boolean[] {false, true}) {
      Enrolments enrolments = enrolments(automatic);
      enrolments.ask(asks("web1", KEY));
      enrolments.accept("web1");
      assertThat(enrolments.ask(asks("web1", OTHER))).isFalse();
      assertThat(enrolments.directory().keyOf("web1")).contains(KEY);
      assertThat(store.nodes().trusted()).containsEntry("web1", KEY);
      assertThat(enrolments.waiting()).containsExactly(Map.entry("web1", OTHER.fingerprint()));
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
    assertThat(enrolments.reject("web1")).isTrue();
    assertThat(enrolments.reject("web1")).isFalse();
    assertThat(enrolments.accept("web1")).isEmpty();
    enrolments.ask(asks("web1", KEY));
    assertThat(enrolments.accept("web1")).contains(KEY);
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
}
