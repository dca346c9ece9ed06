package dev.bandmaster.core.store;

import dev.bandmaster.core.job.Job;
import java.util.List;
import java.util.Optional;

/** What keeps work on one application in one environment apart. */
public interface DeployQueue {

  /** What keeps a queued job from beginning, the most lasting first; empty if it may begin. */
  Optional<Obstacle> obstacle(Job job);

  /** All locks that have not expired, by environment and application. */
  List<DeployLock> locks();

  /** The locks that forbid work on an application to somebody. */
  List<DeployLock> locksAgainst(String environment, String application, String principal);

  /** Why a job has to wait. */
  sealed interface Obstacle {
    /** Somebody has locked the application. */
    record Locked(DeployLock lock) implements Obstacle {}

    /**
     * Other jobs come first.
     *
     * @param number of the job that is under way
     * @param title what it does
     * @param position how many come before this one, the one under way included
     */
    record Behind(long number, String title, int position) implements Obstacle {}
  }
}
