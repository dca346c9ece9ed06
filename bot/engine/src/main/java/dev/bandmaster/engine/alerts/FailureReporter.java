package dev.bandmaster.engine.alerts;

import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.addresses.AddressBackend;
import dev.bandmaster.engine.fleet.ClockSkews;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Effect;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes alerts of failures: jobs that failed to change an application, messages that cannot be
 * trusted, and whatever an agent finds that a person should look at. The same failure counts up in
 * the alert that there is. That of an application ends with the job that succeeds, the others when
 * nothing more is heard of them. What the chat limits or refuses is none of them: an alert about
 * that would have to go the same way.
 */
public final class FailureReporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FailureReporter.class);

  /** Failures that wait to be kept; more of them are as many as nobody reads. */
  private static final int MOST_WAITING = 1_000;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What ends so is a failure of the node and not of the work. */
  private static final Set<NodeStatus> LOST = Set.of(NodeStatus.LOST, NodeStatus.NO_ANSWER);

  private final AlertService service;
  private final String collective;
  private final Duration quiet;
  private final SourceLimit limit;
  private final InstantSource clock;
  private final BlockingQueue<Signal> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread = Thread.ofVirtual().name("untrusted-messages").unstarted(this::run);

  /**
   * Failures of a fleet.
   *
   * @param quiet after how long without a further one a failure is over
   */
  public FailureReporter(
      AlertService service, String collective, Duration quiet, InstantSource clock) {
    this.service = service;
    this.collective = collective;
    this.quiet = quiet;
    this.limit = new SourceLimit(quiet);
    this.clock = clock;
  }

  public void start() {
    thread.start();
  }

  /**
   * Whether the failure of a job is an alert: it has changed an application, which concerns
   * everyone who has to do with its environment. What else a person asked for is that person's own,
   * and of its failure people read where it was asked for.
   */
  public static boolean concernsEverybody(Job job) {
    return job.work().effect() == Effect.CHANGES && job.work().subject().isPresent();
  }

  /**
   * Whether the alert of a job's failure would be posted anywhere.
   *
   * @param routes where alerts are posted
   */
  public static boolean isPosted(Job job, String collective, AlertRoutes routes) {
    return concernsEverybody(job)
        && failed(job, collective, job.created())
            instanceof Signal.Fired(GroupKey topic, var _, Alert alert)
        && !routes.posts(topic, alert).isEmpty();
  }

  /**
   * What is to be kept in the commit with which a job ends: that the application failed, or that it
   * runs again. Nothing of a job that concerns nobody but the one who asked for it, and nothing if
   * it ended as somebody wanted or raised an alert of its own.
   */
  public List<Change> ended(Job job, Instant now) {
    if (!concernsEverybody(job) || isAlerted(job)) {
      return List.of();
    }
    return switch (job.state().status()) {
      case PARTLY_FAILED, FAILED, TIMED_OUT -> {
        Signal.Fired signal = failed(job, collective, now);
        yield List.of(
            new Change.RecordSignal(
                Ids.next(now),
                new Signal.Fired(
                    signal.topic(), Optional.empty(), signal.alert().overAfter(quiet))));
      }
      case SUCCEEDED ->
          keys(job).stream()
              .<Change>map(key -> new Change.RecordSignal(Ids.next(now), new Signal.Cleared(key)))
              .toList();
      case AWAITING_APPROVAL, QUEUED, RUNNING, PAUSED, CANCELLED -> List.of();
    };
  }

  /** What nodes say about alerts does not count: only the bot's own work may say so. */
  private static boolean isAlerted(Job job) {
    return job.backend().equals(AddressBackend.NAME)
        && job.state().nodes().values().stream()
            .allMatch(work -> work.data().get(AddressBackend.ALERTED).equals(new Data.Flag(true)));
  }

  /**
   * The alerts that a job is about. A version that was brought to all nodes also starts the
   * application, so it ends both; a start or a stop ends what a start or a stop has begun.
   */
  private static List<String> keys(Job job) {
    Planned.Subject subject = job.work().subject().orElseThrow();
    String application = "job:%s:%s".formatted(subject.environment(), subject.application());
    String control = application + ":control";
    return subject.version().isEmpty() ? List.of(control) : List.of(application, control);
  }

  private static Signal.Fired failed(Job job, String collective, Instant now) {
    List<String> failed = job.state().failed().stream().sorted().toList();
    Set<NodeStatus> ends =
        job.state().nodes().values().stream()
            .filter(work -> failed.contains(work.node()))
            .map(work -> work.status())
            .collect(Collectors.toSet());
    boolean lost = !ends.isEmpty() && LOST.containsAll(ends);
    Planned.Subject subject = job.work().subject().orElseThrow();
    String environment = subject.environment();
    String application = subject.application();
    String text =
        "job %d: %s %s"
            .formatted(
                job.number(),
                failed.isEmpty() ? "no node" : names(failed),
                lost ? "never reported a result" : "failed");
    return new Signal.Fired(
        new GroupKey(lost ? "job_lost" : "job_failed", collective, environment, ""),
        Alert.of(
                keys(job).getFirst(),
                Severity.WARNING,
                job.work().title(),
                text,
                failed.size() == 1 ? failed.getFirst() : "",
                now)
            .on(application.isEmpty() ? List.of() : List.of(application)));
  }

  private static String names(List<String> nodes) {
    return nodes.size() <= 5
        ? String.join(", ", nodes)
        : "%s and %d more".formatted(String.join(", ", nodes.subList(0, 5)), nodes.size() - 5);
  }

  /** A message was dropped; nothing if that is more likely a mistake than an attempt. */
  public void rejected(RejectedMessage message) {
    if (message.suspicious()) {
      String source = message.source().isEmpty() ? "somebody" : message.source();
      hand(
          limited(
              "untrusted",
              "untrusted senders",
              new GroupKey("untrusted_messages", collective, "", ""),
              Alert.of(
                  "untrusted:" + message.kind() + ":" + source,
                  Severity.CRITICAL,
                  source,
                  "is named as the sender of a rejected message: " + message.reason(),
                  "",
                  clock.instant())));
    }
  }

  /** The clock of a node is wrong; said again for as long as it is. */
  public void wrongClock(ClockSkews.Finding finding) {
    hand(
        event(
            new GroupKey("clock_skew", collective, finding.environment(), ""),
            Alert.of(
                "clock:" + finding.node(),
                Severity.WARNING,
                finding.node(),
                finding.sentence(),
                finding.node(),
                clock.instant())));
  }

  /**
   * An agent says that a person should look.
   *
   * @throws StoreUnavailable if it cannot be kept now; the broker gives it once more
   */
  public void raised(AlertEvent alert) {
    String node = alert.stamp().node();
    service.report(
        List.of(
            limited(
                "agent:" + node,
                node,
                new GroupKey(alert.kind(), collective, alert.stamp().env(), ""),
                Alert.of(
                    "agent:" + node + ":" + alert.kind(),
                    severity(alert.severity()),
                    node,
                    alert.summary(),
                    node,
                    begun(alert.stamp().sentAt())))));
  }

  /** When the agent said it, which may have waited for the broker; never in the future. */
  private Instant begun(Instant said) {
    Instant now = clock.instant();
    return said.isAfter(Instant.EPOCH) && said.isBefore(now) ? said : now;
  }

  /**
   * The alert itself, or one more in the only line that a source has for all beyond its limit.
   *
   * @param name what that line says of the source; always the same, so that they are counted
   */
  private Signal limited(String source, String name, GroupKey topic, Alert alert) {
    Instant now = clock.instant();
    if (limit.isWithin(source, alert.key(), now)) {
      return event(topic, alert);
    }
    return event(
        new GroupKey("too_many_alerts", topic.collective(), topic.environment(), ""),
        Alert.of(
            "rest:" + source,
            alert.severity(),
            name,
            "raised more than %d different alerts; further alerts are only counted"
                .formatted(SourceLimit.MOST_ALERTS),
            alert.node(),
            now));
  }

  private static Severity severity(AlertEvent.Severity severity) {
    return switch (severity) {
      case INFO -> Severity.INFO;
      case WARNING -> Severity.WARNING;
      case CRITICAL -> Severity.CRITICAL;
    };
  }

  private Signal event(GroupKey topic, Alert alert) {
    return new Signal.Fired(topic, Optional.empty(), alert.overAfter(quiet));
  }

  private void hand(Signal signal) {
    if (!waiting.offer(signal)) {
      dropped.incrementAndGet();
    }
  }

  /** Failures that were not kept since the start, for there were too many. */
  public long dropped() {
    return dropped.get();
  }

  private void run() {
    try {
      while (true) {
        keep(waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep(Signal signal) throws InterruptedException {
    Instant given = clock.instant();
    while (true) {
      try {
        service.report(List.of(signal));
        return;
      } catch (StoreUnavailable e) {
        LOG.warn("A failure alert for {} cannot be stored yet: {}", given, e.getMessage());
        Thread.sleep(PAUSE);
      } catch (RuntimeException e) {
        LOG.error("A failure alert could not be stored: {}", signal, e);
        return;
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
