package dev.bandmaster.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything that outlives the process. Safe for use by many threads. */
public interface Store extends AutoCloseable {

  /**
   * Makes changes durable, all of them or none.
   *
   * @throws StoreConflict if a change does not fit what is stored, for somebody else was quicker;
   *     nothing was kept, and the decision has to be made again
   * @throws StoreUnavailable if that is not possible now
   */
  void commit(List<Change> changes);

  default void commit(Change... changes) {
    commit(List.of(changes));
  }

  /** Has this called after every commit that gives the chat something to show. To be set once. */
  void onShow(Runnable listener);

  /**
   * Has this called with every commit that was made here, behind it; it returns at once. To be set
   * once.
   */
  void onCommitted(Consumer<List<Change>> listener);

  /** Has this called after every commit that tells a job something. To be set once. */
  void onOrder(Runnable listener);

  /**
   * The database's own time, in whole milliseconds: the same for every replica.
   *
   * @throws StoreUnavailable if the database cannot be asked now
   */
  Instant time();

  /** How many commits were made since the start. */
  long commits();

  Inbox inbox();

  Outbox outbox();

  Jobs jobs();

  DeployQueue slots();

  Leases leases();

  Schedules schedules();

  RunbookRuns runbooks();

  DeclaredFreezes freezes();

  Approvals approvals();

  Principals principals();

  Nodes nodes();

  NodeRecords lives();

  Alerts alerts();

  Hooks hooks();

  /** Which version of a plugin planned which job. */
  PluginVersions pluginVersions();

  PluginState pluginState();

  Audit audit();

  Retention past();

  ApiTokens apiTokens();

  CommandAliases commandAliases();

  Addresses addresses();

  EnrolmentTokens enrolmentTokens();

  /** Rows that could not be read. */
  SetAside setAside();

  /** The last policy that was good, if there was one: the one in force for all replicas. */
  Optional<PolicyText> policy();

  /** The hash of the policy in force. */
  Optional<String> policyHash();

  /** Whether the policy with this hash is in force, or was before. */
  boolean wasPolicyInForce(String hash);

  /**
   * A policy as it was written.
   *
   * @param name of the file it came from
   */
  record PolicyText(String name, String text) {}

  @Override
  void close();
}
