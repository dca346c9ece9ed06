package dev.bandmaster.core.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.model.CronTimes;
import dev.bandmaster.plugin.Planned.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezesTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final Subject WEB = new Subject("prod", "web", "1.4.2");

  private static Freeze freeze(long number, FreezeScope scope, Instant from, Instant until) {
    return new Freeze(
        new Freeze.Origin.Person(number, "slack:T1:U1", "ann"), scope, from, until, "demo");
  }

  private static FreezeScope scope(String environment, String application) {
    return new FreezeScope(
        environment.isEmpty() ? List.of() : List.of(environment),
        application.isEmpty() ? List.of() : List.of(application));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', true, everything",
    "prod, '', true, prod",
    "staging, '', false, staging",
    "prod, web, true, web in prod",
    "prod, api, false, api in prod",
    "'', web, true, web everywhere",
    "'', api, false, api everywhere",
  })
  void approvalP10_aFreezeIsOfAnEnvironmentAnApplicationInItOrEverything(
      String environment, String application, boolean covers, String words) {
    FreezeScope scope = scope(environment, application);
    assertThat(scope.covers(WEB)).isEqualTo(covers);
    assertThat(scope.inWords()).isEqualTo(words);
    Freezes freezes =
        new Freezes(() -> List.of(freeze(1, scope, NOON, NOON.plusSeconds(60))), List.of());
    assertThat(freezes.against(WEB, NOON).isPresent()).isEqualTo(covers);
  }

  @Test
  void approvalP10_itHoldsFromItsFirstMomentAndNotAtItsEnd() {
    Freezes freezes =
        new Freezes(
            () -> List.of(freeze(1, scope("prod", ""), NOON, NOON.plusSeconds(60))), List.of());
    assertThat(freezes.against(WEB, NOON.minusMillis(1))).isEmpty();
    assertThat(freezes.against(WEB, NOON)).isPresent();
    assertThat(freezes.against(WEB, NOON.plusSeconds(60).minusMillis(1))).isPresent();
    assertThat(freezes.against(WEB, NOON.plusSeconds(60))).isEmpty();
    assertThat(freezes.standingOrComing(NOON.plusSeconds(60))).isEmpty();
  }

  @Test
  void approvalP10_ofSeveralTheOneThatLastsLongestIsNamed() {
    FreezeRule nightly =
        new FreezeRule(
            "noon",
            List.of("prod"),
            List.of("web"),
            CronTimes.parse("0 12 * * *").orElseThrow(),
            Duration.ofHours(2),
            ZoneOffset.UTC,
            "The backup runs.");
    Freeze shorter = freeze(1, scope("prod", ""), NOON, NOON.plusSeconds(60));
    Freeze coming =
        freeze(2, scope("prod", ""), NOON.plusSeconds(600), NOON.plus(Duration.ofDays(1)));
    Freezes freezes = new Freezes(() -> List.of(coming, shorter), List.of(nightly));
    assertThat(freezes.against(WEB, NOON).map(Freeze::origin))
        .contains(new Freeze.Origin.Configuration("noon"));
    assertThat(freezes.standing(NOON)).hasSize(2);
    assertThat(freezes.standingOrComing(NOON)).hasSize(3).last().isEqualTo(coming);
  }

  @Test
  void aFreezeChecksItself() {
    assertThatThrownBy(() -> freeze(1, scope("", ""), NOON, NOON))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new Freeze(
                new Freeze.Origin.Configuration("x"),
                scope("", ""),
                NOON,
                NOON.plusSeconds(1),
                " "))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
