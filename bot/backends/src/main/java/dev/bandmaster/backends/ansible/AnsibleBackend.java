package dev.bandmaster.backends.ansible;

import dev.bandmaster.backends.ansible.RunnerChoice.Chosen;
import dev.bandmaster.backends.bus.AgentBusBackend;
import dev.bandmaster.backends.bus.AgentTask;
import dev.bandmaster.core.backend.BackendListener;
import dev.bandmaster.core.backend.BackendState;
import dev.bandmaster.core.backend.Capabilities;
import dev.bandmaster.core.backend.DispatchResult;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.core.backend.Received;
import dev.bandmaster.core.backend.WaveDispatch;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.Planned;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Runners that do the work of one environment with Ansible. Everything goes over the agent bus, so
 * the work runs once, its reports are kept until they are stored, and nothing has to be resumed.
 */
public final class AnsibleBackend implements ExecutionBackend {
  private static final Capabilities CAPABILITIES =
      new Capabilities(false, true, true, false, false, true);

  private final String name;
  private final String environment;
  private final AgentBusBackend bus;
  private final Supplier<List<Runner>> agents;
  private final RunnerTasks tasks;
  private final RunnerChoice choice;
  private final InstantSource clock;
  private volatile BackendState state;

  /**
   * A backend.
   *
   * @param environment the environment that it serves; jobs remember the backend by it
   * @param runners which agents may be chosen, as a filter of nodes
   * @param agents the agents that are there; asked often, so it has to be quick
   * @throws IllegalArgumentException if the filter cannot be read
   */
  public AnsibleBackend(
      String environment,
      String runners,
      AgentBusBackend bus,
      Supplier<List<Runner>> agents,
      InstantSource clock,
      RandomGenerator random) {
    this.name = "ansible-" + environment;
    this.environment = environment;
    this.bus = bus;
    this.agents = agents;
    this.tasks = new RunnerTasks(environment);
    this.choice = new RunnerChoice(environment, runners, tasks, random);
    this.clock = clock;
    this.state = new BackendState.Disconnected("no runner has been seen", clock.instant());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  /** Runners report to the agent bus. */
  @Override
  public String reporter() {
    return bus.name();
  }

  @Override
  public void start(BackendListener listener) {}

  @Override
  public Optional<String> obstacle(Planned.Work work) {
    if (tasks.of(work).isEmpty()) {
      return Optional.of(
          "%s is served by runners with Ansible, which cannot do this kind of work."
              .formatted(environment));
    }
    return choice.find(work, agents.get(), clock.instant()) instanceof Chosen.None(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  @Override
  public Optional<String> choose(WaveDispatch wave) {
    return choice.choose(wave.job().work(), agents.get(), clock.instant())
            instanceof Chosen.One(String runner)
        ? Optional.of(runner)
        : Optional.empty();
  }

  @Override
  public DispatchResult dispatch(WaveDispatch wave) {
    Optional<String> runner = wave.wave().handle();
    Optional<AgentTask> task = tasks.of(wave.job().work());
    if (runner.isEmpty() || task.isEmpty()) {
      return new DispatchResult.Unroutable(
          obstacle(wave.job().work()).orElse("No runner was chosen. Type the command again."));
    }
    return switch (bus.dispatch(wave, runner.get(), task.get())) {
      case DispatchResult.Sent(List<String> absent, var _) when absent.contains(runner.get()) ->
          new DispatchResult.Unroutable(
              "The runner %s is not connected any more. Type the command again."
                  .formatted(runner.get()));
      case DispatchResult.Sent _ -> new DispatchResult.Sent(List.of(), runner);
      case DispatchResult.Unroutable other -> other;
      case DispatchResult.NotSent other -> other;
      case DispatchResult.Unknown other -> other;
    };
  }

  @Override
  public DispatchResult cancel(WaveDispatch cancel, String request) {
    Optional<String> runner = wave(cancel.job(), request).flatMap(Wave::handle);
    return runner.isPresent()
        ? bus.cancel(cancel, request, runner.get())
        : new DispatchResult.Unroutable("No runner has this work.");
  }

  /** Reports come to the lease's queue of the agent bus by themselves. */
  @Override
  public void resume(WaveDispatch wave, String handle) {}

  @Override
  public Received received(Job job, TargetReport report) {
    Optional<Wave> wave = wave(job, report.request());
    if (wave.isEmpty()) {
      return new Received.Means(List.of());
    }
    boolean isWork = wave.get().kind() == Wave.Kind.WORK;
    Optional<String> runner =
        isWork
            ? wave.get().handle()
            : wave(job, job.lastWorkBefore(wave.get())).flatMap(Wave::handle);
    if (!runner.equals(Optional.of(report.node()))) {
      return new Received.NotAsked();
    }
    // What a runner answers to a cancellation is the end of the work itself.
    return new Received.Means(isWork ? RunnerReports.of(job, report) : List.of());
  }

  private static Optional<Wave> wave(Job job, String request) {
    return job.state().waves().stream().filter(wave -> wave.request().equals(request)).findFirst();
  }

  @Override
  public void acquire(String lease) {}

  @Override
  public void release(String lease) {}

  /** Connected while a runner of the environment is. */
  @Override
  public BackendState state() {
    boolean isThere = !choice.serving(agents.get()).isEmpty();
    BackendState before = state;
    if (before instanceof BackendState.Closed) {
      return before;
    }
    if (isThere && !(before instanceof BackendState.Connected)) {
      state = new BackendState.Connected(clock.instant());
    } else if (!isThere && before instanceof BackendState.Connected) {
      state =
          new BackendState.Disconnected(
              "no runner of %s is connected".formatted(environment), clock.instant());
    }
    return state;
  }

  @Override
  public void close() {
    state = new BackendState.Closed(clock.instant());
  }
}
