package dev.bandmaster.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bandmaster.config.RequiredApprovals;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.Glob;
import dev.bandmaster.model.Target;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The node's own demand for approvals. */
class ApprovedEnoughTest {
  private static final List<RequiredApprovals> REQUIRED =
      List.of(rule("deploy.*", "*", 1), rule("*", "db", 2));

  private static RequiredApprovals rule(String action, String app, int count) {
    return new RequiredApprovals(List.of(new Glob(action)), List.of(new Glob(app)), count);
  }

  private static Request request(String capability, String app, Caller caller) {
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
        capability,
        capability,
        JsonNodeFactory.instance.objectNode().put("app", app),
        Delivery.LIVE,
        "replica-1",
        "trace");
  }

  private static Caller ann(boolean bypass, String... approvedBy) {
    return new Caller(
        "slack:E1:W1", "ann", "C1", List.of(), List.of(approvedBy), List.of("slack:T1:U1"), bypass);
  }

  @ParameterizedTest
  @CsvSource({
    "ping, web, '', true",
    "deploy, web, '', false",
    "deploy, web, slack:E1:W2, true",
    "deploy, db, slack:E1:W2, false",
    "deploy, db, slack:E1:W2 slack:E1:W3, true",
    "deploy, db, slack:E1:W2 slack:E1:W2, false",
    "ping, db, slack:E1:W2, false",
    "deploy, web, slack:E1:W1, false",
    "deploy, web, slack:T1:U1, false",
  })
  void trustT9_theNodeCountsOtherPeopleWhoApproved(
      String capability, String app, String approvers, boolean runs) {
    String[] approvedBy =
        Stream.of(approvers.split(" ")).filter(name -> !name.isEmpty()).toArray(String[]::new);
    Verdict verdict =
        new ApprovedEnough(REQUIRED, false).check(request(capability, app, ann(false, approvedBy)));
    assertThat(verdict.equals(Verdict.pass())).isEqualTo(runs);
  }

  @Test
  void trustT9_anEmergencyRunsOnlyWhereTheNodeAcceptsIt() {
    Request emergency = request("deploy", "web", ann(true));
    assertThat(new ApprovedEnough(REQUIRED, true).check(emergency)).isEqualTo(Verdict.pass());
    assertThat(new ApprovedEnough(REQUIRED, false).check(emergency))
        .isInstanceOfSatisfying(
            Verdict.Refuse.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(FinalCode.DENIED);
              assertThat(refused.reason()).contains("accept_bypass");
            });
  }
}
