package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.job.Job;
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
import dev.bandmaster.core.store.StoreUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real store in a folder of its own, which can be away and remembers what was committed. Register
 * it as an extension, and it is closed and deleted after the test.
 */
public final class TestStore implements Store, AfterEachCallback {
  /** An empty store with all its tables, made once: making them takes longer than most tests. */
  private static final byte[] EMPTY = emptyStore();

  private final Path folder = newFolder();
  private final Store store;
  private final List<Change> committed = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable CountDownLatch> hanging = new AtomicReference<>();
  private volatile boolean away;
  private volatile Predicate<Change> refused = change -> false;
  private final Set<Long> unreadable = ConcurrentHashMap.newKeySet();

  /** A store whose clock goes on by a millisecond whenever it is asked. */
  public TestStore() {
    AtomicLong asked = new AtomicLong();
    store = JdbiStore.open(copyInto(folder), () -> NOON.plusMillis(asked.getAndIncrement()));
  }

  /** A store with a clock of the test's own. */
  public TestStore(InstantSource clock) {
    store = JdbiStore.open(copyInto(folder), clock);
  }

  private static byte[] emptyStore() {
    Path folder = newFolder();
    Path file = folder.resolve("bandmaster.db");
    JdbiStore.open(new StoreSettings.Sqlite(file), InstantSource.system()).close();
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(folder);
    }
  }

  private static StoreSettings copyInto(Path folder) {
    try {
      return new StoreSettings.Sqlite(Files.write(folder.resolve("bandmaster.db"), EMPTY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("bandmaster-store");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes commits fail that hold such a change, as a database would that cannot take it. */
  public void refuse(Predicate<Change> changes) {
    refused = changes;
  }

  /** Makes reading the job with this number fail. */
  public void makeUnreadable(long job) {
    unreadable.add(job);
  }

  /** Makes every use fail until the store is back. */
  public void setAway(boolean isAway) {
    away = isAway;
  }

  /** Runs a statement beside the store. */
  public void execute(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bandmaster.db"));
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private void checkHere() {
    if (away) {
      throw new StoreUnavailable("The store is away.");
    }
  }

  /** Everything that was committed, in order; waits for a commit that is under way. */
  public synchronized List<Change> committed() {
    return List.copyOf(committed);
  }

  /** Everything of one kind that was committed, in order. */
  public <T extends Change> List<T> committed(Class<T> kind) {
    return committed().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The content that an item of the outbox is wanted to have. */
  public Optional<Outbound> wanted(String id) {
    return committed(Change.PostMessage.class).reversed().stream()
        .filter(show -> show.id().equals(id))
        .map(Change.PostMessage::item)
        .findFirst();
  }

  /** Makes the next commit hang until this is counted down; those after it go on. */
  public void hangOnce(CountDownLatch release) {
    hanging.set(release);
  }

  /** Whether that commit has not come yet. */
  public boolean isHangAhead() {
    return hanging.get() != null;
  }

  @Override
  public void commit(List<Change> changes) {
    CountDownLatch release = hanging.getAndSet(null);
    if (release != null) {
      try {
        release.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
    commitNow(changes);
  }

  private synchronized void commitNow(List<Change> changes) {
    checkHere();
    if (changes.stream().anyMatch(refused)) {
      throw new IllegalArgumentException("The store cannot take that.");
    }
    store.commit(changes);
    committed.addAll(changes);
  }

  @Override
  public void onShow(Runnable listener) {
    store.onShow(listener);
  }

  @Override
  public Instant time() {
    checkHere();
    return store.time();
  }

  @Override
  public long commits() {
    return store.commits();
  }

  @Override
  public Inbox inbox() {
    return here(Inbox.class, store.inbox());
  }

  @Override
  public Outbox outbox() {
    return here(Outbox.class, store.outbox());
  }

  @Override
  public Jobs jobs() {
    return here(Jobs.class, store.jobs());
  }

  @Override
  public void onOrder(Runnable listener) {
    store.onOrder(listener);
  }

  @Override
  public DeclaredFreezes freezes() {
    return here(DeclaredFreezes.class, store.freezes());
  }

  @Override
  public DeployQueue slots() {
    return here(DeployQueue.class, store.slots());
  }

  @Override
  public Leases leases() {
    return here(Leases.class, store.leases());
  }

  @Override
  public void onCommitted(java.util.function.Consumer<List<Change>> listener) {
    store.onCommitted(listener);
  }

  @Override
  public PluginState pluginState() {
    return here(PluginState.class, store.pluginState());
  }

  @Override
  public RunbookRuns runbooks() {
    return here(RunbookRuns.class, store.runbooks());
  }

  @Override
  public Schedules schedules() {
    return here(Schedules.class, store.schedules());
  }

  @Override
  public Approvals approvals() {
    return here(Approvals.class, store.approvals());
  }

  @Override
  public Hooks hooks() {
    return here(Hooks.class, store.hooks());
  }

  @Override
  public PluginVersions pluginVersions() {
    return here(PluginVersions.class, store.pluginVersions());
  }

  @Override
  public NodeRecords lives() {
    return here(NodeRecords.class, store.lives());
  }

  @Override
  public Alerts alerts() {
    return here(Alerts.class, store.alerts());
  }

  @Override
  public Addresses addresses() {
    return here(Addresses.class, store.addresses());
  }

  @Override
  public ApiTokens apiTokens() {
    return here(ApiTokens.class, store.apiTokens());
  }

  @Override
  public CommandAliases commandAliases() {
    return here(CommandAliases.class, store.commandAliases());
  }

  @Override
  public EnrolmentTokens enrolmentTokens() {
    return here(EnrolmentTokens.class, store.enrolmentTokens());
  }

  @Override
  public Nodes nodes() {
    return here(Nodes.class, store.nodes());
  }

  @Override
  public Principals principals() {
    return here(Principals.class, store.principals());
  }

  @Override
  public Audit audit() {
    return here(Audit.class, store.audit());
  }

  @Override
  public SetAside setAside() {
    return here(SetAside.class, store.setAside());
  }

  @Override
  public Retention past() {
    return here(Retention.class, store.past());
  }

  @Override
  public Optional<String> policyHash() {
    checkHere();
    return store.policyHash();
  }

  @Override
  public boolean wasPolicyInForce(String hash) {
    checkHere();
    return store.wasPolicyInForce(hash);
  }

  @Override
  public Optional<PolicyText> policy() {
    checkHere();
    return store.policy();
  }

  /** A part of the store, which is away when the store is. */
  private <T> T here(Class<T> type, T part) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              checkHere();
              try {
                return readable(method.invoke(part, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private Object readable(Object result) {
    Stream<?> found =
        switch (result) {
          case Optional<?> one -> one.stream();
          case List<?> many -> many.stream();
          case null, default -> Stream.of();
        };
    if (found.anyMatch(item -> item instanceof Job job && unreadable.contains(job.number()))) {
      throw new IllegalStateException("A job cannot be read.");
    }
    return result;
  }

  @Override
  public void close() {
    store.close();
    delete(folder);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }
}
