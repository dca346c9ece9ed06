package dev.bandmaster.bot.store;

import java.util.List;
import java.util.Optional;

/** Everything that outlives the process. Safe for use by many threads. */
public interface Store extends AutoCloseable {

  /**
   * Makes changes durable, all of them or none.
   *
   * @throws StoreUnavailable if that is not possible now
   */
  void commit(List<Change> changes);

  default void commit(Change... changes) {
    commit(List.of(changes));
  }

  /** Has this called after every commit that gives Slack something to show. To be set once. */
  void onShow(Runnable listener);

  Inbox inbox();

  Outbox outbox();

  Jobs jobs();

  Nodes nodes();

  /** The last policy that was good, if there was one. */
  Optional<PolicyText> policy();

  /**
   * A policy as it was written.
   *
   * @param name of the file it came from
   */
  record PolicyText(String name, String text) {}

  @Override
  void close();
}
