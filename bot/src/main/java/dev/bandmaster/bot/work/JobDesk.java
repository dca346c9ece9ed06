package dev.bandmaster.bot.work;

import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobEvent;
import dev.bandmaster.bot.job.JobMachine;
import dev.bandmaster.bot.job.JobState;
import dev.bandmaster.bot.job.JobStatus;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.bot.store.Store;
import dev.bandmaster.wire.Reply;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where jobs are advanced. Whatever happens to a job comes here as an event; the new state, and
 * what people are to see when the job ends, are committed together before anybody acts on them.
 *
 * <p>Running jobs are kept in memory beside the store, so that a reply costs a write and no read.
 * One lock guards them all: the work under it is short and the store has one writer anyway.
 */
public final class JobDesk {
  private static final Logger LOG = LoggerFactory.getLogger(JobDesk.class);

  private final Store store;
  private final JobArtist artist;
  private final InstantSource clock;
  private final Map<String, Job> running = new ConcurrentHashMap<>();
  private final Set<String> dirty = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();

  public JobDesk(Store store, JobArtist artist, InstantSource clock) {
    this.store = store;
    this.artist = artist;
    this.clock = clock;
  }

  /** Takes up the jobs that an earlier process left; to be called before anything else. */
  public List<Job> resume() {
    List<Job> unfinished = store.jobs().unfinished();
    for (Job job : unfinished) {
      running.put(job.id(), job);
      dirty.add(job.id());
    }
    return unfinished;
  }

  /** The changes with which a job begins, to be committed with whatever else belongs to it. */
  public List<Change> opening(Job job) {
    return List.of(
        new Change.Open(job), new Change.Show(job.messageId(), message(job), Urgency.NOW));
  }

  /** Keeps an eye on a job whose opening is committed. */
  public void opened(Job job) {
    running.put(job.id(), job);
  }

  public Collection<Job> running() {
    return List.copyOf(running.values());
  }

  /** The newest state of a job, running or past. */
  public Optional<Job> find(String id) {
    return Optional.ofNullable(running.get(id)).or(() -> store.jobs().find(id));
  }

  /** Advances a job by one event. */
  public void apply(String id, JobEvent event) {
    apply(Map.of(id, List.of(event)));
  }

  /** Takes in a batch of replies in one commit. Replies to unknown requests are dropped. */
  public void replies(List<Reply> batch) {
    Map<String, List<JobEvent>> byJob = new LinkedHashMap<>();
    for (Reply reply : batch) {
      byJob
          .computeIfAbsent(reply.request(), id -> new ArrayList<>())
          .add(new JobEvent.Replied(reply));
    }
    apply(byJob);
  }

  private void apply(Map<String, List<JobEvent>> events) {
    lock.lock();
    try {
      List<Change> changes = new ArrayList<>();
      List<Job> advanced = new ArrayList<>();
      events.forEach((id, jobEvents) ->
          find(id)
              .ifPresentOrElse(
                  job -> advance(job, jobEvents, changes, advanced),
                  () -> LOG.info("An answer to request {}, which is not ours, is dropped", id)));
      store.commit(changes);
      advanced.forEach(this::keep);
    } finally {
      lock.unlock();
    }
  }

  private void advance(
      Job before, List<JobEvent> events, List<Change> changes, List<Job> advanced) {
    JobState state = JobMachine.apply(before.state(), events, clock.instant());
    if (state.equals(before.state())) {
      return;
    }
    Job after = before.with(state);
    changes.add(new Change.Advance(after, touched(before.state(), state)));
    if (state.status().isFinal()) {
      changes.addAll(closing(after, before.state().status().isFinal()));
    }
    advanced.add(after);
  }

  private static Set<String> touched(JobState before, JobState after) {
    return after.nodes().entrySet().stream()
        .filter(entry -> !entry.getValue().equals(before.nodes().get(entry.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /**
   * What people are to see at the end of a job: its message, the mark on the question, the whole
   * output where the message could not hold it, and a word to the channel when it failed.
   *
   * @param corrected whether the job had ended before and a late answer corrects it
   */
  private List<Change> closing(Job job, boolean corrected) {
    List<Change> changes = new ArrayList<>();
    JobArtist.Picture picture = artist.draw(job);
    changes.add(new Change.Show(job.messageId(), shown(job, picture), Urgency.NOW));
    boolean good = job.state().status() == JobStatus.SUCCEEDED;
    job.question()
        .ifPresent(question ->
            changes.add(
                new Change.Show(
                    "mark:" + job.place().channel() + ":" + question,
                    new Outbound.Reacted(
                        job.place().channel(), question, good ? "white_check_mark" : "x", "eyes"),
                    Urgency.SOON)));
    if (picture.isAbridged() && !corrected) {
      changes.add(
          new Change.Show(
              "file:" + job.id(),
              new Outbound.Attached(
                  job.place(),
                  "job-" + job.number() + ".txt",
                  "Everything the nodes said to job " + job.number(),
                  artist.transcript(job)),
              Urgency.SOON));
    }
    if (!good
        && !corrected
        && job.place().kind() != Place.Kind.DIRECT
        && job.place().thread().isPresent()) {
      changes.add(
          new Change.Show(
              "alarm:" + job.id(),
              new Outbound.Shown(job.place(), artist.alarm(job), true),
              Urgency.NOW));
    }
    return changes;
  }

  private void keep(Job job) {
    if (job.state().status().isFinal()) {
      running.remove(job.id());
      dirty.remove(job.id());
    } else {
      running.put(job.id(), job);
      dirty.add(job.id());
    }
  }

  /** Redraws the messages of the jobs that have gone on and for which it is time. */
  void redraw(Predicate<String> isTime) {
    List<Change> changes = new ArrayList<>();
    lock.lock();
    try {
      for (String id : List.copyOf(dirty)) {
        Job job = running.get(id);
        if (job != null && isTime.test(id)) {
          dirty.remove(id);
          changes.add(new Change.Show(job.messageId(), message(job), Urgency.PROGRESS));
        }
      }
      store.commit(changes);
    } finally {
      lock.unlock();
    }
  }

  private Outbound message(Job job) {
    return shown(job, artist.draw(job));
  }

  private static Outbound shown(Job job, JobArtist.Picture picture) {
    return new Outbound.Shown(job.place(), picture.message(), false);
  }
}
