package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEffect;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Jobs.PendingOrder;
import dev.bandmaster.core.store.Lease;
import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.engine.jobs.JobEngine.Arrival;
import dev.bandmaster.engine.jobs.JobFaults.Part;
import dev.bandmaster.model.TargetReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Advances the jobs of the leases that are held here, round by round. They are in memory beside the
 * store, so that a reply costs a write and no read; each commit proves that the lease is still
 * held, so what is in memory is what is stored. Used by the engine's thread alone, except for what
 * only reads.
 */
final class JobLoop {
  private static final Logger LOG = LoggerFactory.getLogger(JobLoop.class);

  /**
   * How often to look for orders that other replicas have stored, and whether a queued job may
   * begin.
   */
  private static final Duration LOOK = Duration.ofMillis(250);

  /** How often to look for jobs that were opened and not handed in. */
  private static final Duration SEARCH = Duration.ofSeconds(5);

  private final Store store;
  private final StartDecision beginning;
  private final JobNotifier report;
  private final Redraws redraws;
  private final JobStep.Machine machine;
  private final JobFaults faults;
  private final Set<String> unsent = new HashSet<>();
  private final ActiveJobs hand = new ActiveJobs();
  private volatile JobEndListener ends = JobEndListener.UNNOTICED;
  private volatile WaveSender sender = (lease, job, wave) -> {};
  private volatile Respondents respondents = Respondents.NAMED;
  private Instant looked = Instant.EPOCH;
  private Instant searched = Instant.EPOCH;
  private boolean lookNow = true;

  JobLoop(
      Store store,
      StartDecision beginning,
      JobNotifier report,
      Redraws redraws,
      JobStep.Machine machine,
      JobFaults faults) {
    this.store = store;
    this.beginning = beginning;
    this.report = report;
    this.redraws = redraws;
    this.machine = machine;
    this.faults = faults;
  }

  void sendBy(WaveSender newSender) {
    sender = newSender;
  }

  void noticeEnds(JobEndListener newEnds) {
    ends = newEnds;
  }

  void countAnswersOf(Respondents newRespondents) {
    respondents = newRespondents;
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

  /** What the jobs of one lease receive in this round. */
  private static final class Post {
    private final Map<String, List<JobEvent>> events = new LinkedHashMap<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private final Map<String, List<Change>> delivered = new HashMap<>();

    void add(String job, JobEvent event) {
      touch(job).add(event);
    }

    List<JobEvent> touch(String job) {
      return events.computeIfAbsent(job, fresh -> new ArrayList<>());
    }

    void delivered(String job, Change change) {
      touch(job);
      delivered.computeIfAbsent(job, fresh -> new ArrayList<>()).add(change);
    }

    List<Change> delivered(String job) {
      return delivered.getOrDefault(job, List.of());
    }

    void isDone() {
      waiting.forEach(done -> done.complete(null));
    }

    void failed(RuntimeException reason) {
      waiting.forEach(done -> done.completeExceptionally(reason));
    }
  }

  /**
   * One job's part of a round.
   *
   * @param events that led to it
   * @param along what is to be kept beside the step
   */
  private record Ready(
      String id, Optional<JobStep> step, List<JobEvent> events, List<Change> along) {}

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
      sendUnsent();
    }
    faults
        .toRetry()
        .forEach(id -> hand.held(id).ifPresent(held -> post(posts, held.lease()).touch(id)));
    hand.due(now)
        .forEach(held -> post(posts, held.lease()).add(held.job().id(), new JobEvent.TimePassed()));
    posts.forEach((lease, post) -> deliver(lease, post, now));
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
                    Post post = post(posts, held.lease());
                    post.add(job, event);
                    post.waiting.add(done);
                  },
                  () -> done.complete(null));
      case Arrival.Replied(String lease, String by, List<TargetReport> batch, var done) -> {
        Post post = post(posts, lease);
        post.waiting.add(done);
        batch.forEach(reply ->
            jobOf(reply.request())
                .ifPresentOrElse(
                    job -> post.add(job, new JobEvent.Replied(reply, by)),
                    () -> LOG.info("Dropped an answer to unknown request {}", reply.request())));
      }
      case Arrival.Opened(Lease lease, Job job, var done) -> {
        if (hand.holds(lease) && !hand.has(job.id())) {
          hand.keep(lease.name(), job);
          send(lease.name(), job);
          lookNow |= !job.state().hasSlot();
        }
        done.complete(null);
      }
      case Arrival.TakenUp(Lease lease, var done) -> takeUp(lease, done, post(posts, lease.name()));
      case Arrival.LetGo(String lease, var done) -> {
        letGo(lease);
        done.complete(null);
      }
      case Arrival.Woken(var done) -> {
        lookNow = true;
        done.complete(null);
      }
    }
  }

  private static Post post(Map<String, Post> posts, String lease) {
    return posts.computeIfAbsent(lease, fresh -> new Post());
  }

  private Optional<String> jobOf(String request) {
    return hand.ofRequest(request)
        .or(() -> {
          List<String> found = new ArrayList<>();
          JobFaults.attempt(
                  () -> store.jobs().byRequest(request).map(Job::id).ifPresent(found::add))
              .ifPresent(fault ->
                  faults.report("The job of request %s cannot be read".formatted(request), fault));
          return found.stream().findFirst();
        });
  }

  private void collectOrders(Map<String, Post> posts) {
    for (String lease : hand.leases()) {
      faults.run(
          Part.ORDERS,
          lease,
          () ->
              store
                  .jobs()
                  .pendingOrders(lease)
                  .forEach(pending -> collect(post(posts, lease), pending)));
    }
  }

  private void collect(Post post, PendingOrder pending) {
    // Of a job that is not tried now they stay in the store.
    if (faults.isSkipped(Part.ADVANCE, pending.job())) {
      return;
    }
    // A job that is not active has ended, or is about to become active here.
    boolean inHand = hand.has(pending.job());
    if (inHand || hasEnded(pending.job())) {
      post.delivered(pending.job(), new Change.OrderDelivered(pending.id()));
      if (inHand) {
        post.add(pending.job(), pending.order());
      }
    }
  }

  private boolean hasEnded(String job) {
    List<Job> ended = new ArrayList<>();
    faults.run(
        Part.LOAD,
        job,
        () ->
            store
                .jobs()
                .find(job)
                .filter(found -> found.state().ended().isPresent())
                .ifPresent(ended::add));
    return !ended.isEmpty();
  }

  // --- Advancing ---

  private void deliver(String name, Post post, Instant now) {
    try {
      Lease lease = hand.lease(name).orElseThrow(() -> new LeaseLost(new Lease(name, "", 0)));
      List<Ready> ready = new ArrayList<>();
      post.events.forEach(
          (id, events) -> prepare(id, events, post.delivered(id), now).ifPresent(ready::add));
      keep(lease, ready, now);
      post.isDone();
    } catch (RuntimeException e) {
      LOG.warn("Cannot advance the jobs of {}: {}", name, e.getMessage());
      post.failed(e);
    }
  }

  /** What becomes of a job; empty if nothing does now. A fault holds up this job alone. */
  private Optional<Ready> prepare(
      String id, List<JobEvent> arrived, List<Change> delivered, Instant now) {
    List<JobEvent> events = new ArrayList<>(faults.takeKept(id));
    events.addAll(arrived);
    if (faults.isSkipped(Part.ADVANCE, id)) {
      return setAside(id, events, now);
    }
    List<Ready> made = new ArrayList<>();
    Optional<Throwable> fault =
        JobFaults.attempt(() ->
            made.add(
                new Ready(
                    id,
                    find(id).or(() -> store.jobs().find(id)).map(job -> step(job, events, now)),
                    events,
                    delivered)));
    if (fault.isEmpty()) {
      return made.stream().findFirst();
    }
    int times = faults.failed(Part.ADVANCE, id, fault.get());
    Optional<Ready> rest = setAside(id, events, now);
    return rest.isPresent() || times != JobFaults.SHOWN_AFTER
        ? rest
        : find(id).map(job -> direct(job, job.state().noted(JobFaults.CANNOT_GO_ON)));
  }

  /** A job that cannot be tried now; its deadline ends it all the same. */
  private Optional<Ready> setAside(String id, List<JobEvent> events, Instant now) {
    Optional<Ready> end =
        find(id)
            .filter(job -> faults.isOver(Part.ADVANCE, job, now))
            .map(job -> direct(job, job.state().brokenOff(JobFaults.ENDED, now)));
    if (end.isEmpty()) {
      faults.keep(id, events);
    }
    return end;
  }

  /** A step past the machine, for a job that fails in it. */
  private static Ready direct(Job job, JobState state) {
    return new Ready(
        job.id(), Optional.of(new JobStep(job, job.with(state), List.of())), List.of(), List.of());
  }

  /** What of an event counts, and what it means. */
  private Stream<JobEvent> counted(Job job, JobEvent event) {
    return event instanceof JobEvent.Replied(TargetReport reply, String by)
        ? respondents.counted(job, reply, by).stream().<JobEvent>map(JobEvent.Replied::new)
        : Stream.of(event);
  }

  private JobStep step(Job job, List<JobEvent> arrived, Instant now) {
    List<JobEvent> events = arrived.stream().flatMap(event -> counted(job, event)).toList();
    Job from =
        job.state().note().equals(JobFaults.CANNOT_GO_ON) ? job.with(job.state().noted("")) : job;
    List<JobStep> steps = new ArrayList<>();
    Optional<Throwable> fault = JobFaults.attempt(() -> steps.add(machine.step(from, events, now)));
    if (fault.isPresent()) {
      steps.add(withoutFaulty(from, events, fault.get(), now));
    }
    JobStep made = steps.getFirst();
    return new JobStep(job, made.after(), made.effects());
  }

  /** Where single events are at fault, the others count. */
  private JobStep withoutFaulty(Job job, List<JobEvent> events, Throwable fault, Instant now) {
    machine.step(job, List.of(), now);
    List<JobStep> steps = new ArrayList<>(List.of(new JobStep(job, job, List.of())));
    boolean applied = false;
    for (JobEvent event : events) {
      Optional<Throwable> single =
          JobFaults.attempt(() -> {
            JobStep before = steps.getLast();
            JobStep next = machine.step(before.after(), List.of(event), now);
            List<JobEffect> effects = new ArrayList<>(before.effects());
            effects.addAll(next.effects());
            steps.add(new JobStep(job, next.after(), effects));
          });
      applied |= single.isEmpty() || !(event instanceof JobEvent.TimePassed);
      single.ifPresent(cause ->
          faults.report(
              "Dropped a %s event that cannot be applied to job %d"
                  .formatted(event.getClass().getSimpleName(), job.number()),
              cause));
    }
    if (!applied) {
      throw new IllegalStateException("job " + job.number() + " cannot be advanced", fault);
    }
    return steps.getLast();
  }

  private List<Change> changes(Ready ready, JobNotifier by, Instant now) {
    List<Change> changes = new ArrayList<>();
    ready
        .step()
        .ifPresent(step -> {
          changes.addAll(step.changes(by, now));
          if (step.ends()) {
            JobFaults.attempt(() -> changes.addAll(ends.with(step.after(), now)))
                .ifPresent(fault ->
                    faults.report(
                        "The end of job %d could not raise an alert"
                            .formatted(step.after().number()),
                        fault));
          }
        });
    changes.addAll(ready.along());
    return changes;
  }

  /** Keeps all that has happened in one commit; where that is refused, each job in its own. */
  private void keep(Lease lease, List<Ready> ready, Instant now) {
    boolean together =
        JobFaults.attempt(
                () -> {
                  List<Change> changes = new ArrayList<>();
                  ready.forEach(job -> changes.addAll(changes(job, report, now)));
                  commit(lease, changes);
                })
            .isEmpty();
    if (together) {
      ready.forEach(job -> goOn(lease, job));
    } else {
      ready.forEach(job -> keepAlone(lease, job, now));
    }
  }

  /** What follows from a part that is kept. */
  private void goOn(Lease lease, Ready ready) {
    ready
        .step()
        .ifPresent(step -> {
          if (!isFaulty(ready)) {
            faults.succeeded(Part.ADVANCE, ready.id());
          }
          after(lease.name(), step);
        });
  }

  /** Whether it was made past the machine, which fails. */
  private static boolean isFaulty(Ready ready) {
    String note = ready.step().map(step -> step.after().state().note()).orElse("");
    return note.equals(JobFaults.CANNOT_GO_ON) || note.equals(JobFaults.ENDED);
  }

  /** First as it is, then with a plain message, in case the message is at fault. */
  private void keepAlone(Lease lease, Ready ready, Instant now) {
    Optional<Throwable> fault = JobFaults.attempt(() -> commit(lease, changes(ready, report, now)));
    if (fault.isPresent()) {
      fault = JobFaults.attempt(() -> commit(lease, changes(ready, report.plain(), now)));
    }
    if (fault.isEmpty()) {
      goOn(lease, ready);
      return;
    }
    faults.failed(Part.ADVANCE, ready.id(), fault.get());
    faults.keep(ready.id(), ready.events());
  }

  /** Commits under a lease; when the lease turns out to be lost, its jobs go with it. */
  private void commit(Lease lease, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<Change> fenced = new ArrayList<>();
    fenced.add(new Change.Fence(lease));
    fenced.addAll(changes);
    try {
      store.commit(fenced);
    } catch (LeaseLost e) {
      letGo(lease.name());
      throw e;
    }
  }

  private void after(String lease, JobStep step) {
    if (step.changesNothing()) {
      return;
    }
    Job job = step.after();
    if (step.ends()) {
      JobFaults.attempt(() -> ends.after(job))
          .ifPresent(fault ->
              faults.report(
                  "A listener failed at the end of job %d".formatted(job.number()), fault));
    }
    if (job.state().status().isFinal()) {
      forget(job);
      lookNow |= job.rules().needsSlot();
    } else {
      hand.keep(lease, job);
      redraws.wanted(job.id());
    }
    for (JobEffect effect : step.effects()) {
      switch (effect) {
        case JobEffect.Send(Wave wave) -> send(lease, job, wave);
        case JobEffect.Keep _ -> {}
      }
    }
  }

  private void forget(Job job) {
    hand.forget(job);
    redraws.forget(job.id());
    faults.forget(job.id());
    unsent.remove(job.id());
  }

  private void send(String lease, Job job) {
    job.state().waves().stream()
        .filter(wave -> wave.phase() == Wave.Phase.SENDING)
        .forEach(wave -> send(lease, job, wave));
  }

  private void recover(String lease, Job job) {
    job.state().waves().stream()
        .filter(wave -> wave.phase() == Wave.Phase.SENDING)
        .forEach(wave -> send(job, () -> sender.recover(lease, job, wave)));
  }

  private void send(String lease, Job job, Wave wave) {
    send(job, () -> sender.send(lease, job, wave));
  }

  private void send(Job job, Runnable sending) {
    JobFaults.attempt(sending)
        .ifPresentOrElse(
            fault -> {
              faults.failed(Part.SEND, job.id(), fault);
              unsent.add(job.id());
            },
            () -> faults.succeeded(Part.SEND, job.id()));
  }

  private void sendUnsent() {
    List<String> again = List.copyOf(unsent);
    unsent.clear();
    again.forEach(id -> hand.held(id).ifPresent(held -> send(held.lease(), held.job())));
  }

  // --- Leases ---

  private void takeUp(Lease lease, CompletableFuture<Void> done, Post post) {
    try {
      letGo(lease.name());
      List<Job> unfinished = unfinished(lease.name());
      hand.hold(lease);
      unfinished.forEach(job -> takeUp(lease.name(), job, post));
      lookNow = true;
      LOG.info("Took over {} jobs of {}", unfinished.size(), lease.name());
      done.complete(null);
    } catch (RuntimeException e) {
      hand.letGo(lease.name());
      done.completeExceptionally(e);
    }
  }

  /** All jobs that can be read; one that cannot be does not keep the others from going on. */
  private List<Job> unfinished(String lease) {
    List<Job> jobs = new ArrayList<>();
    Optional<Throwable> fault =
        JobFaults.attempt(() -> jobs.addAll(store.jobs().unfinished(lease)));
    if (fault.isPresent()) {
      store.jobs().unfinishedIds(lease).forEach(id -> load(id).ifPresent(jobs::add));
    }
    return jobs;
  }

  private Optional<Job> load(String id) {
    List<Job> found = new ArrayList<>();
    faults.run(Part.LOAD, id, () -> store.jobs().find(id).ifPresent(found::add));
    return found.stream().findFirst();
  }

  /**
   * When the connection to the database breaks during a commit nobody knows whether the job was
   * opened; then nobody hands it in.
   */
  private void takeUpForgotten(Map<String, Post> posts) {
    for (String lease : hand.leases()) {
      for (String id : store.jobs().unfinishedIds(lease)) {
        if (!hand.has(id)) {
          load(id).ifPresent(job -> takeUp(lease, job, post(posts, lease)));
        }
      }
    }
  }

  private void takeUp(String lease, Job job, Post post) {
    hand.keep(lease, job);
    redraws.wanted(job.id());
    recover(lease, job);
    post.add(job.id(), new JobEvent.TakenUp());
    job.state().waves().stream()
        .filter(wave -> wave.phase() == Wave.Phase.RUNNING)
        .forEach(wave -> sender.resume(lease, job, wave));
  }

  private void letGo(String name) {
    hand.letGo(name);
    hand.of(name).forEach(this::forget);
  }

  // --- Queued jobs ---

  /** Lets a queued job begin if it may; a fault keeps only this job waiting. */
  private void beginOrWait(ActiveJobs.Held held, Instant now) {
    Job job = held.job();
    Optional<Lease> lease = hand.lease(held.lease());
    if (lease.isEmpty()) {
      return;
    }
    if (faults.isSkipped(Part.START, job.id())) {
      endIfOver(lease.get(), job, now);
      return;
    }
    Optional<Throwable> fault = JobFaults.attempt(() -> tryToBegin(lease.get(), job, now));
    if (fault.isEmpty()) {
      faults.succeeded(Part.START, job.id());
      return;
    }
    int times = faults.failed(Part.START, job.id(), fault.get());
    boolean ended = endIfOver(lease.get(), job, now);
    if (!ended && times == JobFaults.SHOWN_AFTER) {
      keepAlone(lease.get(), direct(job, job.state().noted(JobFaults.CANNOT_START)), now);
    }
  }

  private void tryToBegin(Lease lease, Job job, Instant now) {
    try {
      StartDecision.Turn turn = beginning.of(job, now);
      JobStep step = machine.step(job, List.of(turn.event()), now);
      List<Change> changes = new ArrayList<>(turn.changes());
      changes.addAll(step.changes(report, now));
      turn.decided().ifPresent(approval -> changes.addAll(report.comeBack(step.after(), approval)));
      commit(lease, changes);
      after(lease.name(), step);
    } catch (StoreConflict e) {
      LOG.debug("Job {} was already changed: {}", job.number(), e.getMessage());
      lookNow = true;
    }
  }

  private boolean endIfOver(Lease lease, Job job, Instant now) {
    boolean isOver = faults.isOver(Part.START, job, now);
    if (isOver) {
      keepAlone(lease, direct(job, job.state().brokenOff(JobFaults.ENDED, now)), now);
    }
    return isOver;
  }

  // --- Drawing ---

  private void redraw(Instant now) {
    int running = hand.size();
    hand.all().stream()
        .filter(job -> job.state().status() == JobStatus.RUNNING)
        .forEach(job ->
            job.state()
                .dispatched()
                .ifPresent(
                    from -> redraws.tick(job.id(), Duration.between(from, now), running, now)));
    Map<String, List<Job>> byLease = new LinkedHashMap<>();
    for (String id : redraws.due(now, hand.size())) {
      if (faults.isSkipped(Part.DRAW, id)) {
        redraws.wanted(id);
        continue;
      }
      hand.held(id)
          // The one that decides on a request draws it, so that nobody draws an older one after it.
          .filter(held -> held.job().state().status() != JobStatus.AWAITING_APPROVAL)
          .ifPresent(held ->
              byLease.computeIfAbsent(held.lease(), fresh -> new ArrayList<>()).add(held.job()));
    }
    byLease.forEach((name, jobs) -> hand.lease(name).ifPresent(lease -> draw(lease, jobs)));
  }

  private void draw(Lease lease, List<Job> jobs) {
    try {
      boolean together =
          JobFaults.attempt(() -> commit(lease, jobs.stream().map(report::progress).toList()))
              .isEmpty();
      if (!together) {
        jobs.forEach(job -> drawAlone(lease, job));
      }
    } catch (RuntimeException e) {
      LOG.warn("Cannot draw the jobs of {}: {}", lease.name(), e.getMessage());
      jobs.forEach(job -> redraws.wanted(job.id()));
    }
  }

  private void drawAlone(Lease lease, Job job) {
    if (JobFaults.attempt(() -> commit(lease, List.of(report.progress(job)))).isEmpty()) {
      faults.succeeded(Part.DRAW, job.id());
      return;
    }
    JobFaults.attempt(() -> commit(lease, List.of(report.plain().progress(job))))
        .ifPresent(fault -> {
          faults.failed(Part.DRAW, job.id(), fault);
          redraws.wanted(job.id());
        });
  }
}
