package dev.bandmaster.engine.webhooks;

import static dev.bandmaster.engine.webhooks.SampleDeliveries.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.fleet.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is understood of each kind of delivery, and what is said of the rest. */
class BodyReaderTest {

  private static Signal.Fired only(WebhookAlert received) {
    assertThat(received.signals()).hasSize(1);
    return (Signal.Fired) received.signals().getFirst();
  }

  // --- Alertmanager ---

  @Test
  void alertA9_alertmanagerReportsWhatFiresAndWhatIsResolved() throws BadBody {
    WebhookAlert received =
        SampleDeliveries.read(SampleDeliveries.alertmanager(), SampleDeliveries.ALERTMANAGER);
    assertThat(received.firing()).isEqualTo(1);
    assertThat(received.resolved()).isEqualTo(1);
    assertThat(received.signals().getLast())
        .isEqualTo(new Signal.Cleared("webhook:prometheus:00c2d3e4f5061728"));
    Signal.Fired fired = (Signal.Fired) received.signals().getFirst();
    assertThat(fired.topic()).isEqualTo(GroupKey.outside("prometheus", "DiskFull", "main", "prod"));
    Alert alert = fired.alert();
    assertThat(alert.key()).isEqualTo("webhook:prometheus:b1c2d3e4f5061728");
    assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alert.node()).as("without the port").isEqualTo("db1.example.com");
    assertThat(alert.name()).isEqualTo("db1.example.com");
    assertThat(alert.text()).isEqualTo("· 91 % of /var is used");
    assertThat(alert.applications()).containsExactly("shop");
    assertThat(alert.since()).isEqualTo(Instant.parse("2026-05-04T11:58:30.123Z"));
    assertThat(alert.quiet()).as("its end is told").isEmpty();
    assertThat(alert.labels())
        .containsEntry("source", "prometheus")
        .containsEntry("severity", "critical")
        .doesNotContainKeys("app", "instance");
  }

  private static String alertmanager(String alert) {
    return "{\"version\":\"4\",\"alerts\":[" + alert + "]}";
  }

  private static Alert fired(String labels, String more) throws BadBody {
    String body = alertmanager("{\"status\":\"firing\",\"labels\":{%s}%s}".formatted(labels, more));
    return only(SampleDeliveries.read(SampleDeliveries.alertmanager(), body)).alert();
  }

  @ParameterizedTest
  @CsvSource({
    "critical, CRITICAL",
    "Critical, CRITICAL",
    "page, CRITICAL",
    "warning, WARNING",
    "info, INFO",
    "none, INFO",
    "high, WARNING",
    "'', WARNING"
  })
  void theSeveritiesOfOthers(String word, Severity severity) throws BadBody {
    assertThat(fired("\"severity\":\"" + word + "\"", "").severity()).isEqualTo(severity);
  }

  @ParameterizedTest
  @CsvSource({
    "db1:9100, db1",
    "db1, db1",
    "10.0.0.1:80, 10.0.0.1",
    "::1, ::1",
    "http://x.example.com/health, http:_x.example.com_health",
    "db1:latest, db1:latest"
  })
  void aNodeIsNamedWithoutThePort(String instance, String node) throws BadBody {
    assertThat(fired("\"instance\":\"" + instance + "\"", "").node()).isEqualTo(node);
  }

  @Test
  void whatNamesNoNodeIsNamedByWhatSaysMost() throws BadBody {
    assertThat(fired("\"alertname\":\"Slow\",\"job\":\"web\",\"pod\":\"web-7\"", "").name())
        .isEqualTo("web-7");
    assertThat(fired("\"alertname\":\"Slow\"", "").name()).isEqualTo("Slow");
    assertThat(fired("\"x\":\"y\"", "").name()).isEqualTo("prometheus");
    assertThat(fired("\"x\":\"y\"", "").text()).isEqualTo("· fires");
  }

  @Test
  void theSameLabelsAreTheSameAlertWithoutAFingerprint() throws BadBody {
    String one = fired("\"a\":\"1\",\"b\":\"2\"", "").key();
    assertThat(fired("\"b\":\"2\",\"a\":\"1\"", "").key()).isEqualTo(one);
    assertThat(fired("\"a\":\"1\",\"b\":\"3\"", "").key()).isNotEqualTo(one);
    assertThat(fired("\"a\":\"1\"", ",\"fingerprint\":\"f00\"").key())
        .isEqualTo("webhook:prometheus:f00");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-04T11:00:00Z, 2026-05-04T11:00:00Z",
    "2026-05-04T13:00:00+02:00, 2026-05-04T11:00:00Z",
    "2026-05-04T12:00:01Z, 2026-05-04T12:00:00Z",
    "2999-01-01T00:00:00Z, 2026-05-04T12:00:00Z",
    "0001-01-01T00:00:00Z, 2026-05-04T12:00:00Z"
  })
  void nothingBeganInTheFutureOrBeforeTimeWasCounted(String said, Instant since) throws BadBody {
    assertThat(fired("\"a\":\"1\"", ",\"startsAt\":\"" + said + "\"").since()).isEqualTo(since);
  }

  @Test
  void anEnvironmentThatIsNotOursIsNone() throws BadBody {
    String body =
        alertmanager("{\"status\":\"firing\",\"labels\":{\"alertname\":\"a\",\"env\":\"moon\"}}");
    assertThat(only(SampleDeliveries.read(SampleDeliveries.alertmanager(), body)).topic())
        .isEqualTo(GroupKey.outside("prometheus", "a", "main", ""));
  }

  // --- Serf ---

  @Test
  void alertA9_aSerfMemberThatFailedIsAnAlertUntilItJoinsOrLeaves() throws BadBody {
    WebhookAlert received = SampleDeliveries.read(SampleDeliveries.serf(), SampleDeliveries.SERF);
    assertThat(received.signals()).hasSize(2);
    Signal.Fired first = (Signal.Fired) received.signals().getFirst();
    assertThat(first.topic())
        .isEqualTo(GroupKey.outside("serf", "serf_member_failed", "main", "prod"));
    assertThat(first.alert().key()).isEqualTo("webhook:serf:member:web2");
    assertThat(first.alert().name()).isEqualTo("web2");
    assertThat(first.alert().node()).isEqualTo("web2");
    assertThat(first.alert().applications()).containsExactly("shop");
    assertThat(first.alert().text()).isEqualTo("· Serf does not reach it at 10.0.0.2");
    assertThat(first.alert().labels()).containsEntry("role", "web");
    for (String event : List.of("member-join", "member-leave")) {
      String body = SampleDeliveries.SERF.replace("member-failed", event);
      assertThat(SampleDeliveries.read(SampleDeliveries.serf(), body).signals())
          .containsExactly(
              new Signal.Cleared("webhook:serf:member:web2"),
              new Signal.Cleared("webhook:serf:member:web3"));
    }
    for (String event : List.of("member-update", "member-reap")) {
      String body = SampleDeliveries.SERF.replace("member-failed", event);
      assertThat(SampleDeliveries.read(SampleDeliveries.serf(), body).signals()).isEmpty();
    }
  }

  @Test
  void tagsMayBeAnObject() throws BadBody {
    String body =
        "{\"event\":\"member-failed\",\"members\":[{\"name\":\"w\",\"tags\":{\"env\":\"prod\"}}]}";
    assertThat(only(SampleDeliveries.read(SampleDeliveries.serf(), body)).topic().environment())
        .isEqualTo("prod");
  }

  @Test
  void alertA9_ofSerfsUserEventsThoseAreAlertsThatTheConfigurationNames() throws BadBody {
    WebhookAlert received =
        SampleDeliveries.read(SampleDeliveries.serf(), SampleDeliveries.USER_EVENT);
    assertThat(received.once()).as("whichever agent tells it").contains("user:backup-failed:12");
    Signal.Fired fired = only(received);
    assertThat(fired.topic()).isEqualTo(GroupKey.outside("serf", "backup-failed", "main", ""));
    assertThat(fired.alert().text()).isEqualTo("· no space left");
    assertThat(fired.alert().quiet()).contains(Duration.ofMinutes(30));
    String other = SampleDeliveries.USER_EVENT.replace("backup-failed", "deploy");
    assertThat(SampleDeliveries.read(SampleDeliveries.serf(), other).signals()).isEmpty();
  }

  // --- Plain ---

  @Test
  void alertA9_aScriptReportsWhatIsWrongInPlainWords() throws BadBody {
    Signal.Fired fired =
        only(SampleDeliveries.read(SampleDeliveries.plain(), SampleDeliveries.PLAIN));
    assertThat(fired.topic()).isEqualTo(GroupKey.outside("scripts", "no_free_eip", "main", "prod"));
    assertThat(fired.alert().key()).isEqualTo("webhook:scripts:eip:cluster-7");
    assertThat(fired.alert().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(fired.alert().name()).isEqualTo("cluster-7");
    assertThat(fired.alert().text()).isEqualTo("· no free EIP for this cluster");
    assertThat(fired.alert().labels()).containsEntry("zone", "3");
    assertThat(fired.alert().quiet()).contains(Duration.ofMinutes(30));
    WebhookAlert resolved =
        SampleDeliveries.read(
            SampleDeliveries.plain(), "{\"dedupe_key\":\"eip:cluster-7\",\"status\":\"resolved\"}");
    assertThat(resolved.signals())
        .containsExactly(new Signal.Cleared("webhook:scripts:eip:cluster-7"));
  }

  @Test
  void whatIsLeftOutHasItsUsualValue() throws BadBody {
    Signal.Fired fired =
        only(
            SampleDeliveries.read(
                SampleDeliveries.plain(), "{\"dedupe_key\":\"k\",\"summary\":\"s\"}"));
    assertThat(fired.topic()).isEqualTo(GroupKey.outside("scripts", "scripts", "main", ""));
    assertThat(fired.alert().severity()).isEqualTo(Severity.WARNING);
    assertThat(fired.alert().name()).isEqualTo("k");
    assertThat(fired.alert().since()).isEqualTo(NOON);
  }

  // --- Text of strangers ---

  @Test
  void textsAreOneLineOfSignsThatPeopleSee() throws BadBody {
    String nasty = "a\\u0000b\\nc\\td\\u202Egnp\\ud800\\u200Be";
    Signal.Fired fired =
        only(
            SampleDeliveries.read(
                SampleDeliveries.plain(),
                "{\"dedupe_key\":\"%1$s\",\"summary\":\"%1$s\",\"rule\":\"%1$s|x\",\"labels\":{\"%2$s\":\"%1$s\"}}"
                    .formatted(nasty, nasty.replace("\\ud800", ""))));
    assertThat(fired.alert().text()).isEqualTo("· a b c dgnpe");
    assertThat(fired.alert().key()).isEqualTo("webhook:scripts:a b c dgnpe");
    assertThat(fired.topic().rule()).isEqualTo("a_b_c_dgnpe_x");
    assertThat(fired.alert().labels()).containsEntry("a_b_c_dgnpe", "a b c dgnpe");
  }

  @Test
  void longTextsAreCutAndLongKeysRefused() throws BadBody {
    String body = "{\"dedupe_key\":\"%s\",\"summary\":\"%s\"}";
    Signal.Fired fired =
        only(
            SampleDeliveries.read(
                SampleDeliveries.plain(), body.formatted("k".repeat(200), "é".repeat(100_000))));
    assertThat(fired.alert().text()).hasSizeLessThanOrEqualTo(Alert.LONGEST_TEXT).endsWith("…");
    assertThatThrownBy(() ->
            SampleDeliveries.read(SampleDeliveries.plain(), body.formatted("k".repeat(201), "s")))
        .hasMessage("dedupe_key must have 1 to 200 characters");
  }

  @Test
  void noMoreLabelsAreKeptThanAnybodyChoosesBy() throws BadBody {
    String labels =
        IntStream.range(0, 100)
            .mapToObj(i -> "\"l%d\":\"%s\"".formatted(i, "v".repeat(1_000)))
            .collect(Collectors.joining(","));
    Map<String, String> kept = fired(labels, "").labels();
    assertThat(kept).hasSizeLessThanOrEqualTo(31);
    assertThat(kept.values()).allMatch(value -> value.length() <= 200);
  }

  // --- What is not understood ---

  private static Arguments bad(BodyReader reader, String body, String sentence) {
    return Arguments.of(reader, body, sentence);
  }

  static Stream<Arguments> badBodies() {
    BodyReader alertmanager = SampleDeliveries.alertmanager();
    BodyReader serf = SampleDeliveries.serf();
    BodyReader plain = SampleDeliveries.plain();
    return Stream.of(
        bad(plain, "", "the body is empty"),
        bad(plain, "x", "the body is not JSON: see line 1, column 1"),
        bad(plain, "{\"a\":1", "the body is not JSON: see line 1, column 7"),
        bad(plain, "{} {}", "the body is not JSON: see line 1, column 4"),
        bad(plain, "{\"a\":1,\"a\":2}", "the body is not JSON: see line 1, column 11"),
        bad(plain, "[".repeat(30), "the body is not JSON, or is nested too deeply"),
        bad(plain, "[]", "the body must be an object: { … }"),
        bad(plain, "null", "the body must be an object: { … }"),
        bad(plain, "{}", "dedupe_key is missing: a key that identifies the problem"),
        bad(
            plain,
            "{\"dedupe_key\":\"k\"}",
            "summary is missing: a sentence that describes the problem"),
        bad(plain, "{\"dedupe_key\":7}", "dedupe_key must be a string"),
        bad(plain, "{\"dedupe_key\":\"\\u0000\"}", "dedupe_key must have 1 to 200 characters"),
        bad(
            plain,
            "{\"severty\":\"info\"}",
            "severty is unknown; known fields: summary, severity, dedupe_key, status, rule, name, labels, since; did you mean 'severity'?"),
        bad(
            plain,
            "{\"dedupe_key\":\"k\",\"status\":\"open\"}",
            "status is 'open'; it must be one of firing, resolved"),
        bad(
            plain,
            "{\"dedupe_key\":\"k\",\"summary\":\"s\",\"severity\":\"bad\"}",
            "severity is 'bad'; it must be one of info, warning, critical"),
        bad(
            plain,
            "{\"dedupe_key\":\"k\",\"summary\":\"s\",\"since\":\"noon\"}",
            "since must be a time such as 2026-05-04T12:00:00Z"),
        bad(
            plain,
            "{\"dedupe_key\":\"k\",\"summary\":\"s\",\"labels\":[]}",
            "labels must be an object: { … }"),
        bad(
            plain,
            "{\"dedupe_key\":\"k\",\"summary\":\"s\",\"labels\":{\"a\":{}}}",
            "labels.a must be a string"),
        bad(alertmanager, "{}", "version is missing: this is not an Alertmanager webhook"),
        bad(
            alertmanager,
            "{\"version\":\"5\"}",
            "version is '5'; only version 4 of Alertmanager's webhook is supported"),
        bad(alertmanager, "{\"version\":4}", "version must be a string"),
        bad(alertmanager, "{\"version\":\"4\"}", "alerts must be a list of alerts: [ … ]"),
        bad(
            alertmanager,
            "{\"version\":\"4\",\"alerts\":[1]}",
            "alerts[0] must be an object: { … }"),
        bad(
            alertmanager,
            alertmanager("{}"),
            "alerts[0].status is missing: use firing or resolved"),
        bad(
            alertmanager,
            alertmanager("{\"status\":\"firing\"}"),
            "alerts[0].labels is missing: labels identify an alert"),
        bad(
            alertmanager,
            alertmanager("{\"status\":\"firing\",\"labels\":{\"a\":[]}}"),
            "alerts[0].labels.a must be a string"),
        bad(
            alertmanager,
            alertmanager(
                "{\"status\":\"firing\",\"labels\":{\"a\":\"b\"},\"startsAt\":\"yesterday\"}"),
            "alerts[0].startsAt must be a time such as 2026-05-04T12:00:00Z"),
        bad(
            alertmanager,
            alertmanager("1" + ",1".repeat(1_000)),
            "alerts has 1001 alerts; at most 1000 are accepted"),
        bad(serf, "{}", "event is missing: the value of SERF_EVENT"),
        bad(
            serf,
            "{\"event\":\"query\"}",
            "event is 'query'; it must be one of member-join, member-leave, member-failed, member-update, member-reap, user"),
        bad(serf, "{\"event\":\"member-join\"}", "members must be a list of members: [ … ]"),
        bad(
            serf,
            "{\"event\":\"member-join\",\"members\":[{}]}",
            "members[0].name is missing: the member's name"),
        bad(serf, "{\"event\":\"user\"}", "name is missing: the value of SERF_USER_EVENT"));
  }

  @ParameterizedTest
  @MethodSource("badBodies")
  void alertA9_whatIsNotUnderstoodIsNamed(BodyReader reader, String body, String sentence) {
    assertThatThrownBy(() -> SampleDeliveries.read(reader, body))
        .isInstanceOf(BadBody.class)
        .hasMessage(sentence);
  }
}
