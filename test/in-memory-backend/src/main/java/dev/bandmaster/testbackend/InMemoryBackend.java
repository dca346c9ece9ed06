package dev.bandmaster.testbackend;

import dev.bandmaster.core.backend.BackendListener;
import dev.bandmaster.core.backend.BackendState;
import dev.bandmaster.core.backend.Capabilities;
import dev.bandmaster.core.backend.DispatchResult;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.core.backend.WaveDispatch;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A backend that remembers what it was given, answers as configured, and reports what a test has it
 * report. Any thread.
 */
public final class InMemoryBackend implements ExecutionBackend {
  private final String name;
  private final Capabilities capabilities;
  private final InstantSource clock;
  private final List<WaveDispatch> dispatched = new CopyOnWriteArrayList<>();
  private final List<String> cancelled = new CopyOnWriteArrayList<>();
  private final List<String> resumed = new CopyOnWriteArrayList<>();
  private final List<String> uncertain = new CopyOnWriteArrayList<>();
  private final Set<String> leases = ConcurrentHashMap.newKeySet();
  private final Queue<DispatchResult> results = new ConcurrentLinkedQueue<>();
  private final Queue<String> choices = new ConcurrentLinkedQueue<>();
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong refreshes = new AtomicLong();
  private volatile List<NodeDescription> inventory = List.of();
  private volatile Predicate<WaveDispatch> failing = wave -> false;
  private volatile @Nullable BackendListener listener;

  /** A backend with a name, with these capabilities. */
  public InMemoryBackend(String name, Capabilities capabilities, InstantSource clock) {
    this.name = name;
    this.capabilities = capabilities;
    this.clock = clock;
  }

  /** A backend that can do everything, under the name that the agent bus has. */
  public static InMemoryBackend like(InstantSource clock) {
    return new InMemoryBackend("bus", Capabilities.ALL, clock);
  }

  /** The results of the next dispatches; when there are no more, everything is sent. */
  public void answers(DispatchResult... next) {
    results.addAll(List.of(next));
  }

  /** Whom it chooses for the next waves; when there are no more, nobody. */
  public void chooses(String... next) {
    choices.addAll(List.of(next));
  }

  /** Waves that make it throw, however often they are sent. */
  public void failsFor(Predicate<WaveDispatch> waves) {
    failing = waves;
  }

  /** What can be listed from now on. */
  public void lists(List<NodeDescription> targets) {
    inventory = List.copyOf(targets);
  }

  /** The waves that were to be sent, in their order, repetitions included. */
  public List<WaveDispatch> dispatched() {
    return List.copyOf(dispatched);
  }

  /** The requests that were to be cancelled. */
  public List<String> cancelled() {
    return List.copyOf(cancelled);
  }

  /** The handles of the waves that were resumed. */
  public List<String> resumed() {
    return List.copyOf(resumed);
  }

  /** The requests whose ends were asked for because it is unknown whether they arrived. */
  public List<String> uncertain() {
    return List.copyOf(uncertain);
  }

  /** How often all targets were asked to describe themselves. */
  public long refreshes() {
    return refreshes.get();
  }

  /** The leases under which reports are taken. */
  public Set<String> leases() {
    return Set.copyOf(leases);
  }

  /** Has targets of a wave report this, one after the other. */
  public void report(WaveDispatch wave, List<String> targets, ReportBody body) {
    List<TargetReport> batch = new ArrayList<>();
    for (String target : targets) {
      batch.add(
          new TargetReport(
              wave.wave().request(),
              target,
              "in-memory",
              sequence.incrementAndGet(),
              clock.instant(),
              body));
    }
    started().reports(wave.lease(), batch);
  }

  /** Has all targets of a wave report success. */
  public void succeed(WaveDispatch wave) {
    report(wave, wave.wave().nodes(), new ReportBody.Final(FinalCode.OK, "", null, Data.none()));
  }

  private BackendListener started() {
    BackendListener current = listener;
    if (current == null) {
      throw new IllegalStateException("the backend is not started");
    }
    return current;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public void start(BackendListener newListener) {
    listener = newListener;
    newListener.stateChanged(state());
  }

  @Override
  public List<NodeDescription> inventory() {
    return inventory;
  }

  @Override
  public void refresh() {
    refreshes.incrementAndGet();
  }

  @Override
  public void refresh(List<String> targets) {}

  @Override
  public Optional<String> choose(WaveDispatch wave) {
    return Optional.ofNullable(choices.poll());
  }

  @Override
  public DispatchResult dispatch(WaveDispatch wave) {
    dispatched.add(wave);
    return result(wave);
  }

  @Override
  public DispatchResult cancel(WaveDispatch cancel, String request) {
    if (!capabilities.cancel()) {
      return new DispatchResult.Unroutable("Work that runs here cannot be stopped.");
    }
    dispatched.add(cancel);
    cancelled.add(request);
    return result(cancel);
  }

  private DispatchResult result(WaveDispatch sent) {
    if (failing.test(sent)) {
      throw new IllegalStateException("this wave can never be sent");
    }
    DispatchResult next = results.poll();
    return next == null ? new DispatchResult.Sent(List.of(), Optional.empty()) : next;
  }

  @Override
  public void resume(WaveDispatch wave, String handle) {
    resumed.add(handle);
  }

  @Override
  public void uncertain(WaveDispatch wave) {
    uncertain.add(wave.wave().request());
  }

  @Override
  public void acquire(String lease) {
    leases.add(lease);
  }

  @Override
  public void release(String lease) {
    leases.remove(lease);
  }

  @Override
  public BackendState state() {
    return new BackendState.Connected(Instant.EPOCH);
  }

  @Override
  public void close() {}
}
