package dev.bandmaster.bot.store;

import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.wire.NodeDescription;
import dev.bandmaster.wire.NodePublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A store in memory that keeps to what a store promises, can be away, and shows what was committed.
 */
public final class MemoryStore implements Store, Inbox, Outbox, Jobs, Nodes {
  private final Map<String, Delivery> inbox = new LinkedHashMap<>();
  private final Map<String, Row> outbox = new LinkedHashMap<>();
  private final Map<String, Job> jobs = new TreeMap<>();
  private final Map<String, Remembered> nodes = new TreeMap<>();
  private final Map<String, NodePublicKey> keys = new TreeMap<>();
  private final List<Change> committed = new ArrayList<>();
  private final AtomicLong sequence = new AtomicLong();
  private Optional<PolicyText> policy = Optional.empty();
  private volatile Runnable onShow = () -> {};
  private volatile boolean away;

  private record Delivery(Inbox.Item item, String state) {}

  private record Row(
      Outbound content,
      Urgency urgency,
      long version,
      long sent,
      Optional<String> timestamp,
      Instant next,
      int attempts,
      boolean uncertain,
      boolean parked,
      long changed) {}

  /** Makes every use fail until the store is back. */
  public void setAway(boolean isAway) {
    away = isAway;
  }

  private synchronized <T> T here(Supplier<T> work) {
    if (away) {
      throw new StoreUnavailable("The store is away.");
    }
    return work.get();
  }

  /** Everything that was committed, in order. */
  public synchronized List<Change> committed() {
    return List.copyOf(committed);
  }

  /** Everything of one kind that was committed, in order. */
  public <T extends Change> List<T> committed(Class<T> kind) {
    return committed().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The content that an item of the outbox is wanted to have. */
  public synchronized Optional<Outbound> wanted(String id) {
    return Optional.ofNullable(outbox.get(id)).map(Row::content);
  }

  @Override
  public void commit(List<Change> changes) {
    boolean shows =
        here(() -> {
          check(changes);
          changes.forEach(this::apply);
          committed.addAll(changes);
          return changes.stream().anyMatch(change -> change instanceof Change.Show);
        });
    if (shows) {
      onShow.run();
    }
  }

  private void check(List<Change> changes) {
    List<String> opened = new ArrayList<>(jobs.keySet());
    for (Change change : changes) {
      if (change instanceof Change.Open(Job job)) {
        if (opened.contains(job.id())) {
          throw new StoreUnavailable("there is a job of this id");
        }
        opened.add(job.id());
      }
    }
  }

  private void apply(Change change) {
    switch (change) {
      case Change.Handled(String id) -> finish(id, "HANDLED");
      case Change.Abandoned(String id, String _) -> finish(id, "ABANDONED");
      case Change.Show show -> outbox.merge(show.id(), row(show), MemoryStore::redrawn);
      case Change.Open(Job job) -> jobs.put(job.id(), job);
      case Change.Advance advance -> jobs.put(advance.job().id(), advance.job());
      case Change.Note _ -> {}
      case Change.Describe(NodeDescription description) ->
          nodes.merge(
              description.node(),
              new Remembered(description, 0, 0, Instant.EPOCH, Duration.ofSeconds(10), false),
              (old, fresh) ->
                  new Remembered(
                      description,
                      old.incarnation(),
                      old.sequence(),
                      old.heard(),
                      old.interval(),
                      old.left()));
      case Change.Hear hear ->
          nodes.computeIfPresent(
              hear.node(),
              (name, old) ->
                  new Remembered(
                      old.description(),
                      hear.incarnation(),
                      hear.sequence(),
                      hear.heard(),
                      hear.interval(),
                      hear.left()));
      case Change.Trust trust -> keys.put(trust.node(), trust.key());
      case Change.Distrust(String node) -> {
        keys.remove(node);
        nodes.remove(node);
      }
      case Change.KeepPolicy kept -> policy = Optional.of(new PolicyText(kept.name(), kept.text()));
    }
  }

  private void finish(String id, String state) {
    inbox.replaceAll(
        (key, kept) -> kept.item().id().equals(id) ? new Delivery(kept.item(), state) : kept);
  }

  private Row row(Change.Show show) {
    return new Row(
        show.item(),
        show.urgency(),
        1,
        0,
        Optional.empty(),
        Instant.EPOCH,
        0,
        false,
        false,
        sequence.incrementAndGet());
  }

  private static Row redrawn(Row old, Row fresh) {
    return new Row(
        fresh.content,
        fresh.urgency,
        old.version + 1,
        old.sent,
        old.timestamp,
        old.next,
        old.attempts,
        old.uncertain,
        false,
        fresh.changed);
  }

  @Override
  public void onShow(Runnable listener) {
    onShow = listener;
  }

  @Override
  public Inbox inbox() {
    return this;
  }

  @Override
  public Outbox outbox() {
    return this;
  }

  @Override
  public Jobs jobs() {
    return this;
  }

  @Override
  public Nodes nodes() {
    return this;
  }

  @Override
  public Optional<PolicyText> policy() {
    return here(() -> policy);
  }

  @Override
  public void close() {
    away = true;
  }

  @Override
  public Optional<Inbox.Item> receive(String dedupeKey, String kind, String payload, Instant at) {
    return here(() -> {
      Inbox.Item item =
          new Inbox.Item("inbox-%05d".formatted(sequence.incrementAndGet()), kind, payload, at);
      return inbox.putIfAbsent(dedupeKey, new Delivery(item, "NEW")) == null
          ? Optional.of(item)
          : Optional.empty();
    });
  }

  @Override
  public List<Inbox.Item> unhandled() {
    return here(() ->
        inbox.values().stream()
            .filter(kept -> kept.state().equals("NEW"))
            .map(Delivery::item)
            .toList());
  }

  @Override
  public List<Outbox.Item> due(Instant now, int limit) {
    return here(() ->
        outbox.entrySet().stream()
            .filter(entry -> isWaiting(entry.getValue()) && !entry.getValue().next.isAfter(now))
            .sorted(
                Comparator.comparing((Map.Entry<String, Row> entry) -> entry.getValue().urgency)
                    .thenComparingLong(entry -> entry.getValue().changed))
            .limit(limit)
            .map(entry -> item(entry.getKey(), entry.getValue()))
            .toList());
  }

  private static Outbox.Item item(String id, Row row) {
    return new Outbox.Item(
        id, row.content, row.urgency, row.version, row.timestamp, row.attempts, row.uncertain);
  }

  private static boolean isWaiting(Row row) {
    return row.sent < row.version && !row.parked;
  }

  @Override
  public Optional<Instant> nextAttempt() {
    return here(() ->
        outbox.values().stream()
            .filter(MemoryStore::isWaiting)
            .map(Row::next)
            .min(Comparator.naturalOrder()));
  }

  @Override
  public void sent(String id, long version, String timestamp) {
    settle(
        id,
        row ->
            new Row(
                row.content,
                row.urgency,
                row.version,
                version,
                timestamp.isEmpty() ? row.timestamp : Optional.of(timestamp),
                Instant.EPOCH,
                0,
                false,
                row.parked,
                row.changed));
  }

  @Override
  public void postpone(String id, Instant next, boolean uncertain, String reason) {
    settle(
        id,
        row ->
            new Row(
                row.content,
                row.urgency,
                row.version,
                row.sent,
                row.timestamp,
                next,
                row.attempts + 1,
                row.uncertain || uncertain,
                row.parked,
                row.changed));
  }

  @Override
  public void repost(String id) {
    settle(
        id,
        row ->
            new Row(
                row.content,
                row.urgency,
                row.version,
                row.sent,
                Optional.empty(),
                Instant.EPOCH,
                row.attempts,
                row.uncertain,
                row.parked,
                row.changed));
  }

  @Override
  public void park(String id, String reason) {
    settle(
        id,
        row ->
            new Row(
                row.content,
                row.urgency,
                row.version,
                row.sent,
                row.timestamp,
                Instant.EPOCH,
                row.attempts,
                row.uncertain,
                true,
                row.changed));
  }

  private void settle(String id, UnaryOperator<Row> change) {
    here(() -> outbox.computeIfPresent(id, (key, row) -> change.apply(row)) != null);
  }

  @Override
  public long waiting() {
    return here(() -> outbox.values().stream().filter(MemoryStore::isWaiting).count());
  }

  @Override
  public long parked() {
    return here(() -> outbox.values().stream().filter(Row::parked).count());
  }

  @Override
  public Optional<String> timestamp(String id) {
    return here(() -> Optional.ofNullable(outbox.get(id)).flatMap(Row::timestamp));
  }

  @Override
  public long nextNumber() {
    return here(sequence::incrementAndGet);
  }

  @Override
  public List<Job> unfinished() {
    return here(() -> jobs.values().stream().filter(job -> job.state().ended().isEmpty()).toList());
  }

  @Override
  public Optional<Job> find(String id) {
    return here(() -> Optional.ofNullable(jobs.get(id)));
  }

  @Override
  public List<Remembered> all() {
    return here(() -> List.copyOf(nodes.values()));
  }

  @Override
  public Map<String, NodePublicKey> trusted() {
    return here(() -> new HashMap<>(keys));
  }
}
