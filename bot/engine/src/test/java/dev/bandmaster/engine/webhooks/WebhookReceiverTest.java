package dev.bandmaster.engine.webhooks;

import static dev.bandmaster.engine.webhooks.SampleDeliveries.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertTimes;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.testing.Posted;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.alerts.AlertNotifier;
import dev.bandmaster.engine.alerts.AlertRoutes;
import dev.bandmaster.engine.alerts.AlertService;
import dev.bandmaster.engine.alerts.Poisoned;
import dev.bandmaster.engine.jobs.GoldenMessages;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.engine.webhooks.WebhookEndpoint.Answer;
import dev.bandmaster.engine.webhooks.WebhookEndpoint.Post;
import dev.bandmaster.engine.webhooks.WebhookReceiver.Fate;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.store.TestStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of deliveries. It is noon. */
class WebhookReceiverTest {
  private final SettableClock clock = new SettableClock(NOON);
  @RegisterExtension private final TestStore store = new TestStore(clock);
  private final AlertService alerts =
      new AlertService(
          store,
          new AlertRoutes(
              List.of(
                  new AlertRoutes.Route(
                      List.of("prod"), List.of("shop"), Severity.WARNING, "CSHOP", "S0SHOP")),
              Optional.of("COPS"),
              Optional.empty(),
              AlertTimes.STANDARD),
          new AlertNotifier(new AlertRenderer(new TimeText(ZoneOffset.UTC)), Optional.empty()),
          clock);
  private final WebhookReceiver receiver =
      new WebhookReceiver(SampleDeliveries.sources(), store, alerts, clock);

  private Answer deliver(String name, String body) throws IOException {
    Answer answer = receiver.take(SampleDeliveries.shown(name, body));
    Posted.all(store, clock.instant());
    return answer;
  }

  private Answer deliverSigned(String body) throws IOException {
    Answer answer =
        receiver.take(
            SampleDeliveries.post("scripts", body, SampleDeliveries.signed(body, clock.instant())));
    Posted.all(store, clock.instant());
    return answer;
  }

  private static String error(Answer answer) throws IOException {
    JsonNode json = new ObjectMapper().readTree(answer.json());
    assertThat(json.path("message").asText()).isNotEmpty();
    return answer.status() + " " + json.path("error").asText();
  }

  private void look(int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.advance(Duration.ofSeconds(1));
      alerts.look();
      Posted.all(store, clock.instant());
    }
  }

  private AlertGroup only() {
    assertThat(store.alerts().open(10)).hasSize(1);
    return store.alerts().open(10).getFirst();
  }

  @Test
  void alertA9_aDeliveryIsAnsweredWhenItIsKeptAndSaysWhatItWasTakenFor() throws IOException {
    Answer answer = deliver("prometheus", SampleDeliveries.ALERTMANAGER);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo("{\"status\":\"taken\",\"firing\":1,\"resolved\":1}");
    assertThat(only().firing()).hasSize(1);
    assertThat(only().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(only().state().posts())
        .as("env and app are routed as those of our own alerts are")
        .extracting(post -> post.channel())
        .containsExactly("CSHOP");
    assertThat(receiver.count("prometheus", Fate.TAKEN)).isEqualTo(1);
  }

  @Test
  void alertA9_alertmanagerSendsAgainWhatStillFiresAndNothingChanges() throws IOException {
    deliver("prometheus", SampleDeliveries.ALERTMANAGER);
    look(60);
    AlertGroup notified = only();
    int committed = store.committed().size();
    for (int i = 0; i < 3; i++) {
      assertThat(deliver("prometheus", SampleDeliveries.ALERTMANAGER).status()).isEqualTo(200);
      look(60);
    }
    assertThat(only()).isEqualTo(notified);
    assertThat(store.committed()).hasSize(committed);
  }

  @Test
  void alertA9_whatComesAtOnceIsOneMessageWithAllOfIt() throws Exception {
    List<Callable<Answer>> deliveries =
        IntStream.range(0, 16)
            .<Callable<Answer>>mapToObj(
                i -> () -> deliver("prometheus", alertmanager(i / 2, i / 2 + 1)))
            .toList();
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Answer> answer : senders.invokeAll(deliveries)) {
        assertThat(answer.resultNow().status()).isEqualTo(200);
      }
    }
    assertThat(only().firing()).hasSize(8).allMatch(member -> member.count() == 1);
  }

  @Test
  void alertA9_itIsOverWhenAllOfItAreResolved() throws IOException {
    String two = SampleDeliveries.ALERTMANAGER.replace("\"resolved\"", "\"firing\"");
    deliver("prometheus", two);
    assertThat(only().firing()).hasSize(2);
    deliver("prometheus", SampleDeliveries.ALERTMANAGER);
    look(10);
    assertThat(only().firing()).hasSize(1);
    deliver(
        "prometheus", SampleDeliveries.ALERTMANAGER.replace("\"firing\",\n", "\"resolved\",\n"));
    assertThat(only().firing()).isEmpty();
    look(70);
    assertThat(store.alerts().open(10)).isEmpty();
  }

  @Test
  void alertA9_aMemberOfSerfFailsAndJoinsAgain() throws IOException {
    deliver("serf", SampleDeliveries.SERF);
    look(31);
    assertThat(store.alerts().open(10)).as("one in prod, one elsewhere").hasSize(2);
    deliver("serf", SampleDeliveries.SERF);
    look(5);
    assertThat(deliver("serf", SampleDeliveries.SERF.replace("failed", "join")).json())
        .contains("\"resolved\":2");
    look(70);
    assertThat(store.alerts().open(10)).isEmpty();
  }

  @Test
  void isolation_anAlertThatFailsForEverStopsNoOtherOfItsDeliveryNorTheNextOne()
      throws IOException {
    AlertService broken =
        new AlertService(
            Poisoned.store(store, topic -> topic.environment().equals("prod")),
            new AlertRoutes(List.of(), Optional.of("COPS"), Optional.empty(), AlertTimes.STANDARD),
            new AlertNotifier(new AlertRenderer(new TimeText(ZoneOffset.UTC)), Optional.empty()),
            clock);
    WebhookReceiver intake = new WebhookReceiver(SampleDeliveries.sources(), store, broken, clock);
    assertThat(intake.take(SampleDeliveries.shown("serf", SampleDeliveries.SERF)).status())
        .isEqualTo(200);
    assertThat(store.alerts().open(10))
        .as("the one that is not in prod")
        .hasSize(1)
        .noneMatch(episode -> episode.topic().environment().equals("prod"));
    assertThat(store.alerts().signals(10)).as("the other is kept").hasSize(1);
    look(1);
    assertThat(store.alerts().open(10)).as("and is there when the fault is gone").hasSize(2);
  }

  @Test
  void alertA9_anEventThatTwoAgentsReportIsOne() throws IOException {
    assertThat(deliver("serf", SampleDeliveries.USER_EVENT).json()).contains("\"firing\":1");
    assertThat(deliver("serf", SampleDeliveries.USER_EVENT.replace("web1", "web2")).json())
        .isEqualTo("{\"status\":\"known\"}");
    assertThat(only().firing().getFirst().count()).isEqualTo(1);
    deliver("serf", SampleDeliveries.USER_EVENT.replace("\"12\"", "\"13\""));
    assertThat(only().firing().getFirst().count()).isEqualTo(2);
    assertThat(receiver.count("serf", Fate.KNOWN)).isEqualTo(1);
  }

  @Test
  void alertA9_whatIsSignedIsTakenOnce() throws IOException {
    Map<String, String> headers = SampleDeliveries.signed(SampleDeliveries.PLAIN, NOON);
    Post first = SampleDeliveries.post("scripts", SampleDeliveries.PLAIN, headers);
    assertThat(receiver.take(first).status()).isEqualTo(200);
    WebhookReceiver other = new WebhookReceiver(SampleDeliveries.sources(), store, alerts, clock);
    for (WebhookReceiver replica : List.of(receiver, other)) {
      Post again = SampleDeliveries.post("scripts", SampleDeliveries.PLAIN, headers);
      assertThat(error(replica.take(again))).isEqualTo("409 replayed");
    }
    assertThat(only().firing().getFirst().count()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(deliverSigned(SampleDeliveries.PLAIN).status()).isEqualTo(200);
    assertThat(only().firing().getFirst().count()).isEqualTo(2);
    clock.advance(Duration.ofMinutes(5));
    assertThat(
            error(receiver.take(SampleDeliveries.post("scripts", SampleDeliveries.PLAIN, headers))))
        .isEqualTo("401 wrong_time");
  }

  @Test
  void alertA9_aDeliveryThatCannotBeKeptMayComeAgain() throws IOException {
    Map<String, String> headers = SampleDeliveries.signed(SampleDeliveries.PLAIN, NOON);
    store.setAway(true);
    Answer away = receiver.take(SampleDeliveries.post("scripts", SampleDeliveries.PLAIN, headers));
    assertThat(error(away)).isEqualTo("503 store_away");
    assertThat(away.retryAfter()).isPresent();
    assertThat(
            error(
                receiver.take(SampleDeliveries.shown("prometheus", SampleDeliveries.ALERTMANAGER))))
        .isEqualTo("503 store_away");
    store.setAway(false);
    assertThat(
            receiver
                .take(SampleDeliveries.post("scripts", SampleDeliveries.PLAIN, headers))
                .status())
        .isEqualTo(200);
    assertThat(receiver.count("scripts", Fate.FAILED)).isEqualTo(1);
  }

  @Test
  void alertA9_plainWordsEndWhenTheySaySoOrAreNotRepeated() throws IOException {
    deliverSigned(SampleDeliveries.PLAIN);
    deliverSigned("{\"dedupe_key\":\"eip:cluster-7\",\"status\":\"resolved\"}");
    look(70);
    assertThat(store.alerts().open(10)).isEmpty();
    deliverSigned(SampleDeliveries.PLAIN);
    assertThat(only().number()).isEqualTo(2);
    clock.advance(Duration.ofMinutes(30));
    look(120);
    assertThat(store.alerts().open(10)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "prometheus, text/plain, , 415 not_json",
    "prometheus, application/json; charset=latin1, , 415 not_json",
    "prometheus, application/json, gzip, 415 not_json",
    "prometheus, 'APPLICATION/JSON; charset=\"UTF-8\"', , 401 no_token",
    "nobody, application/json, , 404 unknown_webhook",
    "'', application/json, , 404 unknown_webhook",
    "prometheus/x, application/json, , 404 unknown_webhook",
    "scripts, application/json, , 401 not_signed"
  })
  void strangersAreTurnedAway(String name, String type, String coding, String expected)
      throws IOException {
    Map<String, String> headers =
        coding == null
            ? Map.of("Content-Type", type)
            : Map.of("Content-Type", type, "Content-Encoding", coding);
    assertThat(error(receiver.take(SampleDeliveries.post(name, "{}", headers))))
        .isEqualTo(expected);
    assertThat(store.committed()).isEmpty();
  }

  @Test
  void alertA9_whatIsHugeIsTurnedAwayUnreadOrAsSoonAsThatShows() throws IOException {
    String huge = "x".repeat(WebhookReceiver.MOST_BYTES + 1);
    assertThat(error(deliver("prometheus", huge))).isEqualTo("413 too_large");
    Post unsaid = SampleDeliveries.shown("prometheus", huge);
    Post lying =
        new Post(
            unsaid.name(),
            unsaid.header(),
            Optional.of(10L),
            new ByteArrayInputStream(huge.getBytes(StandardCharsets.UTF_8)));
    assertThat(error(receiver.take(lying))).isEqualTo("413 too_large");
    String many = "{\"version\":\"4\",\"alerts\":[%s]}".formatted("{},".repeat(1_000) + "{}");
    assertThat(error(deliver("prometheus", many))).isEqualTo("413 too_many_alerts");
    assertThat(receiver.count("prometheus", Fate.REFUSED)).isEqualTo(3);
  }

  private static String alertmanager(int from, int to) {
    return "{\"version\":\"4\",\"alerts\":[%s]}"
        .formatted(
            IntStream.range(from, to)
                .mapToObj(i ->
                    "{\"status\":\"firing\",\"labels\":{\"alertname\":\"a\",\"n\":\"%d\"}}"
                        .formatted(i))
                .collect(Collectors.joining(",")));
  }

  @Test
  void alertA9_oneMessageTakesOnlySoManyAlerts() throws IOException {
    assertThat(deliver("prometheus", alertmanager(0, 1_000)).status()).isEqualTo(200);
    assertThat(deliver("prometheus", alertmanager(1_000, 2_000)).status()).isEqualTo(200);
    assertThat(error(deliver("prometheus", alertmanager(1_999, 2_001))))
        .isEqualTo("429 too_many_alerts");
    assertThat(only().firing()).hasSize(2_000);
    assertThat(deliver("prometheus", alertmanager(0, 1_000).replace("firing", "resolved")).status())
        .isEqualTo(200);
    assertThat(only().firing()).hasSize(1_000);
  }

  @Test
  void alertA9_onlySoManyAreTakenInAMinute() throws IOException {
    String body = "{\"dedupe_key\":\"k\",\"summary\":\"s\"}";
    assertThat(deliver("slow", body).status()).isEqualTo(200);
    assertThat(deliver("slow", body).status()).isEqualTo(200);
    Answer third = deliver("slow", body);
    assertThat(error(third)).isEqualTo("429 too_many");
    assertThat(third.retryAfter()).contains(Duration.ofSeconds(30));
    clock.advance(Duration.ofSeconds(30));
    assertThat(deliver("slow", body).status()).isEqualTo(200);
    assertThat(deliver("prometheus", SampleDeliveries.ALERTMANAGER).status())
        .as("others are not held up")
        .isEqualTo(200);
  }

  @Test
  void aClientThatGuessesTokensTakesNothingFromTheRightOne() throws IOException {
    for (int i = 0; i < 10; i++) {
      Post guess = SampleDeliveries.post("slow", "{}", Map.of("Authorization", "Bearer guess" + i));
      assertThat(error(receiver.take(guess))).isEqualTo("401 wrong_token");
    }
    assertThat(deliver("slow", "{\"dedupe_key\":\"k\",\"summary\":\"s\"}").status()).isEqualTo(200);
  }

  @Test
  void aFaultInsideIsAnsweredAndNothingIsKept() throws IOException {
    Post faulty =
        new Post(
            "prometheus",
            header -> {
              throw new IllegalStateException("a fault of a test");
            },
            Optional.empty(),
            InputStream.nullInputStream());
    assertThat(error(receiver.take(faulty))).isEqualTo("500 fault");
    assertThat(store.committed()).isEmpty();
    assertThat(receiver.count("prometheus", Fate.FAILED)).isEqualTo(1);
  }

  @Test
  void theMessageOfWebhookAlerts() throws IOException {
    deliver("prometheus", SampleDeliveries.ALERTMANAGER);
    deliver(
        "serf",
        "{\"event\":\"member-failed\",\"members\":[{\"name\":\"web2\",\"address\":\"10.0.0.2\"}]}");
    look(31);
    for (Change.PostMessage show : store.committed(Change.PostMessage.class)) {
      Message message = ((Outbound.ChannelMessage) show.item()).message();
      String name = message.toString().contains("DiskFull") ? "alertmanager" : "serf";
      GoldenMessages.check("alert-told-by-" + name, message);
    }
  }

  @Test
  void alertA9_whatStrangersWriteIsShownAsText() throws IOException {
    deliver(
        "prometheus",
        SampleDeliveries.ALERTMANAGER.replace("91 % of /var is used", "<!channel> *x* <@U1>"));
    List<Outbound> shown =
        store.committed(Change.PostMessage.class).stream().map(Change.PostMessage::item).toList();
    assertThat(shown).hasSize(1);
    assertThat(shown.getFirst().toString())
        .contains("Plain[text= · <!channel> *x* <@U1>]")
        .doesNotContain("Person[")
        .doesNotContain("Link[");
  }

  /**
   * A body of which nothing comes until it is let go, as somebody with a right secret may send it.
   */
  private static InputStream slow(CountDownLatch reading, CountDownLatch release) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        reading.countDown();
        try {
          release.await();
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
        }
        throw new IOException("The rest never comes.");
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return read();
      }
    };
  }

  @Test
  void trustT17_slowBodiesHoldNoPlaceOfOtherDeliveries() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch reading = new CountDownLatch(40);
    Post shown = SampleDeliveries.shown("serf", SampleDeliveries.SERF);
    List<Future<Answer>> sent = new ArrayList<>();
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        Post post = new Post(shown.name(), shown.header(), shown.length(), slow(reading, release));
        sent.add(senders.submit(() -> receiver.take(post)));
      }
      reading.await();
      assertThat(deliver("serf", SampleDeliveries.SERF).status()).isEqualTo(200);
      assertThat(deliver("prometheus", SampleDeliveries.ALERTMANAGER).status()).isEqualTo(200);
      assertThat(sent).noneMatch(Future::isDone);
      release.countDown();
    }
  }

  @Test
  void trustT17_aDeliveryThatHangsInTheStoreStopsNoOther() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    WebhookReceiver impatient =
        new WebhookReceiver(
            SampleDeliveries.sources(), store, alerts, clock, Duration.ofMillis(50));
    store.hangOnce(release);
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> hanging =
          senders.submit(
              () -> impatient.take(SampleDeliveries.shown("serf", SampleDeliveries.SERF)));
      while (store.isHangAhead()) {
        Thread.onSpinWait();
      }
      for (String name : List.of("prometheus", "prometheus")) {
        assertThat(
                impatient
                    .take(SampleDeliveries.shown(name, SampleDeliveries.ALERTMANAGER))
                    .status())
            .isEqualTo(200);
      }
      assertThat(hanging.isDone()).isFalse();
      release.countDown();
      assertThat(hanging.get().status()).isEqualTo(200);
    }
  }
}
