package dev.bandmaster.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bandmaster.config.LocalRule;
import dev.bandmaster.model.Glob;
import dev.bandmaster.model.Target;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The node's own list of callers. */
class AllowedHereTest {
  private static final Caller ANN =
      new Caller(
          "slack:E1:W1",
          "ann",
          "C1",
          List.of("group:S0SRE"),
          List.of(),
          List.of("slack:T1:U1", "slack:T2:U1"));

  private static Request by(Caller caller) {
    Instant now = Instant.parse("2026-03-02T12:00:00Z");
    return new Request(
        "r1",
        "r1",
        now,
        Duration.ofMinutes(1),
        now.plusSeconds(90),
        "bandmaster",
        caller,
        "main",
        new Target.Nodes(List.of("web1")),
        "ping",
        "ping",
        JsonNodeFactory.instance.objectNode(),
        Delivery.LIVE,
        "replica-1",
        "trace");
  }

  private static Verdict checked(Caller caller, String pattern) {
    List<Glob> all = List.of(new Glob("*"));
    LocalRule rule = new LocalRule(List.of(new Glob(pattern)), all, all, all);
    return new AllowedHere(List.of(rule), "staging").check(by(caller));
  }

  @ParameterizedTest
  @CsvSource({
    "slack:E1:W1, true",
    "slack:T1:U1, true",
    "slack:T2:U1, true",
    "slack:T1:*, true",
    "slack:E1:*, true",
    "group:S0SRE, true",
    "slack:T3:U1, false",
    "slack:T1:U2, false",
    "slack:E1:U1, false"
  })
  void trustT1_aCallerIsNamedByAnyOfTheirIds(String pattern, boolean allowed) {
    assertThat(checked(ANN, pattern).equals(Verdict.pass())).isEqualTo(allowed);
  }

  @Test
  void trustT1_whoHasOneIdIsNamedByThatOnly() {
    Caller bob = new Caller("slack:T1:U2", "bob", "C1", List.of(), List.of());
    assertThat(checked(bob, "slack:T1:U2")).isEqualTo(Verdict.pass());
    assertThat(checked(bob, "slack:E1:W2")).isInstanceOf(Verdict.Refuse.class);
  }
}
