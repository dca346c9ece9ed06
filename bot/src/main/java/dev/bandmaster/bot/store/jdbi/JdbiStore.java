package dev.bandmaster.bot.store.jdbi;

import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Inbox;
import dev.bandmaster.bot.store.Jobs;
import dev.bandmaster.bot.store.Nodes;
import dev.bandmaster.bot.store.Outbox;
import dev.bandmaster.bot.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The store in SQLite or PostgreSQL; the statements are the subset that both understand. */
public final class JdbiStore implements Store {

  private final Database database;
  private final InboxTable inbox;
  private final OutboxTable outbox;
  private final JobTable jobs;
  private final NodeTable nodes;
  private final PolicyTable policies;
  private final AuditTable audit = new AuditTable();
  private volatile Runnable onShow = () -> {};

  private JdbiStore(Database database, InstantSource clock) {
    this.database = database;
    this.inbox = new InboxTable(database, clock);
    this.outbox = new OutboxTable(database, clock);
    this.jobs = new JobTable(database);
    this.nodes = new NodeTable(database);
    this.policies = new PolicyTable(database, clock);
  }

  /**
   * Opens the store and brings its tables to this version's form.
   *
   * @throws dev.bandmaster.bot.store.StoreUnavailable if it cannot be reached or is in use
   */
  public static JdbiStore open(StoreSettings settings, InstantSource clock) {
    return new JdbiStore(Database.open(settings), clock);
  }

  @Override
  public void commit(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    database.write(handle -> changes.forEach(change -> apply(handle, change)));
    if (changes.stream().anyMatch(change -> change instanceof Change.Show)) {
      onShow.run();
    }
  }

  @Override
  public void onShow(Runnable listener) {
    onShow = listener;
  }

  private void apply(Handle handle, Change change) {
    switch (change) {
      case Change.Handled handled -> inbox.handled(handle, handled);
      case Change.Abandoned abandoned -> inbox.abandoned(handle, abandoned);
      case Change.Show show -> outbox.show(handle, show);
      case Change.Open open -> jobs.open(handle, open.job());
      case Change.Advance advance -> jobs.advance(handle, advance);
      case Change.Note(var entry) -> audit.append(handle, entry);
      case Change.Describe(var description) -> nodes.describe(handle, description);
      case Change.Hear hear -> nodes.hear(handle, hear);
      case Change.Trust trust -> nodes.trust(handle, trust);
      case Change.Distrust(String node) -> nodes.distrust(handle, node);
      case Change.KeepPolicy kept -> policies.keep(handle, kept);
    }
  }

  @Override
  public Inbox inbox() {
    return inbox;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public Jobs jobs() {
    return jobs;
  }

  @Override
  public Nodes nodes() {
    return nodes;
  }

  @Override
  public Optional<PolicyText> policy() {
    return policies.newest();
  }

  @Override
  public void close() {
    database.close();
  }
}
