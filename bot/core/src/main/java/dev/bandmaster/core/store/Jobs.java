package dev.bandmaster.core.store;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Jobs, running and past. */
public interface Jobs {

  /** A number no other job has. */
  long nextNumber();

  /** All jobs of a lease that have not ended, oldest first. */
  List<Job> unfinished(String lease);

  /** The ids of {@link #unfinished}. */
  List<String> unfinishedIds(String lease);

  /** The nodes whose applications are being changed now, no matter who keeps the jobs. */
  Set<String> nodesUnderWork();

  Optional<Job> find(String id);

  Optional<Job> byNumber(long number);

  /** The job one of whose waves has this request. */
  Optional<Job> byRequest(String request);

  /**
   * The jobs whose messages stand in a thread, the newest first.
   *
   * @param thread the timestamp of the thread's first message
   */
  List<Job> inThread(String channel, String thread, int limit);

  /** What people want of the jobs of a lease, oldest first. */
  List<PendingOrder> pendingOrders(String lease);

  /** Jobs that have not ended, and behind them those that ended last; the newest first. */
  List<Line> recent(String environment, String application, int limit);

  /**
   * Jobs by their number, the newest first: a page of all that are kept.
   *
   * @param before only jobs with a lower number
   */
  List<Line> before(
      long before, Optional<String> environment, Optional<String> application, int limit);

  /** The jobs that changed or will change an application in an environment, the newest first. */
  List<Job> about(String environment, String application, int limit);

  /**
   * One person's jobs, in the same order.
   *
   * @param asker the person, as {@link dev.bandmaster.core.chat.UserRef#principal} writes it
   */
  List<Line> of(String asker, int limit);

  /**
   * The versions that were brought to an environment with success, the newest first, each once.
   *
   * @param limit at most so many
   */
  List<String> deployed(String environment, String application, int limit);

  /** The version of the newest deploy to an environment that has ended, well or not. */
  Optional<String> attempted(String environment, String application);

  /** Whether a version was ever brought to an environment with success. */
  boolean hasRun(String environment, String application, String version);

  /** All that a node printed for a job, up to a number of characters. */
  String output(String job, String node, int limit);

  /** Reads what all nodes printed for a job, node by node in the order of their names. */
  void outputs(String job, Consumer<Printed> reader);

  /** Who wants to know how jobs end. */
  Interests interests();

  /** An order that has not reached its job. */
  record PendingOrder(String id, String job, JobEvent.Order order) {}

  /** A piece of what a node printed. */
  record Printed(String node, String text) {}

  /**
   * A job in a list.
   *
   * @param status its {@link dev.bandmaster.core.job.JobStatus}
   */
  record Line(
      long number,
      dev.bandmaster.core.job.JobStatus status,
      String title,
      String askerName,
      Instant created,
      Optional<Instant> ended,
      int nodes,
      int good) {}
}
