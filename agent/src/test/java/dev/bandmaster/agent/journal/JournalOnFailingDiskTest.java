package dev.bandmaster.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bandmaster.agent.journal.FailingDisk.Fault;
import dev.bandmaster.agent.journal.JournalEntry.State;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.Target;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A disk that fails at each step there is: the journal never promises what it cannot keep. */
final class JournalOnFailingDiskTest {
  private static final Logger log = LoggerFactory.getLogger(JournalOnFailingDiskTest.class);
  private static final Path FILE = Path.of("state", "journal", "journal");
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final ReportBody.Final END =
      new ReportBody.Final(FinalCode.OK, "done", 0, Data.none());

  /** Small, so that the journal is rewritten all the time. */
  private static final int REWRITE_AFTER = 3;

  /** What the callers of a journal were told. */
  private static final class Answers {
    private final Map<String, State> certain = new HashMap<>();

    /** Known to the journal from now on, on the disk with the next write that works. */
    private final Map<String, State> later = new HashMap<>();

    /** Refused, and perhaps on the disk until the next write that works. */
    private final Set<String> refused = new HashSet<>();

    private final Set<String> refusedForGood = new HashSet<>();

    private void written() {
      certain.putAll(later);
      later.clear();
      refusedForGood.addAll(refused);
      refused.clear();
    }
  }

  private Answers answers = new Answers();
  private int ids;

  static Stream<Arguments> failurePoints() {
    List<Arguments> points = new ArrayList<>();
    for (String step : List.of("create", "write", "sync", "replace", "syncDirectory", "close")) {
      for (Fault fault : List.of(Fault.BEFORE, Fault.AFTER, Fault.HALF)) {
        for (int occurrence = 1; occurrence <= 6; occurrence++) {
          for (int times : new int[] {1, 2, 5}) {
            points.add(Arguments.of(step, fault, occurrence, times));
          }
        }
      }
    }
    return points.stream();
  }

  @ParameterizedTest
  @MethodSource("failurePoints")
  void isolation_atEachPointOfFailureARequestIsKeptOrRefusedTruthfully(
      String step, Fault fault, int occurrence, int times) throws IOException {
    for (int seed = 0; seed < 4; seed++) {
      answers = new Answers();
      FailingDisk disk = new FailingDisk();
      Journal journal = open(disk);
      AtomicInteger count = new AtomicInteger();
      disk.fail(name -> {
        boolean now =
            name.equals(step)
                && count.incrementAndGet() >= occurrence
                && count.get() < occurrence + times;
        return now ? fault : Fault.NONE;
      });
      for (int request = 0; request < 12; request++) {
        String id = accept(journal);
        finish(journal, id);
        reported(journal, id);
        check(journal, disk, new SplittableRandom(seed));
      }
      disk.fail(name -> Fault.NONE);
      assertThat(known(journal, accept(journal))).as("the disk works again").isTrue();
      check(journal, disk, new SplittableRandom(seed));
    }
  }

  @Test
  void isolation_aRewriteThatFailsForEverRefusesNoRequest() throws IOException {
    FailingDisk disk = new FailingDisk();
    Journal journal = open(disk);
    disk.fail(name -> name.equals("create") ? Fault.BEFORE : Fault.NONE);
    for (int request = 0; request < 50; request++) {
      accept(journal);
      check(journal, disk, new SplittableRandom(request));
    }
    assertThat(answers.certain).hasSize(50);
    disk.fail(name -> Fault.NONE);
    accept(journal);
    check(journal, disk, new SplittableRandom(1));
  }

  @Test
  void isolation_anEndThatTheDiskDidNotTakeIsKnownAndWrittenLater() throws IOException {
    FailingDisk disk = new FailingDisk();
    Journal journal = open(disk);
    String id = accept(journal);
    disk.fail(name -> Fault.BEFORE);
    finish(journal, id);
    assertThat(journal.find(id).orElseThrow().state()).isEqualTo(State.FINISHED);

    disk.fail(name -> Fault.NONE);
    journal.repair();
    answers.written();

    assertThat(answers.certain).containsEntry(id, State.FINISHED);
    check(journal, disk, new SplittableRandom(1));
  }

  @Test
  void isolation_walk() throws IOException {
    for (int walk = 0; walk < 200; walk++) {
      long seed = new SplittableRandom().nextLong();
      log.info("seed {}", seed);
      try {
        walk(new SplittableRandom(seed));
      } catch (AssertionError | IOException e) {
        throw new AssertionError("seed " + seed, e);
      }
      answers = new Answers();
    }
  }

  private void walk(SplittableRandom random) throws IOException {
    FailingDisk disk = new FailingDisk();
    Journal journal = open(disk);
    List<String> open = new ArrayList<>();
    for (int step = 0; step < 120; step++) {
      int percent = random.nextInt(3) == 0 ? 40 : 5;
      SplittableRandom chance = random.split();
      disk.fail(name ->
          chance.nextInt(100) < percent
              ? List.of(Fault.values()).get(chance.nextInt(4))
              : Fault.NONE);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> open.add(accept(journal));
        case 3, 4 -> {
          if (!open.isEmpty()) {
            finish(journal, open.get(random.nextInt(open.size())));
          }
        }
        case 5 -> {
          if (!open.isEmpty()) {
            reported(journal, open.get(random.nextInt(open.size())));
          }
        }
        case 6 -> {
          try {
            journal.repair();
            answers.written();
          } catch (IOException failed) {
            assertThat(failed).hasMessageContaining("on purpose");
          }
        }
        default -> {
          disk.fail(name -> Fault.NONE);
          check(journal, disk, random);
          if (random.nextInt(3) == 0) {
            disk = disk.crash(random);
            journal = open(disk);
            // What a crash leaves open is decided by what was found.
            forgetWhatIsDecided(journal);
          }
        }
      }
    }
  }

  private void forgetWhatIsDecided(Journal journal) {
    answers.later.clear();
    answers.refused.clear();
    answers.certain.replaceAll((id, state) -> journal.find(id).orElseThrow().state());
  }

  private String accept(Journal journal) {
    ids++;
    String id = "r" + ids;
    try {
      assertThat(journal.accept(request(id))).isEmpty();
      answers.written();
      answers.certain.put(id, State.ACCEPTED);
    } catch (IOException refusal) {
      answers.refused.add(id);
    }
    return id;
  }

  private void finish(Journal journal, String id) {
    if (!known(journal, id) || journal.find(id).orElseThrow().state() != State.ACCEPTED) {
      return;
    }
    try {
      answers.later.put(id, State.FINISHED);
      journal.finish(id, END);
      answers.written();
    } catch (IOException notYet) {
      assertThat(notYet).hasMessageContaining("on purpose");
    }
  }

  private void reported(Journal journal, String id) {
    if (!known(journal, id) || journal.find(id).orElseThrow().state() != State.FINISHED) {
      return;
    }
    try {
      answers.later.put(id, State.REPORTED);
      journal.reported(id);
      answers.written();
    } catch (IOException notYet) {
      assertThat(notYet).hasMessageContaining("on purpose");
    }
  }

  private static boolean known(Journal journal, String id) {
    return journal.find(id).isPresent();
  }

  /** What the journal says now, and what it would say after a loss of power at this moment. */
  private void check(Journal journal, FailingDisk disk, SplittableRandom random)
      throws IOException {
    answers.certain.forEach((id, state) -> assertThat(journal.find(id)).as(id).isPresent());
    answers.later.forEach(
        (id, state) -> assertThat(journal.find(id).orElseThrow().state()).as(id).isEqualTo(state));
    answers.refused.forEach(id -> assertThat(journal.find(id)).as(id).isEmpty());

    Journal next = open(disk.crash(random));
    answers.certain.forEach((id, state) -> {
      JournalEntry found = next.find(id).orElseThrow(() -> new AssertionError(id + " is lost"));
      if (answers.later.containsKey(id)) {
        assertThat(found.state()).as(id).isGreaterThanOrEqualTo(state);
      } else {
        assertThat(found.state()).as(id).isEqualTo(state);
      }
    });
    answers.refusedForGood.forEach(
        id -> assertThat(next.find(id)).as(id + " was refused").isEmpty());
  }

  private static Journal open(FailingDisk disk) throws IOException {
    return new Journal(FILE, disk, REWRITE_AFTER, InstantSource.fixed(NOON));
  }

  private static Request request(String id) {
    return new Request(
        id,
        id,
        NOON,
        Duration.ofSeconds(60),
        NOON.plusSeconds(60),
        "bot-1",
        new Caller("slack:T1:U1", "ann", "C1", List.of(), List.of()),
        "main",
        new Target.Nodes(List.of("web1")),
        "adhoc",
        "command",
        JsonNodeFactory.instance.objectNode(),
        Delivery.LIVE,
        "bot-1",
        "");
  }
}
