package dev.bandmaster.testkit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Asked DEPLOY = asked(true, "web1", "web2");
  private static final Asked PING = asked(true);

  private static Asked asked(boolean acknowledged, String... targets) {
    return new Asked("c1", NOON, acknowledged, Set.of(targets));
  }

  private static Shown ended(int successes, String... posts) {
    return new Shown("c1", List.of(posts), 1, Optional.of(NOON.plusSeconds(10)), successes);
  }

  private static Shown open() {
    return new Shown("c1", List.of("job:1"), 1, Optional.empty(), 0);
  }

  private static Effect did(String node, int times) {
    return new Effect("c1", node, times);
  }

  static Stream<Arguments> cases() {
    Effect one = did("web1", 1);
    Effect two = did("web2", 1);
    return Stream.of(
        row("all went well", DEPLOY, List.of(one, two), ended(2, "job:1"), 0, 0, 0, 0),
        row("a ping has no effect", PING, List.of(), ended(6, "job:1"), 0, 0, 0, 0),
        row("one node is silent", DEPLOY, List.of(one), ended(1, "job:1"), 0, 0, 0, 0),
        row("done, and not known to be", DEPLOY, List.of(one, two), ended(1, "job:1"), 0, 0, 0, 0),
        row("no end is told", DEPLOY, List.of(one, two), open(), 1, 0, 0, 0),
        row("success is claimed", DEPLOY, List.of(one), ended(2, "job:1"), 1, 0, 0, 0),
        row("not acknowledged", asked(false, "web1"), List.of(), open(), 0, 0, 0, 0),
        row("not acknowledged, done", asked(false, "web1"), List.of(one), open(), 0, 0, 0, 0),
        row("a node nobody named", DEPLOY, List.of(did("db1", 1)), ended(0), 0, 1, 0, 0),
        row("a ping changes something", PING, List.of(one), ended(1, "job:1"), 0, 1, 0, 0),
        row("done twice", DEPLOY, List.of(did("web1", 2), two), ended(2, "job:1"), 0, 0, 1, 0),
        row("posted twice", PING, List.of(), ended(6, "job:1", "job:1"), 0, 0, 0, 1));
  }

  private static Arguments row(
      String name,
      Asked asked,
      List<Effect> effects,
      Shown shown,
      int lost,
      int unexpected,
      int duplicated,
      int repeatedPosts) {
    return Arguments.of(name, asked, effects, shown, lost, unexpected, duplicated, repeatedPosts);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyWordIsFound(
      String name,
      Asked asked,
      List<Effect> effects,
      Shown shown,
      int lost,
      int unexpected,
      int duplicated,
      int repeatedPosts) {
    Verdict verdict = new Ledger(List.of(asked), effects, List.of(shown), List.of()).check();

    assertThat(verdict.lost()).as("lost").hasSize(lost);
    assertThat(verdict.unexpected()).as("unexpected").hasSize(unexpected);
    assertThat(verdict.duplicated()).as("duplicated").hasSize(duplicated);
    assertThat(verdict.repeatedPosts()).as("posts").isEqualTo(repeatedPosts);
    assertThat(verdict.isKept()).isEqualTo(lost + unexpected + duplicated == 0);
  }

  @Test
  void aCommandOfWhichSlackShowsNothingIsLost() {
    assertThat(new Ledger(List.of(PING), List.of(), List.of(), List.of()).check().lost())
        .containsExactly("c1 was acknowledged, and no end was told");
  }

  @Test
  void anEffectThatNobodyAskedForIsUnexpected() {
    assertThat(new Ledger(List.of(), List.of(did("web1", 1)), List.of(), List.of()).check())
        .extracting(Verdict::unexpected)
        .isEqualTo(List.of("web1 did c1 unasked"));
  }

  @Test
  void aCommandThatBecameTwoJobsIsDuplicated() {
    Shown twice =
        new Shown("c1", List.of("job:1", "job:2"), 2, Optional.of(NOON.plusSeconds(1)), 6);

    assertThat(new Ledger(List.of(PING), List.of(), List.of(twice), List.of()).check().duplicated())
        .containsExactly("c1 became 2 jobs");
  }

  @Test
  void aRecoveryLastsFromTheFirstFaultAfterTheQuestionToTheEnd() {
    List<Fault> faults =
        Stream.of(7, -3, 4, 30).map(second -> new Fault("kill", NOON.plusSeconds(second))).toList();

    Verdict verdict =
        new Ledger(List.of(PING), List.of(), List.of(ended(6, "job:1")), faults).check();

    assertThat(verdict.faults()).isEqualTo(4);
    assertThat(verdict.recovered()).isEqualTo(1);
    assertThat(verdict.slowestRecovery()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void whoWasNotStruckDidNotRecover() {
    Verdict verdict =
        new Ledger(
                List.of(PING),
                List.of(),
                List.of(ended(6, "job:1")),
                List.of(new Fault("kill", NOON.minusSeconds(1))))
            .check();

    assertThat(verdict.recovered()).isZero();
    assertThat(verdict.slowestRecovery()).isEqualTo(Duration.ZERO);
  }
}
