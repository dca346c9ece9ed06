package dev.bandmaster.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Request;
import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.core.testing.Posted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands about alerts, as they are typed. It is 14:00 on a Monday in Berlin. */
class AlertCommandsTest {
  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  private void falls(String node, String environment) {
    bench.alerts.report(
        List.of(
            new Signal.Fired(
                new GroupKey("node_down", "main", environment, ""),
                Alert.of(
                    "node_down:" + node,
                    Severity.CRITICAL,
                    node,
                    "last heard at 13:59:30",
                    node,
                    bench.clock.instant()))));
  }

  private void jobFails() {
    bench.alerts.report(
        List.of(
            new Signal.Fired(
                new GroupKey("job_failed", "main", "staging", ""),
                Alert.of(
                        "job:1",
                        Severity.WARNING,
                        "deploy web",
                        "failed",
                        "",
                        bench.clock.instant())
                    .overAfter(Duration.ofMinutes(30)))));
  }

  @Test
  void alertsListsWhatIsWrong() {
    assertThat(bench.answer("alerts")).isEqualTo("✅ No open alerts.");
    falls("web1", "staging");
    falls("db1", "prod");
    assertThat(bench.answer("alerts"))
        .contains("1 🔴 A node is down in staging · web1 · since")
        .contains("2 🔴 A node is down in prod · db1 · since");
    assertThat(bench.answer("alert 2")).contains("db1 last heard at 13:59:30");
    assertThat(bench.answer("alert 9")).isEqualTo("There is no alert 9. To list alerts: alerts.");
  }

  @Test
  void alertA5_whoAcknowledgesIsNamed() {
    falls("web1", "staging");
    assertThat(bench.answer("ack 1"))
        .isEqualTo("You acknowledged alert 1. No reminders until it gets worse.");
    assertThat(bench.store.alerts().byNumber(1).orElseThrow().state().acknowledged())
        .hasValueSatisfying(by -> assertThat(by.name()).isEqualTo("ann"));
    assertThat(bench.refusal("ack 9")).isEqualTo("There is no alert 9. To list alerts: `alerts`.");
    Posted.all(bench.store, bench.clock.instant().plusSeconds(1));
    bench.alerts.report(List.of(new Signal.Cleared("node_down:web1")));
    assertThat(bench.refusal("ack 1"))
        .isEqualTo("Nothing to acknowledge: the alert is no longer firing.");
  }

  @Test
  void alertA5_itNeedsTheRightWhereTheAlertComesFrom() {
    falls("web1", "staging");
    bench.answer("ack 1");
    assertThat(bench.questions)
        .last()
        .returns("ack", Request::action)
        .returns("staging", Request::env);
  }

  @Test
  void alertA8_whatEndsByItselfCannotBeClosed() {
    falls("web1", "staging");
    jobFails();
    assertThat(bench.refusal("close 1"))
        .isEqualTo("Alert 1 resolves by itself. To silence it until then: `silence 1 --for 2h`.");
    assertThat(bench.answer("close 2")).isEqualTo("Alert 2 is closed.");
    assertThat(bench.store.alerts().byNumber(2).orElseThrow().firing()).isEmpty();
  }

  @Test
  void alertA9_anAlertOfAnotherSystemCanBeClosedForItMayNeverSayTheEnd() {
    bench.alerts.report(
        List.of(
            new Signal.Fired(
                GroupKey.outside("prometheus", "DiskFull", "main", "staging"),
                Alert.of(
                    "webhook:prometheus:1",
                    Severity.WARNING,
                    "db1",
                    "is full",
                    "db1",
                    bench.clock.instant()))));
    assertThat(bench.answer("close 1")).isEqualTo("Alert 1 is closed.");
    assertThat(bench.store.alerts().byNumber(1).orElseThrow().firing()).isEmpty();
  }

  @Test
  void alertA6_anAlertIsSilencedWithItsNumber() {
    falls("web1", "staging");
    assertThat(bench.answer("silence 1 --for 2h the disk is being replaced"))
        .isEqualTo(
            "🔕 Silenced until Mon 2026-05-04 16:00 Europe/Berlin by ann: the disk is being"
                + " replaced. Alerts still firing at the end are posted. To end it early: unsilence 1.");
    bench.alerts.look();
    assertThat(bench.answer("alerts")).contains("🔕 A node is down in staging", "2 h 0 min left");
    assertThat(bench.answer("unsilence 1")).startsWith("Ended: 🔕 Silenced until");
    assertThat(bench.answer("silences")).isEqualTo("No silences and no maintenance.");
  }

  @Test
  void alertA6_orByWhatAlertsHaveInCommon() {
    assertThat(bench.answer("silence env=staging rule=node_down 18:30 moving the racks"))
        .contains("until Mon 2026-05-04 18:30 Europe/Berlin by ann: moving the racks.");
    falls("web1", "staging");
    falls("db1", "prod");
    assertThat(bench.store.alerts().byNumber(1).orElseThrow().state().notified()).isEmpty();
    assertThat(bench.store.alerts().byNumber(2).orElseThrow().state().notified()).isPresent();
    assertThat(bench.questions)
        .anyMatch(asked -> asked.action().equals("silence") && asked.env().equals("staging"));
  }

  @Test
  void whatWasTypedIntoTheDialogIsReadAsItWouldBeTyped() {
    falls("web1", "staging");
    assertThat(bench.answer("silence 1 \"18:30 new disk\""))
        .contains("until Mon 2026-05-04 18:30 Europe/Berlin by ann: new disk.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          silence 1                     | Until when? Add `for 2h` or an end time such as `18:30`.
          silence 1 soon                | 'soon' is not a time. Use `for 2h`, `18:30`, `tomorrow 9am` or `2026-12-01T06:00`.
          silence 1 --for 8d            | A silence lasts at most 7 days. Fix or stop monitoring what needs longer.
          silence 1 2026-05-04T13:00    | That time has already passed.
          silence 7 --for 2h            | There is no alert 7. To list alerts: `alerts`.
          silence everything --for 2h   | Silence what? Give an alert's number or labels, for example `silence env=staging rule=node_down 18:30 moving the racks`.
          maintenance staging           | Until when? Add `for 2h` or an end time such as `18:30`.
          unsilence 4                   | There is no silence 4. To list them: `silences`.
          """)
  void alertA6_aMistakeSaysWhatToDo(String text, String sentence) {
    falls("web1", "staging");
    assertThat(bench.refusal(text)).isEqualTo(sentence);
  }

  @Test
  void alertA7_maintenanceSaysUntilWhenAndHowMuchIsLeft() {
    assertThat(bench.answer("maintenance staging --node web1 --for 1h new memory"))
        .isEqualTo(
            "🔧 In maintenance until Mon 2026-05-04 15:00 Europe/Berlin, by ann: new memory. Nodes that are down at the end raise alerts. To end it early: unsilence 1. To see the time left: silences.");
    assertThat(bench.answer("silences")).contains("env=staging, node=web1; 1 h 0 min left");
  }
}
