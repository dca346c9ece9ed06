package dev.bandmaster.bot.work;

import static dev.bandmaster.bot.job.SampleJobs.NOON;

import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobEvent;
import dev.bandmaster.bot.job.Wave;
import dev.bandmaster.bot.store.AuditEntry;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Seat;
import dev.bandmaster.bot.store.SettableClock;
import dev.bandmaster.bot.store.Store;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A desk whose rounds are turned by hand, so that a test says what happens between them. */
final class DeskBench {
  final SettableClock clock = new SettableClock(NOON);
  final List<Wave> sent = new ArrayList<>();
  final Seat seat;
  final JobDesk desk;
  private final Store store;
  private final JobReport report;

  /** What a test may have fail for single jobs. */
  static class Parts {
    JobStep step(Job job, List<? extends JobEvent> events, Instant now) {
      return JobStep.of(job, events, now);
    }

    Presenter presenter(String command) {
      return Presenter.PLAIN;
    }

    AuditEntry audit(Job job, Instant now) {
      return JobAudit.ended(job, now);
    }

    /** Is called before it is looked whether a job may start. */
    void check(Job job) {}

    /** Is called before a job's wave is handed over. */
    void send(Job job) {}
  }

  /** A desk of its own over a store that may be shared, in its own seat. */
  DeskBench(Store store, String holder) {
    this(store, holder, new Parts());
  }

  /** A desk some of whose parts fail. */
  DeskBench(Store store, String holder, Parts parts) {
    this.store = store;
    this.report =
        new JobReport(
            new JobArtist(parts::presenter),
            store.jobs(),
            new ApprovalLooks(
                store.approvals(), job -> Optional.empty(), subject -> Optional.empty()),
            parts::audit);
    Obstacles obstacles = TestObstacles.of(store, clock);
    this.desk =
        new JobDesk(
            store,
            job -> {
              parts.check(job);
              return obstacles.against(job);
            },
            report,
            Duration.ofSeconds(2),
            parts::step,
            clock);
    desk.sendBy((name, job, wave) -> {
      parts.send(job);
      sent.add(wave);
    });
    this.seat = store.seats().take("bot-1", holder, Duration.ofMinutes(1), true).orElseThrow();
    done(desk.takeUp(seat));
  }

  /** Commits a job and hands it in. */
  Job open(Job job) {
    store.commit(new Change.Fence(seat), new Change.Open(job, seat.name()), report.beginning(job));
    desk.opened(seat, job);
    round();
    return job;
  }

  void happens(Job job, JobEvent event) {
    done(desk.happened(job.id(), event));
  }

  void replies(Reply... batch) {
    done(desk.replied(seat.name(), List.of(batch)));
  }

  void replies(List<Reply> batch) {
    done(desk.replied(seat.name(), batch));
  }

  void after(Duration time) {
    clock.advance(time);
    round();
  }

  void round() {
    desk.round(new ArrayList<>());
  }

  void done(CompletableFuture<Void> handed) {
    round();
    handed.join();
  }
}
