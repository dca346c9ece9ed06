package dev.bandmaster.agent.process;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A request, made once by any thread, that some work should end. The first reason is kept. */
public final class Cancellation {

  /** Why the work should end. */
  public enum Reason {
    /** Its time is over. */
    TIMEOUT,
    /** A person asked for it. */
    REQUESTED,
    /** The agent is stopping. */
    SHUTDOWN
  }

  private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();

  /** Requests the cancellation; true if it is the first request. */
  public boolean request(Reason why) {
    return reason.compareAndSet(null, why);
  }

  /** Whether the work should end. */
  public boolean isRequested() {
    return reason.get() != null;
  }

  /** Why the work should end, or null while it may go on. */
  public @Nullable Reason reason() {
    return reason.get();
  }
}
