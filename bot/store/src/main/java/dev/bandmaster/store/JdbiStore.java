package dev.bandmaster.store;

import dev.bandmaster.core.store.Addresses;
import dev.bandmaster.core.store.Alerts;
import dev.bandmaster.core.store.ApiTokens;
import dev.bandmaster.core.store.Approvals;
import dev.bandmaster.core.store.Audit;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.CommandAliases;
import dev.bandmaster.core.store.DeclaredFreezes;
import dev.bandmaster.core.store.DeployQueue;
import dev.bandmaster.core.store.EnrolmentTokens;
import dev.bandmaster.core.store.Hooks;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.core.store.Leases;
import dev.bandmaster.core.store.NodeRecords;
import dev.bandmaster.core.store.Nodes;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.PluginState;
import dev.bandmaster.core.store.PluginVersions;
import dev.bandmaster.core.store.Principals;
import dev.bandmaster.core.store.Retention;
import dev.bandmaster.core.store.RunbookRuns;
import dev.bandmaster.core.store.Schedules;
import dev.bandmaster.core.store.SetAside;
import dev.bandmaster.core.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The store in SQLite or PostgreSQL; the statements are the subset that both understand. */
public final class JdbiStore implements Store {

  private final Database database;
  private final InboxTable inbox;
  private final SetAsideTable aside;
  private final OutboxTable outbox;
  private final JobQueries jobs;
  private final DeployQueueTable slots;
  private final LeaseTable leases;
  private final ScheduleTable schedules;
  private final RunbookTable runbooks;
  private final PluginStateTable pluginState;
  private final FreezeTable freezes;
  private final ApprovalTable approvals;
  private final PrincipalTable principals;
  private final NodeTable nodes;
  private final NodeRecordTable lives;
  private final AlertTable alerts;
  private final IdempotencyTable once;
  private final HookTable hooks;
  private final PluginJobTable pluginJobs;
  private final PolicyTable policies;
  private final AuditTable audit;
  private final RetentionTables past;
  private final ApiTokenTable apiTokens;
  private final CommandAliasTable commandAliases;
  private final AddressTable addresses;
  private final EnrolmentTokenTable enrolmentTokens;
  private final Dialect dialect;
  private final LongAdder commits = new LongAdder();
  private volatile Runnable onShow = () -> {};
  private volatile Runnable onOrder = () -> {};
  private volatile Consumer<List<Change>> onCommitted = changes -> {};

  private JdbiStore(Database database, Dialect dialect, InstantSource clock) {
    this.database = database;
    this.dialect = dialect;
    this.inbox = new InboxTable(database, clock);
    this.aside = new SetAsideTable(database, clock);
    this.outbox = new OutboxTable(database, aside, clock, dialect);
    this.jobs = new JobQueries(database, aside);
    this.slots = new DeployQueueTable(database, aside, clock);
    this.leases = new LeaseTable(database, dialect);
    this.schedules = new ScheduleTable(database, aside);
    this.runbooks = new RunbookTable(database, aside);
    this.pluginState = new PluginStateTable(database);
    this.freezes = new FreezeTable(database, aside, clock);
    this.approvals = new ApprovalTable(database, aside);
    this.principals = new PrincipalTable(database);
    this.nodes = new NodeTable(database, aside);
    this.lives = new NodeRecordTable(database, aside);
    this.alerts = new AlertTable(database, aside, clock);
    this.once = new IdempotencyTable(clock);
    this.hooks = new HookTable(database);
    this.pluginJobs = new PluginJobTable(database);
    this.policies = new PolicyTable(database, clock);
    this.audit = new AuditTable(database);
    this.past = new RetentionTables(database, dialect);
    this.apiTokens = new ApiTokenTable(database);
    this.commandAliases = new CommandAliasTable(database);
    this.addresses = new AddressTable(database);
    this.enrolmentTokens = new EnrolmentTokenTable(database);
  }

  /**
   * Opens the store and brings its tables to this version's form. If that fails, nothing is left
   * open.
   *
   * @throws dev.bandmaster.core.store.StoreUnavailable if it cannot be reached or is in use
   */
  public static JdbiStore open(StoreSettings settings, InstantSource clock) {
    Dialect dialect =
        switch (settings) {
          case StoreSettings.Sqlite _ -> Dialect.SQLITE;
          case StoreSettings.Postgresql _ -> Dialect.POSTGRESQL;
        };
    JdbiStore store = new JdbiStore(Database.open(settings), dialect, clock);
    try {
      store.aside.open();
    } catch (Throwable failure) {
      store.close();
      throw failure;
    }
    return store;
  }

  @Override
  public void commit(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    database.write(handle -> {
      changes.stream().filter(change -> !isNote(change)).forEach(change -> apply(handle, change));
      changes.stream().filter(JdbiStore::isNote).forEach(change -> apply(handle, change));
    });
    commits.increment();
    if (changes.stream().anyMatch(change -> change instanceof Change.PostMessage)) {
      onShow.run();
    }
    if (changes.stream().anyMatch(change -> change instanceof Change.SendJobOrder)) {
      onOrder.run();
    }
    onCommitted.accept(changes);
  }

  @Override
  public void onCommitted(Consumer<List<Change>> listener) {
    onCommitted = listener;
  }

  @Override
  public PluginState pluginState() {
    return pluginState;
  }

  @Override
  public void onOrder(Runnable listener) {
    onOrder = listener;
  }

  /** Notes come last, whatever the order of the list: others wait for the end of the audit. */
  private static boolean isNote(Change change) {
    return change instanceof Change.AppendAudit;
  }

  @Override
  public void onShow(Runnable listener) {
    onShow = listener;
  }

  private void apply(Handle handle, Change change) {
    switch (change) {
      case Change.AcceptDelivery receive -> inbox.receive(handle, receive);
      case Change.RequireUnhandled unhandled -> inbox.check(handle, unhandled);
      case Change.MarkHandled handled -> inbox.handled(handle, handled);
      case Change.MarkAbandoned abandoned -> inbox.abandoned(handle, abandoned);
      case Change.PostMessage show -> outbox.show(handle, show);
      case Change.Withdraw(String id) -> OutboxTable.withdraw(handle, id);
      case Change.Fence fence -> leases.fence(handle, fence);
      case Change.CreateJob open -> JobTable.open(handle, open);
      case Change.UpdateJob advance -> {
        JobTable.advance(handle, advance);
        JobOutputTable.append(handle, advance);
      }
      case Change.SendJobOrder send -> JobQueries.send(handle, send);
      case Change.OrderDelivered delivered -> JobQueries.delivered(handle, delivered);
      case Change.EnterDeployQueue take -> slots.take(handle, take);
      case Change.LeaveDeployQueue free -> slots.free(handle, free);
      case Change.Lock(var lock) -> slots.lock(handle, lock);
      case Change.Unlock(var lock) -> slots.unlock(handle, lock);
      case Change.DeclareFreeze declared -> freezes.declare(handle, declared);
      case Change.LiftFreeze lift -> freezes.lift(handle, lift);
      case Change.CreateSchedule plan -> schedules.plan(handle, plan);
      case Change.AdvanceSchedule move -> schedules.move(handle, move);
      case Change.CreateRunbookRun(var run) -> runbooks.create(handle, run);
      case Change.UpdateRunbookRun(var run) -> runbooks.update(handle, run);
      case Change.RequireRunbookRun required -> RunbookTable.require(handle, required);
      case Change.CreateApproval ask -> approvals.ask(handle, ask);
      case Change.UpdateApproval update -> approvals.update(handle, update);
      case Change.JoinPrincipals join -> PrincipalTable.join(handle, join);
      case Change.AppendAudit(var entry) -> audit.append(handle, entry);
      case Change.NodeDescribed describe -> nodes.describe(handle, describe);
      case Change.NodeSeen seen -> nodes.seen(handle, seen);
      case Change.FleetWatched watched -> lives.watch(handle, watched);
      case Change.NodeChanged transition -> lives.transition(handle, transition);
      case Change.NodesSeen seen -> lives.seen(handle, seen);
      case Change.Unanswered unanswered -> lives.unanswered(handle, unanswered);
      case Change.AnsweredAgain answered -> lives.answered(handle, answered);
      case Change.UpdateAlertGroup alerted -> alerts.alert(handle, alerted);
      case Change.RecordSignal signalled -> AlertTable.signal(handle, signalled);
      case Change.SignalProcessed(String id) -> AlertTable.take(handle, id);
      case Change.RequestHook called -> HookTable.called(handle, called);
      case Change.HookFinished ended -> HookTable.ended(handle, ended);
      case Change.CreateSilence silenced -> alerts.silence(handle, silenced);
      case Change.EndSilence unsilenced -> alerts.unsilence(handle, unsilenced);
      case Change.IdempotencyKey mark -> once.once(handle, mark);
      case Change.TrustNode trust -> nodes.trust(handle, trust);
      case Change.DistrustNode(String node) -> nodes.distrust(handle, node);
      case Change.CreateApiToken create -> ApiTokenTable.create(handle, create);
      case Change.RevokeApiToken revoke -> ApiTokenTable.revoke(handle, revoke);
      case Change.ApiTokenUsed used -> ApiTokenTable.used(handle, used);
      case Change.SetCommandAlias set -> CommandAliasTable.set(handle, set);
      case Change.RemoveCommandAlias remove -> CommandAliasTable.remove(handle, remove);
      case Change.AssignAddress assign -> AddressTable.assign(handle, assign);
      case Change.UpdateAddress update -> AddressTable.update(handle, update);
      case Change.FreeAddress free -> AddressTable.free(handle, free);
      case Change.CreateEnrolmentToken create -> EnrolmentTokenTable.create(handle, create);
      case Change.RevokeEnrolmentToken revoke -> EnrolmentTokenTable.revoke(handle, revoke);
      case Change.UseEnrolmentToken use -> EnrolmentTokenTable.use(handle, use);
      case Change.WatchJob watch -> InterestTable.watch(handle, watch);
      case Change.JobWatchersTold told -> InterestTable.told(handle, told);
      case Change.Subscribe subscribe -> InterestTable.subscribe(handle, subscribe);
      case Change.Unsubscribe ended -> InterestTable.unsubscribe(handle, ended);
      case Change.KeepPolicy kept -> policies.keep(handle, kept);
      case Change.PluginPlanned planned -> PluginJobTable.planned(handle, planned);
      case Change.PutPluginState put -> PluginStateTable.put(handle, put);
      case Change.RemovePluginState remove -> PluginStateTable.remove(handle, remove);
      case Change.PluginJobsEnded() -> PluginJobTable.ended(handle);
      case Change.SetAsideReported reported -> aside.reported(handle, reported);
    }
  }

  @Override
  public Instant time() {
    return Instant.ofEpochMilli(
        database.read(
            handle -> handle.createQuery("SELECT " + dialect.now()).mapTo(Long.class).one()));
  }

  @Override
  public long commits() {
    return commits.sum();
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
  public DeployQueue slots() {
    return slots;
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public RunbookRuns runbooks() {
    return runbooks;
  }

  @Override
  public Schedules schedules() {
    return schedules;
  }

  @Override
  public DeclaredFreezes freezes() {
    return freezes;
  }

  @Override
  public Approvals approvals() {
    return approvals;
  }

  @Override
  public Principals principals() {
    return principals;
  }

  @Override
  public Nodes nodes() {
    return nodes;
  }

  @Override
  public NodeRecords lives() {
    return lives;
  }

  @Override
  public Alerts alerts() {
    return alerts;
  }

  @Override
  public ApiTokens apiTokens() {
    return apiTokens;
  }

  @Override
  public CommandAliases commandAliases() {
    return commandAliases;
  }

  @Override
  public Addresses addresses() {
    return addresses;
  }

  @Override
  public EnrolmentTokens enrolmentTokens() {
    return enrolmentTokens;
  }

  @Override
  public Hooks hooks() {
    return hooks;
  }

  @Override
  public PluginVersions pluginVersions() {
    return pluginJobs;
  }

  @Override
  public Audit audit() {
    return audit;
  }

  @Override
  public SetAside setAside() {
    return aside;
  }

  @Override
  public Retention past() {
    return past;
  }

  @Override
  public Optional<String> policyHash() {
    return policies.newestHash();
  }

  @Override
  public boolean wasPolicyInForce(String hash) {
    return policies.has(hash);
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
