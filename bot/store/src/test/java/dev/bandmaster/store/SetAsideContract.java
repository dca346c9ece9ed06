package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertGroupState;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.fleet.NodeTransition;
import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.AuditChain;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.SetAside;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.plugin.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row that cannot be read is set aside, and everything else goes on. */
abstract class SetAsideContract {
  private Store store;

  abstract Store open();

  /** Runs a statement beside the store. */
  abstract void execute(String statement);

  /** The store as the person who runs it looks at it. */
  abstract List<Storage.Finding> check();

  @BeforeEach
  void fill() {
    store = open();
    StoredRows.fill(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> setAside() {
    return store.setAside().unreported(100).stream().map(SetAside.Row::source).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "outbox; UPDATE outbox SET item = '{\"format\":2,\"kind\":\"hologram\"}' WHERE id = 'outbound/file'; outbox",
        "outbox; UPDATE outbox SET item = '{\"is\":\"Hologram\"}' WHERE id = 'outbound/home'; outbox",
        "outbox; UPDATE outbox SET item = '{\"format\":99}' WHERE id = 'outbound/home'; outbox",
        "job; UPDATE job SET facts = '{\"format\":2,\"id\":' WHERE number = 1; unfinished jobs",
        "job; UPDATE job SET progress = '' WHERE number = 1; unfinished jobs",
        "job; UPDATE job SET status = 'ASLEEP' WHERE number = 1; unfinished jobs, recent jobs",
        "job; UPDATE job_wave SET phase = 'ASLEEP' WHERE position = 0 AND request LIKE '%0001'; unfinished jobs",
        "job; UPDATE job_node SET data = 'x' WHERE job_id LIKE '%0001' AND node = 'web2'; unfinished jobs",
        "job_order; UPDATE job_order SET wish = 'nonsense' WHERE id = 'order-0'; orders",
        "approval; UPDATE approval SET facts = '{}' WHERE number = 100; open approvals",
        "approval; UPDATE approval SET status = 'ASLEEP' WHERE number = 100; open approvals",
        "approval; UPDATE approval_vote SET vote = '[]' WHERE approval_id LIKE '%0101'; open approvals",
        "alert_episode; UPDATE alert_episode SET progress = '{}' WHERE number = 1; open alerts",
        "alert_signal; UPDATE alert_signal SET signal = 'null' WHERE id = 'signal/fired'; signals",
        "silence; UPDATE silence SET facts = '{}'; silences",
        "schedule; UPDATE schedule SET facts = '{}'; schedules",
        "node; UPDATE node SET description = '{'; nodes",
        "node_life; UPDATE node_life SET standing = '{\"format\":3}' WHERE name = 'node-1'; lives",
        "node_life; UPDATE node_life SET sign = '' WHERE name = 'node-1'; lives",
        "node_flip; UPDATE node_flip SET after = 'ASLEEP' WHERE node = 'node-1'; history",
      })
  void isolation_oneUnreadableRowIsSetAsideAndTheOthersAreRead(
      String source, String statement, String lists) {
    Map<String, List<?>> before = StoredRows.lists(store);
    execute(statement);
    Map<String, List<?>> after = StoredRows.lists(store);
    Set<String> shorter = Set.of(lists.split(", "));
    before.forEach((what, rows) -> {
      if (shorter.contains(what)) {
        List<?> left = Objects.requireNonNull(after.get(what));
        assertThat(left.size()).as(what).isEqualTo(rows.size() - 1);
        assertThat(new ArrayList<Object>(rows)).as(what).containsAll(left);
      } else {
        assertThat(after.get(what)).as(what).usingRecursiveComparison().isEqualTo(rows);
      }
    });
    assertThat(setAside()).containsExactly(source);
    assertThat(StoredRows.lists(store)).usingRecursiveComparison().isEqualTo(after);
    assertThat(store.setAside().count()).isEqualTo(1);
    assertThat(check())
        .filteredOn(finding -> !finding.good())
        .singleElement()
        .satisfies(finding -> assertThat(finding.sentence()).contains(source));
  }

  @Test
  void isolation_unreadableItemsDoNotFillTheOutboxesTurn() {
    execute("UPDATE outbox SET item = 'x', urgency = 0 WHERE id <> 'outbound/message'");
    for (int turn = 0; turn < 10; turn++) {
      store.outbox().due(NOON, 1);
    }
    assertThat(store.outbox().due(NOON, 1))
        .extracting(Outbox.Item::id)
        .containsExactly("outbound/message");
    assertThat(store.outbox().nextAttempt(NOON)).isEmpty();
  }

  @Test
  void isolation_anItemThatIsDrawnAgainIsSentAgain() {
    execute("UPDATE outbox SET item = 'x' WHERE id = 'outbound/home'");
    store.outbox().due(NOON, 100);
    store.commit(
        new Change.PostMessage(
            "outbound/home", (Outbound) StoredSamples.value("outbound/home"), Urgency.NOW));
    assertThat(store.outbox().due(NOON, 100)).extracting(Outbox.Item::id).contains("outbound/home");
    store.close();
    store = open();
    assertThat(store.setAside().count()).isZero();
  }

  @Test
  void isolation_anItemThatBecameUnreadableAfterItWasSeenIsNotClaimed() {
    List<String> ids = store.outbox().due(NOON, 100).stream().map(Outbox.Item::id).toList();
    execute("UPDATE outbox SET item = 'x' WHERE id = 'outbound/home'");
    assertThat(store.outbox().claim("process-2", NOON, Duration.ofMinutes(1), ids))
        .hasSize(ids.size() - 1);
    assertThat(setAside()).containsExactly("outbox");
  }

  @Test
  void isolation_aFreezeThatCannotBeReadHoldsEverywhereForItsTime() {
    List<Freeze> before = store.freezes().all();
    execute("UPDATE declared_freeze SET facts = '{}' WHERE number = 1");
    Freeze unknown = store.freezes().all().getFirst();
    assertThat(unknown.scope().covers(new Planned.Subject("any", "app", "1"))).isTrue();
    assertThat(unknown.from()).isEqualTo(before.getFirst().from());
    assertThat(unknown.until()).isEqualTo(before.getFirst().until());
    assertThat(store.freezes().all()).hasSameSizeAs(before);
    assertThat(setAside()).containsExactly("declared_freeze");
  }

  @Test
  void isolation_nobodyConcludesThatAJobWithAnUnreadableRequestNeedsNone() {
    execute("UPDATE approval SET facts = '{}' WHERE number = 100");
    assertThatThrownBy(() -> store.approvals().byNumber(100)).isInstanceOf(UnreadableRow.class);
    assertThat(store.approvals().byNumber(101)).isPresent();
  }

  @Test
  void isolation_repliesToAJobThatCannotBeReadAreThoseToNone() {
    Job job = StoredRows.running();
    execute("UPDATE job SET facts = '{}' WHERE number = 1");
    assertThat(store.jobs().byRequest(job.id())).isEmpty();
    assertThat(store.jobs().find(job.id())).isEmpty();
    assertThat(store.jobs().find(SampleJobs.deploy(11, SampleJobs.THREAD, List.of("web1")).id()))
        .isPresent();
  }

  @Test
  void isolation_theWatchGoesOnWithoutIncidentsThatCannotBeRead() {
    execute("UPDATE watch SET incidents = '{'");
    assertThat(store.lives().watch())
        .hasValueSatisfying(watch -> assertThat(watch.incidents()).isEmpty());
    assertThat(setAside()).containsExactly("watch");
  }

  @Test
  void isolation_aNodeWhoseStateCannotBeReadIsWatchedFromItsBeginning() {
    execute("UPDATE node_life SET standing = '{' WHERE name = 'node-1'");
    assertThat(store.lives().all()).hasSize(NodeState.values().length - 1);
    store.commit(
        new Change.NodeChanged(
            new NodeTransition(Optional.empty(), Optional.of(StoredRows.life(NodeState.UP))),
            NOON));
    assertThat(store.lives().all()).hasSize(NodeState.values().length);
  }

  @Test
  void isolation_anAlertThatCannotBeReadIsInNobodysWay() {
    execute("UPDATE alert_episode SET progress = '{' WHERE number = 1");
    assertThat(store.alerts().open(StoredSamples.TOPIC)).isEmpty();
    AlertGroupState state = StoredSamples.EPISODE;
    store.commit(
        new Change.UpdateAlertGroup(
            Optional.empty(), new AlertGroup("episode-3", 3, StoredSamples.TOPIC, NOON, 0, state)));
    assertThat(store.alerts().open(StoredSamples.TOPIC)).isPresent();
    assertThat(store.alerts().firing(List.of("node_down:web1")).values())
        .doesNotContain("episode-1");
  }

  @Test
  void isolation_anAuditRowThatCannotBeReadIsShownAndBreaksTheChain() {
    execute("UPDATE audit SET more = '{' WHERE number = 2");
    assertThat(store.audit().newest(Optional.empty(), Optional.empty(), 10)).hasSize(2);
    assertThat(AuditChain.verify(store.audit(), Optional.empty()))
        .isInstanceOf(AuditChain.Verdict.Broken.class);
  }

  @Test
  void isolation_whatALaterVersionCanReadIsNotSetAsideAnyMore() {
    List<?> before = store.schedules().all();
    execute("UPDATE schedule SET facts = 'x' || facts");
    assertThat(store.schedules().all()).isEmpty();
    assertThat(store.setAside().count()).isEqualTo(1);
    store.close();
    execute("UPDATE schedule SET facts = substr(facts, 2)");
    store = open();
    assertThat(store.schedules().all()).isEqualTo(before);
    assertThat(store.setAside().count()).isZero();
  }

  @Test
  void isolation_aRowIsReportedOnceOverRestarts() {
    execute("UPDATE schedule SET facts = '{}'");
    store.schedules().all();
    store.commit(new Change.SetAsideReported(store.setAside().unreported(10)));
    assertThat(setAside()).isEmpty();
    store.close();
    store = open();
    store.schedules().all();
    assertThat(setAside()).isEmpty();
    assertThat(store.setAside().count()).isEqualTo(1);
  }
}
