package dev.bandmaster.backends.bootstrapper;

import dev.bandmaster.bootstrapper.BootstrapperClient;
import dev.bandmaster.core.backend.BackendState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks every half minute whether the service answers. */
final class ServiceHealth {
  private static final Duration OFTEN = Duration.ofSeconds(30);

  private final BootstrapperClient client;
  private final InstantSource clock;
  private final Thread thread;
  private volatile Consumer<BackendState> changed = state -> {};
  private volatile BackendState state;

  ServiceHealth(String name, BootstrapperClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.state = new BackendState.Disconnected("it was not asked yet", clock.instant());
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start(Consumer<BackendState> listener) {
    changed = listener;
    thread.start();
  }

  private void run() {
    try {
      while (!thread.isInterrupted()) {
        look();
        Thread.sleep(OFTEN);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
    }
  }

  /** Asks once. */
  private void look() {
    Optional<String> problem = client.problem();
    BackendState before = state;
    boolean up = before instanceof BackendState.Connected;
    if (problem.isEmpty() != up
        || (before instanceof BackendState.Disconnected(String reason, var _)
            && !problem.equals(Optional.of(reason)))) {
      BackendState now =
          problem
              .<BackendState>map(reason -> new BackendState.Disconnected(reason, clock.instant()))
              .orElseGet(() -> new BackendState.Connected(clock.instant()));
      state = now;
      changed.accept(now);
    }
  }

  BackendState state() {
    return state;
  }

  void stop() {
    state = new BackendState.Closed(clock.instant());
    thread.interrupt();
  }
}
