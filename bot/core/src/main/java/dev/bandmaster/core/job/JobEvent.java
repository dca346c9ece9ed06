package dev.bandmaster.core.job;

import dev.bandmaster.model.TargetReport;
import java.util.List;
import java.util.Optional;

/** What can happen to a job. */
public sealed interface JobEvent {

  /** What a person wants of a job. Any replica may receive it; the one that keeps the job acts. */
  sealed interface Order extends JobEvent {
    /** Who wants it, by name. */
    String by();
  }

  /** Everybody who had to approve has approved. */
  record Approved(String by) implements Order {}

  /** Somebody has said no, or nobody said yes in time. */
  record Declined(String by, String reason) implements Order {}

  /** Start no further wave. */
  record Pause(String by) implements Order {}

  /** Go on with the next wave, whatever the failures so far. */
  record Resume(String by) implements Order {}

  /**
   * Give the failed nodes of a paused job their work once more, then go on.
   *
   * @param requests ids for the waves that do it; nodes for which they do not suffice stay failed
   */
  record RetryFailed(String by, List<String> requests) implements Order {
    public RetryFailed {
      requests = List.copyOf(requests);
    }
  }

  /**
   * Stop what runs and start nothing more.
   *
   * @param request id for the wave that tells the nodes
   */
  record Cancel(String by, String request) implements Order {}

  /** The application is this job's alone now. */
  record SlotTaken() implements JobEvent {}

  /** What was approved may not be done as things are now; somebody has to say yes again. */
  record Unapproved(String reason) implements JobEvent {}

  /** Why the job cannot begin yet. */
  record Blocked(String reason) implements JobEvent {}

  /**
   * Who is to carry out a wave was chosen; it is not sent before this is stored.
   *
   * @param handle whom the backend has chosen
   */
  record Assigned(String request, String handle) implements JobEvent {}

  /**
   * The backend has confirmed a wave.
   *
   * @param absent nodes that cannot get it
   * @param handle by which the backend finds it again, if it needs one
   */
  record Dispatched(String request, List<String> absent, Optional<String> handle)
      implements JobEvent {
    public Dispatched {
      absent = List.copyOf(absent);
    }

    /** A wave that its request's id is enough to find again. */
    public Dispatched(String request, List<String> absent) {
      this(request, absent, Optional.empty());
    }
  }

  /** The backend had nobody at all to give a wave to. */
  record Unroutable(String request, String reason) implements JobEvent {}

  /** The backend cannot be reached for now; it will be tried again until the deadline. */
  record Delayed(String request, String reason) implements JobEvent {}

  /**
   * A node said something.
   *
   * @param by the backend that brought it; empty if that does not matter
   */
  record Replied(TargetReport reply, String by) implements JobEvent {
    public Replied(TargetReport reply) {
      this(reply, "");
    }
  }

  /** Time has passed: deadlines, pauses and missed signs of life count. */
  record TimePassed() implements JobEvent {}

  /** The job was taken up after a time in which nobody listened; nobody was silent meanwhile. */
  record TakenUp() implements JobEvent {}
}
