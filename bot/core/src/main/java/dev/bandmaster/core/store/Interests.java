package dev.bandmaster.core.store;

import java.time.Instant;
import java.util.List;

/** Who wants to know of jobs that they did not ask for. */
public interface Interests {

  /** The ids of the people who get a direct message when a job ends. */
  List<String> watchers(String job);

  /** A number that no subscription had before. */
  long nextNumber();

  /** All subscriptions by their numbers. */
  List<Subscription> all();

  /**
   * A channel that is told how jobs on an application end.
   *
   * @param number what people call it by
   * @param channel the channel's id
   * @param environment where; empty for everywhere
   * @param application on what; empty for everything
   * @param owner the principal who subscribed it
   * @param ownerName the name to show
   */
  record Subscription(
      long number,
      String channel,
      String environment,
      String application,
      String owner,
      String ownerName,
      Instant created) {

    /** Whether it is about this application in this environment. */
    public boolean covers(String inEnvironment, String anApplication) {
      return (environment.isEmpty() || environment.equals(inEnvironment))
          && (application.isEmpty() || application.equals(anApplication));
    }
  }
}
