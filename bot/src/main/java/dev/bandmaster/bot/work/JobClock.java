package dev.bandmaster.bot.work;

import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobEvent;
import dev.bandmaster.bot.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to jobs because time passes: deadlines end them, and their messages are redrawn. */
public final class JobClock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobClock.class);

  /** How often it looks; a deadline is told at most this much late. */
  private static final Duration TICK = Duration.ofMillis(100);

  /** What one more running job adds to every job's interval: Slack's limit is shared by all. */
  private static final Duration PER_RUNNING_JOB = Duration.ofMillis(1_500);

  private final JobDesk desk;
  private final Duration redraw;
  private final InstantSource clock;
  private final Map<String, Instant> drawn = new ConcurrentHashMap<>();
  private final Thread thread = Thread.ofVirtual().name("job-clock").unstarted(this::run);
  private volatile boolean running = true;

  public JobClock(JobDesk desk, Duration redraw, InstantSource clock) {
    this.desk = desk;
    this.redraw = redraw;
    this.clock = clock;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (running) {
      try {
        tick();
      } catch (StoreUnavailable e) {
        LOG.warn("Jobs cannot be advanced; trying again: {}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("A look at the running jobs failed unexpectedly; trying again", e);
      }
      try {
        Thread.sleep(TICK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** One look at all running jobs. */
  void tick() {
    Instant now = clock.instant();
    var jobs = desk.running();
    for (Job job : jobs) {
      if (!now.isBefore(job.deadline())) {
        desk.apply(job.id(), new JobEvent.DeadlinePassed());
      }
    }
    Duration interval = interval(jobs.size());
    desk.redraw(id -> isTime(id, now, interval));
    drawn.keySet().retainAll(jobs.stream().map(Job::id).toList());
  }

  private boolean isTime(String id, Instant now, Duration interval) {
    Optional<Instant> last = Optional.ofNullable(drawn.get(id));
    if (last.isPresent() && last.get().plus(interval).isAfter(now)) {
      return false;
    }
    drawn.put(id, now);
    return true;
  }

  private Duration interval(int jobs) {
    Duration shared = PER_RUNNING_JOB.multipliedBy(jobs);
    return shared.compareTo(redraw) > 0 ? shared : redraw;
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }
}
