package dev.bandmaster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.core.testing.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

class GroupWriterTest {
  @TempDir Path folder;

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch gate = new CountDownLatch(1);
  private GroupWriter writer;

  @BeforeEach
  void open() {
    SQLiteConfig settings = new SQLiteConfig();
    settings.enforceForeignKeys(true);
    writer =
        GroupWriter.start(() -> settings.createConnection("jdbc:sqlite:" + folder.resolve("a.db")));
    writer.run(handle ->
        handle.execute("CREATE TABLE word (text TEXT PRIMARY KEY, after TEXT REFERENCES word)"));
  }

  @AfterEach
  void close() {
    gate.countDown();
    callers.close();
    writer.close();
  }

  private static int insert(Handle handle, String word) {
    return handle.execute("INSERT INTO word (text) VALUES (?)", word);
  }

  private List<String> words() {
    return writer.run(handle ->
        handle.createQuery("SELECT text FROM word ORDER BY text").mapTo(String.class).list());
  }

  /** Keeps the writer busy, so that what comes meanwhile is one group. */
  private Future<Integer> holdUp() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Future<Integer> first =
        callers.submit(() ->
            writer.run(handle -> {
              begun.countDown();
              pass();
              return insert(handle, "first");
            }));
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    return first;
  }

  private void pass() {
    try {
      assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatFailsFailsAloneAndLeavesNothing() throws Exception {
    Future<Integer> first = holdUp();
    Future<Integer> good = callers.submit(() -> writer.run(handle -> insert(handle, "good")));
    Future<Integer> late =
        callers.submit(() ->
            writer.run(handle -> {
              insert(handle, "late");
              throw new StoreConflict("Somebody was quicker.");
            }));
    Future<Integer> broken =
        callers.submit(() ->
            writer.run(handle -> {
              insert(handle, "broken");
              return insert(handle, "broken");
            }));
    Await.until("they wait for their group", () -> writer.waiting() == 3);
    gate.countDown();
    assertThat(first.get()).isEqualTo(1);
    assertThat(good.get()).isEqualTo(1);
    assertThatThrownBy(late::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isExactlyInstanceOf(StoreConflict.class)
        .hasMessage("Somebody was quicker.");
    assertThatThrownBy(broken::get)
        .cause()
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("UNIQUE");
    assertThat(words()).containsExactly("first", "good");
  }

  @Test
  void aCommitThatFailsFailsTheWholeGroupAndTheNextGroupIsWritten() throws Exception {
    Future<Integer> first = holdUp();
    List<Future<Integer>> group = new ArrayList<>();
    group.add(callers.submit(() -> writer.run(handle -> insert(handle, "innocent"))));
    group.add(
        callers.submit(() ->
            writer.run(handle -> {
              // Looked at when the transaction is committed, not before.
              handle.execute("PRAGMA defer_foreign_keys = ON");
              return handle.execute("INSERT INTO word VALUES ('orphan', 'nobody')");
            })));
    Await.until("they wait for their group", () -> writer.waiting() == 2);
    gate.countDown();
    assertThat(first.get()).isEqualTo(1);
    for (Future<Integer> one : group) {
      assertThatThrownBy(one::get).cause().isInstanceOf(StoreUnavailable.class);
    }
    assertThat(writer.<Integer>run(handle -> insert(handle, "next"))).isEqualTo(1);
    assertThat(words()).containsExactly("first", "next");
  }

  @Test
  void whatCameBeforeTheEndIsWrittenAndWhatComesAfterIsRefused() throws Exception {
    Future<Integer> first = holdUp();
    Future<Integer> second = callers.submit(() -> writer.run(handle -> insert(handle, "second")));
    Await.until("it waits for its group", () -> writer.waiting() == 1);
    gate.countDown();
    writer.close();
    assertThat(first.get()).isEqualTo(1);
    assertThat(second.get()).isEqualTo(1);
    assertThatThrownBy(() -> writer.run(handle -> insert(handle, "third")))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("closed");
  }

  @Test
  void whoIsInterruptedStillLearnsWhetherItWasKept() {
    Thread.currentThread().interrupt();
    assertThat(writer.<Integer>run(handle -> insert(handle, "kept"))).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(words()).containsExactly("kept");
  }
}
