package dev.bandmaster.bot.work;

import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobEffect;
import dev.bandmaster.bot.job.JobEvent;
import dev.bandmaster.bot.job.JobStatus;
import dev.bandmaster.bot.job.Wave;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Jobs.Told;
import dev.bandmaster.bot.store.Seat;
import dev.bandmaster.bot.store.SeatLost;
import dev.bandmaster.bot.store.Store;
import dev.bandmaster.bot.store.StoreConflict;
import dev.bandmaster.bot.work.JobDesk.Arrival;
import dev.bandmaster.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Advances the jobs of the seats that are held here, round by round. They are in memory beside the
 * store, so that a reply costs a write and no read; each commit proves that the seat is still held,
 * so what is in memory is what is stored. Used by the desk's thread alone, except for what only
 * reads.
 */
final class JobsInHand {
  private static final Logger LOG = LoggerFactory.getLogger(JobsInHand.class);

  /** How often to look for what other replicas were told, and whether a queued job may begin. */
  private static final Duration LOOK = Duration.ofMillis(250);

  /** How often to look for jobs that were opened and not handed in. */
  private static final Duration SEARCH = Duration.ofSeconds(5);

  private final Store store;
  private final Beginning beginning;
  private final JobReport report;
  private final Redraws redraws;
  private final Hand hand = new Hand();
  private volatile JobEnds ends = JobEnds.UNNOTICED;
  private volatile WaveSender sender = (seat, job, wave) -> {};
  private Instant looked = Instant.EPOCH;
  private Instant searched = Instant.EPOCH;
  private boolean lookNow = true;

  JobsInHand(Store store, Beginning beginning, JobReport report, Redraws redraws) {
    this.store = store;
    this.beginning = beginning;
    this.report = report;
    this.redraws = redraws;
  }

  void sendBy(WaveSender newSender) {
    sender = newSender;
  }

  void noticeEnds(JobEnds newEnds) {
    ends = newEnds;
  }

  Collection<Job> all() {
    return hand.all();
  }

  Optional<Job> find(String id) {
    return hand.find(id);
  }

  boolean isToBeSent(String id, String request) {
    return hand.isToBeSent(id, request);
  }

  // --- A round ---

  /** What one seat's jobs are to be told in this round. */
  private static final class Post {
    private final Map<String, List<JobEvent>> events = new LinkedHashMap<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private final List<Change> told = new ArrayList<>();

    void add(String job, JobEvent event) {
      events.computeIfAbsent(job, fresh -> new ArrayList<>()).add(event);
    }

    void isDone() {
      waiting.forEach(done -> done.complete(null));
    }

    void failed(RuntimeException reason) {
      waiting.forEach(done -> done.completeExceptionally(reason));
    }
  }

  void round(List<Arrival> arrivals, Instant now) {
    Map<String, Post> posts = new LinkedHashMap<>();
    for (Arrival arrival : arrivals) {
      sort(arrival, posts);
    }
    boolean look = lookNow || isTime(looked, LOOK, now);
    if (look) {
      collectOrders(posts);
    }
    if (isTime(searched, SEARCH, now)) {
      searched = now;
      takeUpForgotten(posts);
    }
    hand.due(now)
        .forEach(held -> post(posts, held.seat()).add(held.job().id(), new JobEvent.TimePassed()));
    posts.forEach((seat, post) -> deliver(seat, post, now));
    if (look) {
      looked = now;
      lookNow = false;
      hand.queued().forEach(held -> beginOrWait(held, now));
    }
    redraw(now);
  }

  /** Also when the clock was set back. */
  private static boolean isTime(Instant last, Duration interval, Instant now) {
    return !last.plus(interval).isAfter(now) || last.isAfter(now);
  }

  private void sort(Arrival arrival, Map<String, Post> posts) {
    switch (arrival) {
      case Arrival.Happened(String job, JobEvent event, var done) ->
          hand.held(job)
              .ifPresentOrElse(
                  held -> {
                    Post post = post(posts, held.seat());
                    post.add(job, event);
                    post.waiting.add(done);
                  },
                  () -> done.complete(null));
      case Arrival.Replied(String seat, List<Reply> batch, var done) -> {
        Post post = post(posts, seat);
        post.waiting.add(done);
        batch.forEach(reply ->
            jobOf(reply.request())
                .ifPresentOrElse(
                    job -> post.add(job, new JobEvent.Replied(reply)),
                    () ->
                        LOG.info(
                            "An answer to request {}, which is not ours, is dropped",
                            reply.request())));
      }
      case Arrival.Opened(Seat seat, Job job, var done) -> {
        if (hand.holds(seat) && !hand.has(job.id())) {
          hand.keep(seat.name(), job);
          send(seat.name(), job);
          lookNow |= !job.state().hasSlot();
        }
        done.complete(null);
      }
      case Arrival.TakenUp(Seat seat, var done) -> takeUp(seat, done, post(posts, seat.name()));
      case Arrival.LetGo(String seat, var done) -> {
        letGo(seat);
        done.complete(null);
      }
      case Arrival.Told(var done) -> {
        lookNow = true;
        done.complete(null);
      }
    }
  }

  private static Post post(Map<String, Post> posts, String seat) {
    return posts.computeIfAbsent(seat, fresh -> new Post());
  }

  private Optional<String> jobOf(String request) {
    return hand.ofRequest(request).or(() -> store.jobs().byRequest(request).map(Job::id));
  }

  private void collectOrders(Map<String, Post> posts) {
    for (String seat : hand.seats()) {
      for (Told told : store.jobs().told(seat)) {
        // A job that is not in hand has ended, or is on its way into this hand.
        boolean inHand = hand.has(told.job());
        if (inHand || hasEnded(told.job())) {
          Post post = post(posts, seat);
          post.told.add(new Change.Told(told.id()));
          if (inHand) {
            post.add(told.job(), told.order());
          }
        }
      }
    }
  }

  private boolean hasEnded(String job) {
    return store.jobs().find(job).filter(found -> found.state().ended().isPresent()).isPresent();
  }

  // --- Advancing ---

  private void deliver(String name, Post post, Instant now) {
    try {
      Seat seat = hand.seat(name).orElseThrow(() -> new SeatLost(new Seat(name, "", 0)));
      List<JobStep> steps = new ArrayList<>();
      post.events.forEach((id, events) ->
          find(id)
              .or(() -> store.jobs().find(id))
              .flatMap(job -> step(job, events, now))
              .ifPresent(steps::add));
      List<Change> changes = new ArrayList<>();
      steps.forEach(step -> {
        changes.addAll(step.changes(report, now));
        if (step.ends()) {
          changes.addAll(ends.with(step.after(), now));
        }
      });
      changes.addAll(post.told);
      commit(seat, changes);
      steps.forEach(step -> after(name, step));
      post.isDone();
    } catch (RuntimeException e) {
      LOG.warn("The jobs of {} cannot be advanced now: {}", name, e.getMessage());
      post.failed(e);
    }
  }

  /** A fault in the way of one job must not hold up the others for ever. */
  private static Optional<JobStep> step(Job job, List<JobEvent> events, Instant now) {
    try {
      return Optional.of(JobStep.of(job, events, now));
    } catch (RuntimeException e) {
      LOG.error("Job {} could not be advanced by {}", job.number(), events, e);
      return Optional.empty();
    }
  }

  /** Commits under a seat; when the seat turns out to be lost, its jobs go with it. */
  private void commit(Seat seat, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<Change> fenced = new ArrayList<>();
    fenced.add(new Change.Fence(seat));
    fenced.addAll(changes);
    try {
      store.commit(fenced);
    } catch (SeatLost e) {
      letGo(seat.name());
      throw e;
    }
  }

  private void after(String seat, JobStep step) {
    if (step.changesNothing()) {
      return;
    }
    Job job = step.after();
    if (step.ends()) {
      ends.after(job);
    }
    if (job.state().status().isFinal()) {
      forget(job);
      lookNow |= job.rules().needsSlot();
    } else {
      hand.keep(seat, job);
      redraws.wanted(job.id());
    }
    for (JobEffect effect : step.effects()) {
      switch (effect) {
        case JobEffect.Send(Wave wave) -> sender.send(seat, job, wave);
        case JobEffect.Keep _ -> {}
      }
    }
  }

  private void forget(Job job) {
    hand.forget(job);
    redraws.forget(job.id());
  }

  private void send(String seat, Job job) {
    job.state().waves().stream()
        .filter(wave -> wave.phase() == Wave.Phase.SENDING)
        .forEach(wave -> sender.send(seat, job, wave));
  }

  // --- Seats ---

  private void takeUp(Seat seat, CompletableFuture<Void> done, Post post) {
    try {
      letGo(seat.name());
      List<Job> unfinished = store.jobs().unfinished(seat.name());
      hand.hold(seat);
      unfinished.forEach(job -> takeUp(seat.name(), job, post));
      lookNow = true;
      LOG.info("{} jobs of {} are taken up", unfinished.size(), seat.name());
      done.complete(null);
    } catch (RuntimeException e) {
      hand.letGo(seat.name());
      done.completeExceptionally(e);
    }
  }

  /**
   * When the connection to the database breaks during a commit nobody knows whether the job was
   * opened; then nobody hands it in.
   */
  private void takeUpForgotten(Map<String, Post> posts) {
    for (String seat : hand.seats()) {
      for (String id : store.jobs().unfinishedIds(seat)) {
        if (!hand.has(id)) {
          store.jobs().find(id).ifPresent(job -> takeUp(seat, job, post(posts, seat)));
        }
      }
    }
  }

  private void takeUp(String seat, Job job, Post post) {
    hand.keep(seat, job);
    redraws.wanted(job.id());
    send(seat, job);
    post.add(job.id(), new JobEvent.TakenUp());
  }

  private void letGo(String name) {
    hand.letGo(name);
    hand.of(name).forEach(this::forget);
  }

  // --- Queued jobs ---

  /** Lets a queued job begin if it may; tells it otherwise why it waits. */
  private void beginOrWait(Hand.Held held, Instant now) {
    Job job = held.job();
    Optional<Seat> seat = hand.seat(held.seat());
    if (seat.isEmpty()) {
      return;
    }
    try {
      Beginning.Turn turn = beginning.of(job, now);
      JobStep step = JobStep.of(job, List.of(turn.event()), now);
      List<Change> changes = new ArrayList<>(turn.changes());
      changes.addAll(step.changes(report, now));
      turn.decided().ifPresent(approval -> changes.addAll(report.comeBack(step.after(), approval)));
      commit(seat.get(), changes);
      after(held.seat(), step);
    } catch (StoreConflict e) {
      LOG.debug("Job {} was not first: {}", job.number(), e.getMessage());
      lookNow = true;
    }
  }

  // --- Drawing ---

  private void redraw(Instant now) {
    Map<String, List<Job>> bySeat = new LinkedHashMap<>();
    for (String id : redraws.due(now, hand.size())) {
      hand.held(id)
          // Whoever decides on a request draws it, so that nobody draws an older one after it.
          .filter(held -> held.job().state().status() != JobStatus.AWAITING_APPROVAL)
          .ifPresent(held ->
              bySeat.computeIfAbsent(held.seat(), fresh -> new ArrayList<>()).add(held.job()));
    }
    bySeat.forEach((name, jobs) -> hand.seat(name).ifPresent(seat -> draw(seat, jobs)));
  }

  private void draw(Seat seat, List<Job> jobs) {
    try {
      commit(seat, jobs.stream().map(report::progress).toList());
    } catch (RuntimeException e) {
      LOG.warn("The jobs of {} cannot be drawn now: {}", seat.name(), e.getMessage());
      jobs.forEach(job -> redraws.wanted(job.id()));
    }
  }
}
