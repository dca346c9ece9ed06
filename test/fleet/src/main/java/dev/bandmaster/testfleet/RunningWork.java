package dev.bandmaster.testfleet;

import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request at work on an emulated node. Its own thread waits; any other may end it. */
final class RunningWork {
  /** How a wait ended. */
  enum Wait {
    PASSED,
    CANCELLED,
    OVERDUE,
    DEAD
  }

  private final Request request;
  private final InstantSource clock;
  private final Duration heartbeat;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Wait reason = Wait.PASSED;

  RunningWork(Request request, InstantSource clock, Duration heartbeat) {
    this.request = request;
    this.clock = clock;
    this.heartbeat = heartbeat;
  }

  void cancel() {
    end(Wait.CANCELLED);
  }

  /** The agent was killed. */
  void die() {
    end(Wait.DEAD);
  }

  boolean isOver() {
    return reason != Wait.PASSED;
  }

  private synchronized void end(Wait why) {
    if (reason == Wait.PASSED) {
      reason = why;
      ended.countDown();
    }
  }

  /** Waits, with a sign of life now and then, but not past the request's deadline. */
  Wait await(Duration wait, Runnable signOfLife) throws InterruptedException {
    long left = wait.toNanos();
    while (left > 0 && !isOver()) {
      long untilDeadline = Duration.between(clock.instant(), request.deadline()).toNanos();
      if (untilDeadline <= 0) {
        end(Wait.OVERDUE);
        break;
      }
      long part = Math.min(left, Math.min(untilDeadline, heartbeat.toNanos()));
      if (!ended.await(part, TimeUnit.NANOSECONDS) && part == heartbeat.toNanos()) {
        signOfLife.run();
      }
      left -= part;
    }
    return reason;
  }
}
