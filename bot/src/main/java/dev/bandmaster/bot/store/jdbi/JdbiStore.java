package dev.bandmaster.bot.store.jdbi;

import dev.bandmaster.bot.store.Alerts;
import dev.bandmaster.bot.store.Approvals;
import dev.bandmaster.bot.store.Audit;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.DeclaredFreezes;
import dev.bandmaster.bot.store.Hooks;
import dev.bandmaster.bot.store.Inbox;
import dev.bandmaster.bot.store.Jobs;
import dev.bandmaster.bot.store.Lives;
import dev.bandmaster.bot.store.Nodes;
import dev.bandmaster.bot.store.Outbox;
import dev.bandmaster.bot.store.Past;
import dev.bandmaster.bot.store.Principals;
import dev.bandmaster.bot.store.Schedules;
import dev.bandmaster.bot.store.Seats;
import dev.bandmaster.bot.store.SetAside;
import dev.bandmaster.bot.store.Slots;
import dev.bandmaster.bot.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;

/** The store in SQLite or PostgreSQL; the statements are the subset that both understand. */
public final class JdbiStore implements Store {

  private final Database database;
  private final InboxTable inbox;
  private final SetAsideTable aside;
  private final OutboxTable outbox;
  private final JobQueries jobs;
  private final SlotTable slots;
  private final SeatTable seats;
  private final ScheduleTable schedules;
  private final FreezeTable freezes;
  private final ApprovalTable approvals;
  private final PrincipalTable principals;
  private final NodeTable nodes;
  private final LifeTable lives;
  private final AlertTable alerts;
  private final OnceTable once;
  private final HookTable hooks;
  private final PolicyTable policies;
  private final AuditTable audit;
  private final PastTables past;
  private final Dialect dialect;
  private final LongAdder commits = new LongAdder();
  private volatile Runnable onShow = () -> {};
  private volatile Runnable onTell = () -> {};

  private JdbiStore(Database database, Dialect dialect, InstantSource clock) {
    this.database = database;
    this.dialect = dialect;
    this.inbox = new InboxTable(database, clock);
    this.aside = new SetAsideTable(database, clock);
    this.outbox = new OutboxTable(database, aside, clock, dialect);
    this.jobs = new JobQueries(database, aside);
    this.slots = new SlotTable(database, aside, clock);
    this.seats = new SeatTable(database, dialect);
    this.schedules = new ScheduleTable(database, aside);
    this.freezes = new FreezeTable(database, aside, clock);
    this.approvals = new ApprovalTable(database, aside);
    this.principals = new PrincipalTable(database);
    this.nodes = new NodeTable(database, aside);
    this.lives = new LifeTable(database, aside);
    this.alerts = new AlertTable(database, aside, clock);
    this.once = new OnceTable(clock);
    this.hooks = new HookTable(database);
    this.policies = new PolicyTable(database, clock);
    this.audit = new AuditTable(database);
    this.past = new PastTables(database, dialect);
  }

  /**
   * Opens the store and brings its tables to this version's form.
   *
   * @throws dev.bandmaster.bot.store.StoreUnavailable if it cannot be reached or is in use
   */
  public static JdbiStore open(StoreSettings settings, InstantSource clock) {
    Dialect dialect =
        switch (settings) {
          case StoreSettings.Sqlite _ -> Dialect.SQLITE;
          case StoreSettings.Postgresql _ -> Dialect.POSTGRESQL;
        };
    JdbiStore store = new JdbiStore(Database.open(settings), dialect, clock);
    store.aside.open();
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
    if (changes.stream().anyMatch(change -> change instanceof Change.Show)) {
      onShow.run();
    }
    if (changes.stream().anyMatch(change -> change instanceof Change.Tell)) {
      onTell.run();
    }
  }

  @Override
  public void onTell(Runnable listener) {
    onTell = listener;
  }

  /** Notes come last, whatever the order of the list: others wait for the end of the audit. */
  private static boolean isNote(Change change) {
    return change instanceof Change.Note;
  }

  @Override
  public void onShow(Runnable listener) {
    onShow = listener;
  }

  private void apply(Handle handle, Change change) {
    switch (change) {
      case Change.Receive receive -> inbox.receive(handle, receive);
      case Change.Unhandled unhandled -> inbox.check(handle, unhandled);
      case Change.Handled handled -> inbox.handled(handle, handled);
      case Change.Abandoned abandoned -> inbox.abandoned(handle, abandoned);
      case Change.Show show -> outbox.show(handle, show);
      case Change.Withdraw(String id) -> OutboxTable.withdraw(handle, id);
      case Change.Fence fence -> seats.fence(handle, fence);
      case Change.Open open -> JobTable.open(handle, open);
      case Change.Advance advance -> {
        JobTable.advance(handle, advance);
        JobOutputTable.append(handle, advance);
      }
      case Change.Tell tell -> JobQueries.tell(handle, tell);
      case Change.Told told -> JobQueries.told(handle, told);
      case Change.TakeSlot take -> slots.take(handle, take);
      case Change.FreeSlot free -> slots.free(handle, free);
      case Change.Lock(var lock) -> slots.lock(handle, lock);
      case Change.Unlock(var lock) -> slots.unlock(handle, lock);
      case Change.DeclareFreeze declared -> freezes.declare(handle, declared);
      case Change.LiftFreeze lift -> freezes.lift(handle, lift);
      case Change.Plan plan -> schedules.plan(handle, plan);
      case Change.Move move -> schedules.move(handle, move);
      case Change.Ask ask -> approvals.ask(handle, ask);
      case Change.Judge judge -> approvals.judge(handle, judge);
      case Change.JoinPrincipals join -> PrincipalTable.join(handle, join);
      case Change.Note(var entry) -> audit.append(handle, entry);
      case Change.Describe describe -> nodes.describe(handle, describe);
      case Change.Hear hear -> nodes.hear(handle, hear);
      case Change.Watched watched -> lives.watch(handle, watched);
      case Change.Flipped flipped -> lives.flip(handle, flipped);
      case Change.HeardLately heard -> lives.heard(handle, heard);
      case Change.Unanswered unanswered -> lives.unanswered(handle, unanswered);
      case Change.AnsweredAgain answered -> lives.answered(handle, answered);
      case Change.Alerted alerted -> alerts.alert(handle, alerted);
      case Change.Signalled signalled -> AlertTable.signal(handle, signalled);
      case Change.SignalTaken(String id) -> AlertTable.take(handle, id);
      case Change.HookCalled called -> HookTable.called(handle, called);
      case Change.HookEnded ended -> HookTable.ended(handle, ended);
      case Change.Silenced silenced -> alerts.silence(handle, silenced);
      case Change.Unsilenced unsilenced -> alerts.unsilence(handle, unsilenced);
      case Change.Once mark -> once.once(handle, mark);
      case Change.Trust trust -> nodes.trust(handle, trust);
      case Change.Distrust(String node) -> nodes.distrust(handle, node);
      case Change.KeepPolicy kept -> policies.keep(handle, kept);
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
  public Slots slots() {
    return slots;
  }

  @Override
  public Seats seats() {
    return seats;
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
  public Lives lives() {
    return lives;
  }

  @Override
  public Alerts alerts() {
    return alerts;
  }

  @Override
  public Hooks hooks() {
    return hooks;
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
  public Past past() {
    return past;
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
