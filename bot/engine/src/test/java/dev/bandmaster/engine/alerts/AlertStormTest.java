package dev.bandmaster.engine.alerts;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertText;
import dev.bandmaster.core.alert.AlertTimes;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.testing.Await;
import dev.bandmaster.core.testing.Posted;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** What becomes of very many alerts, and of one that cannot be dealt with. */
class AlertStormTest {
  private static final Duration QUIET = Duration.ofMinutes(30);

  private final SettableClock clock = new SettableClock(NOON);
  @RegisterExtension private final TestStore store = new TestStore(clock);
  private final AlertService service = service(store);
  private final FailureReporter failures = new FailureReporter(service, "main", QUIET, clock);

  private AlertService service(Store kept) {
    return new AlertService(
        kept,
        new AlertRoutes(List.of(), Optional.of("COPS"), Optional.empty(), AlertTimes.STANDARD),
        new AlertNotifier(new AlertRenderer(new TimeText(ZoneOffset.UTC)), Optional.empty()),
        clock);
  }

  private Signal fires(String rule, Severity severity) {
    return new Signal.Fired(
        new GroupKey(rule, "main", "prod", ""),
        Alert.of("key:" + rule, severity, rule, "is wrong", "", clock.instant()));
  }

  private void look(int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.advance(Duration.ofSeconds(1));
      service.look();
    }
  }

  private List<AlertGroup> open() {
    return store.alerts().open(10_000).reversed();
  }

  private List<Outbox.Item> due() {
    return store.outbox().due(clock.instant(), 10_000);
  }

  private AlertEvent raised(String node, String kind, long number) {
    return new AlertEvent(
        new EventStamp(node, "prod", "boot-1", 1, number, clock.instant()),
        AlertEvent.Severity.CRITICAL,
        kind,
        kind + " is wrong");
  }

  @Test
  void trustT18_ofOneNodeAFewAlertsArePostedAndTheRestIsCountedInOneLine() {
    for (int i = 0; i < 3_000; i++) {
      failures.raised(raised("web1", "kind-" + i, i));
    }
    failures.raised(raised("db1", "disk", 1));
    assertThat(open()).as("ten of web1, one line for its rest, one of db1").hasSize(12);
    AlertGroup rest =
        store.alerts().open(new GroupKey("too_many_alerts", "main", "prod", "")).orElseThrow();
    assertThat(rest.firing())
        .singleElement()
        .satisfies(member -> {
          assertThat(member.alert().name()).isEqualTo("web1");
          assertThat(member.count()).isEqualTo(2_990);
        });
    assertThat(due()).hasSize(12);
    clock.advance(QUIET);
    look(1);
    failures.raised(raised("web1", "disk", 3_001));
    assertThat(open())
        .as("after a while it has room again")
        .anyMatch(episode -> episode.topic().rule().equals("disk") && episode.firing().size() == 1);
  }

  @Test
  void trustT18_forgedMessagesUnderManyNamesAreOneMessageWithABound() {
    failures.start();
    try {
      for (int i = 0; i < 500; i++) {
        failures.rejected(
            new RejectedMessage(RejectedMessage.Kind.BAD_SIGNATURE, "node-" + i, "forged"));
      }
      Await.until(
          "all are kept",
          () ->
              open().stream()
                      .flatMap(episode -> episode.firing().stream())
                      .mapToLong(member -> member.count())
                      .sum()
                  == 500);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      failures.close();
    }
    assertThat(open().stream().mapToInt(episode -> episode.firing().size()).sum())
        .isEqualTo(SourceLimit.MOST_ALERTS + 1);
  }

  @Test
  void trustT18_aStormOfTopicsIsOneSummaryAndWhatIsCriticalOvertakes() {
    for (int i = 0; i < 200; i++) {
      service.report(List.of(fires("storm-" + i, Severity.WARNING)));
    }
    service.report(List.of(fires("fire", Severity.CRITICAL)));
    assertThat(due())
        .as("it waits for nothing")
        .extracting(Outbox.Item::urgency)
        .containsExactly(Urgency.NOW);
    look(31);
    assertThat(open()).hasSize(AlertStorms.MOST_MESSAGES + 2);
    AlertGroup summary =
        store.alerts().open(new GroupKey("alert_storm", "main", "prod", "")).orElseThrow();
    assertThat(summary.firing()).hasSize(200 - AlertStorms.MOST_MESSAGES);
    assertThat(AlertText.headline(summary)).isEqualTo("Many alerts at once: 190 more in prod");
    assertThat(due()).hasSize(AlertStorms.MOST_MESSAGES + 2);
    assertThat(due().getFirst().id())
        .as("ahead of those that waited before it")
        .contains(store.alerts().open(new GroupKey("fire", "main", "prod", "")).orElseThrow().id());
    clock.advance(AlertStorms.WINDOW);
    service.report(List.of(fires("later", Severity.WARNING)));
    assertThat(store.alerts().open(new GroupKey("later", "main", "prod", ""))).isPresent();
  }

  @Test
  void trustT18_alsoOfCriticalAlertsNoMoreThanAFewAreMessages() {
    service.report(
        IntStream.range(0, 200).mapToObj(i -> fires("fire-" + i, Severity.CRITICAL)).toList());
    assertThat(due()).hasSize(AlertStorms.MOST_CRITICAL + 1);
  }

  /** Whatever begins and ends in a storm: what fires is in an open alert, and nothing else is. */
  @Test
  void trustT18_whatStillFiresIsNeverDropped() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    LoggerFactory.getLogger(AlertStormTest.class).info("Seed {}", seed);
    Set<String> firing = new HashSet<>();
    for (int step = 0; step < 400; step++) {
      String rule = "storm-" + random.nextInt(60);
      if (random.nextInt(3) > 0) {
        service.report(
            List.of(fires(rule, random.nextInt(5) == 0 ? Severity.CRITICAL : Severity.WARNING)));
        firing.add("key:" + rule);
      } else {
        service.report(List.of(new Signal.Cleared("key:" + rule)));
        firing.remove("key:" + rule);
      }
      look(random.nextInt(3));
      if (random.nextInt(4) == 0) {
        Posted.all(store, clock.instant());
      }
      Set<String> notified = new HashSet<>();
      open().stream()
          .flatMap(episode -> episode.firing().stream())
          .map(member -> member.alert().key())
          .filter(key -> key.startsWith("key:"))
          .forEach(notified::add);
      assertThat(notified).as("seed %d, step %d", seed, step).isEqualTo(firing);
    }
  }

  @Test
  void trustT18_whatIsOverBeforeItsPostIsFoldedIntoTheSummaryAndNotPosted() {
    for (int i = 0; i < 3; i++) {
      service.report(List.of(fires("short-" + i, Severity.CRITICAL)));
    }
    service.report(List.of(fires("long", Severity.CRITICAL)));
    assertThat(due()).hasSize(4);
    for (int i = 0; i < 3; i++) {
      service.report(List.of(new Signal.Cleared("key:short-" + i)));
    }
    assertThat(due()).as("only what still fires").hasSize(1);
    look(31);
    AlertGroup unseen =
        store.alerts().open(new GroupKey("alerts_unseen", "main", "prod", "")).orElseThrow();
    assertThat(unseen.firing()).singleElement().returns(3L, member -> member.count());
    assertThat(due()).hasSize(2);
    Posted.all(store, clock.instant());
    service.report(List.of(new Signal.Cleared("key:long")));
    look(10);
    assertThat(due()).as("what was posted is drawn as over").isNotEmpty();
  }

  @Test
  void trustT18_aMessageThatIsJustBeingSentIsNotTakenBack() {
    service.report(List.of(fires("short", Severity.CRITICAL)));
    Outbox.Claim claim =
        store
            .outbox()
            .claim("bot-1", clock.instant(), Duration.ofMinutes(1), List.of(due().getFirst().id()))
            .getFirst();
    service.report(List.of(new Signal.Cleared("key:short")));
    store.outbox().sent(claim, "1.1");
    look(10);
    assertThat(due()).extracting(Outbox.Item::id).contains(claim.item().id());
  }

  private Store poisoned() {
    return Poisoned.store(store, topic -> topic.rule().equals("poison"));
  }

  @Test
  void isolation_aSignalThatFailsForEverStopsNoOtherAndIsReportedOnce() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(AlertService.class);
    log.start();
    logger.addAppender(log);
    AlertService broken = service(poisoned());
    try {
      List<Change> stored = new ArrayList<>();
      stored.add(new Change.RecordSignal(Ids.next(NOON), fires("poison", Severity.CRITICAL)));
      stored.add(new Change.RecordSignal(Ids.next(NOON), fires("stored", Severity.CRITICAL)));
      store.commit(stored);
      broken.report(
          List.of(
              fires("before", Severity.CRITICAL),
              fires("poison", Severity.CRITICAL),
              fires("after", Severity.CRITICAL)));
      for (int i = 0; i < 300; i++) {
        clock.advance(Duration.ofSeconds(1));
        broken.look();
      }
    } finally {
      logger.detachAppender(log);
    }
    assertThat(open())
        .extracting(episode -> episode.topic().rule())
        .containsExactlyInAnyOrder("before", "after", "stored");
    assertThat(store.alerts().signals(10)).as("kept, and tried again").hasSize(2);
    assertThat(log.list)
        .filteredOn(event -> event.getLevel() == Level.ERROR)
        .as("once for each of the two that are kept, and once where it was reported")
        .hasSizeLessThanOrEqualTo(3);
    service.look();
    assertThat(open()).extracting(episode -> episode.topic().rule()).contains("poison");
  }

  @Test
  void isolation_aFailureThatCannotBeDecidedStopsNoOtherFailure() throws InterruptedException {
    FailureReporter loop = new FailureReporter(service(poisoned()), "main", QUIET, clock);
    loop.raised(raised("web1", "poison", 1));
    loop.raised(raised("web1", "disk", 2));
    loop.start();
    try {
      loop.rejected(new RejectedMessage(RejectedMessage.Kind.BAD_SIGNATURE, "web9", "forged"));
      Await.until(
          "the forged one is kept",
          () ->
              store.alerts().open(new GroupKey("untrusted_messages", "main", "", "")).isPresent());
    } finally {
      loop.close();
    }
    assertThat(store.alerts().open(new GroupKey("disk", "main", "prod", ""))).isPresent();
    assertThat(store.alerts().signals(10)).hasSize(1);
  }
}
