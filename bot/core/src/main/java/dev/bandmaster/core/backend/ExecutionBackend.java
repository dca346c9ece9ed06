package dev.bandmaster.core.backend;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.Planned;
import java.util.List;
import java.util.Optional;

/**
 * A way to the fleet: takes the waves of jobs and reports what becomes of them. Jobs know neither
 * its protocol nor its addresses. Which backend serves an environment is configuration; a job keeps
 * the name of the backend it was planned for.
 *
 * <p>All methods may be called by any thread. What it reports goes to the {@link BackendListener}
 * it was started with; everything that matters of a report is in the report, so reports may come
 * twice and in any order.
 */
public interface ExecutionBackend extends AutoCloseable {

  /** The name by which jobs remember it; the same after every restart. */
  String name();

  Capabilities capabilities();

  /**
   * Starts to connect and to report, and reconnects by itself until closed. Returns at once. Called
   * once.
   */
  void start(BackendListener listener);

  /**
   * The targets that can be listed without asking anybody, for every plan again: it answers from
   * memory. They are present for as long as they are listed. Empty for a backend whose targets
   * describe themselves: those come as {@link BackendListener#presence}.
   */
  default List<NodeDescription> inventory() {
    return List.of();
  }

  /**
   * Has all targets describe themselves again, in the background; many calls may become one. Does
   * nothing where targets do not describe themselves.
   */
  default void refresh() {}

  /** Has these targets describe themselves again, in the background. */
  default void refresh(List<String> targets) {}

  /**
   * The name of the backend that brings the reports about this one's work: reports that another one
   * brings do not count.
   */
  default String reporter() {
    return name();
  }

  /**
   * Why work of an environment could not be carried out as things are now, in a sentence; empty if
   * it could, or if that is not known before it is sent.
   */
  default Optional<String> obstacle(Planned.Work work) {
    return Optional.empty();
  }

  /**
   * Chooses who carries a wave out. What it returns is stored as the wave's handle before the wave
   * is sent, so that the same wave goes to the same place when it is sent again. Empty where there
   * is nothing to choose, or nobody; {@link #dispatch} says the latter.
   */
  default Optional<String> choose(WaveDispatch wave) {
    return Optional.empty();
  }

  /** What a report that {@link #reporter} brought means for a job. Pure and quick. */
  default Received received(Job job, TargetReport report) {
    return new Received.AsItIs();
  }

  /**
   * Sends a wave and waits until it is known whether it arrived, at most ten seconds or what the
   * backend is configured to wait. Whether the same wave may be sent again after {@link
   * DispatchResult.Unknown} says {@link Capabilities#repeatable}.
   */
  DispatchResult dispatch(WaveDispatch wave);

  /**
   * Asks to stop the work of an earlier wave; like {@link #dispatch}. Without {@link
   * Capabilities#cancel} it is {@link DispatchResult.Unroutable} with the reason.
   *
   * @param cancel the wave that stands for the cancellation
   * @param request the request of the wave that is to stop
   */
  DispatchResult cancel(WaveDispatch cancel, String request);

  /**
   * Goes on reporting about a wave that was sent before, by this process or by another one. Called
   * for every running wave after its job was taken over. Returns at once.
   *
   * @param handle what {@link DispatchResult.Sent#handle} was
   */
  void resume(WaveDispatch wave, String handle);

  /**
   * Reports the end of a wave of which nobody knows whether it arrived: this process or an earlier
   * one was sending it, and it is not sent again. Called only without {@link
   * Capabilities#repeatable}, perhaps several times. Returns at once. Without a report the deadline
   * ends the wave.
   */
  default void uncertain(WaveDispatch wave) {}

  /**
   * Takes the reports about jobs under this lease. Acquiring again does nothing, or tries again
   * what failed. Returns at once.
   */
  void acquire(String lease);

  /** Takes no more reports about jobs under this lease. Returns at once. */
  void release(String lease);

  BackendState state();

  /** Stops reporting, lets the listener finish what it has, and disconnects. */
  @Override
  void close();
}
