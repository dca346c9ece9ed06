package dev.bandmaster.bot.job;

import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static dev.bandmaster.bot.job.SampleJobs.end;
import static dev.bandmaster.bot.job.SampleJobs.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.wire.FinalCode;
import dev.bandmaster.wire.ReplyBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets random things happen to random jobs and checks after each what must always hold. */
class JobWalkTest {
  private static final Logger LOG = LoggerFactory.getLogger(JobWalkTest.class);
  private static final int WALKS = 2_000;
  private static final int STEPS = 60;
  private static final List<String> EXPECTED = List.of("db1", "web1", "web2", "web3");
  private static final List<String> SPEAKERS = List.of("db1", "web1", "web2", "web3", "stranger");

  @Test
  void reliabilityR8_whateverHappensTheRulesHold() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    LOG.info("Random walks with -Dtest.seed={}", seed);
    Random random = new Random(seed);
    for (int walk = 0; walk < WALKS; walk++) {
      new Walk(random).run("seed " + seed + ", walk " + walk);
    }
  }

  /** One job's life. An agent that is started anew says LOST of what it did not finish. */
  private static final class Walk {
    private final Random random;
    private final Map<String, Integer> boots = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, List<JobEvent>> saidInThisBoot = new HashMap<>();
    private JobState state = JobState.queued(EXPECTED);
    private Instant now = NOON;
    private boolean deadlinePassed;

    Walk(Random random) {
      this.random = random;
    }

    void run(String where) {
      for (int step = 0; step < STEPS; step++) {
        now = now.plusMillis(random.nextInt(2_000) - 200L);
        String node = SPEAKERS.get(random.nextInt(SPEAKERS.size()));
        List<JobEvent> earlier = saidInThisBoot.getOrDefault(node, List.of());
        if (!earlier.isEmpty() && random.nextInt(4) == 0) {
          replay(earlier.get(random.nextInt(earlier.size())), where);
        } else {
          step(random.nextInt(10) < 8 ? speak(node) : happen(), where + ", step " + step);
        }
      }
      step(new JobEvent.DeadlinePassed(), where + ", at the end");
      assertThat(state.status().isFinal()).as(where).isTrue();
    }

    private void replay(JobEvent event, String where) {
      assertThat(JobMachine.apply(state, List.of(event), now))
          .as("%s: %s was seen before", where, event)
          .isEqualTo(state);
    }

    private void step(JobEvent event, String where) {
      JobState before = state;
      state = JobMachine.apply(before, List.of(event), now);
      deadlinePassed |= event instanceof JobEvent.DeadlinePassed;
      String what = where + ": " + event;
      before
          .nodes()
          .forEach((name, work) -> {
            NodeWork after = Objects.requireNonNull(state.nodes().get(name), name);
            if (isNodesOwnEnd(work.status())) {
              assertThat(after).as("%s: done stays done", what).isEqualTo(work);
            }
            if (event instanceof JobEvent.Replied(var reply) && !reply.node().equals(name)) {
              assertThat(after).as("%s: nobody else's affair", what).isEqualTo(work);
            }
            if (work.status().isFinal()) {
              assertThat(after.status().isFinal()).as("%s: no way back", what).isTrue();
            }
          });
      boolean allDone = state.nodes().values().stream().allMatch(work -> work.status().isFinal());
      assertThat(state.status().isFinal()).as(what).isEqualTo(allDone);
      assertThat(state.ended().isPresent()).as(what).isEqualTo(allDone);
      assertThat(allDone || !deadlinePassed)
          .as("%s: after the deadline all is final", what)
          .isTrue();
      before.ended().ifPresent(ended -> assertThat(state.ended()).as(what).contains(ended));
      assertThat(state.status() == JobStatus.SUCCEEDED)
          .as(what)
          .isEqualTo(allDone && state.count(NodeStatus.OK) == state.nodes().size());
    }

    private static boolean isNodesOwnEnd(NodeStatus status) {
      return status.isFinal() && status != NodeStatus.NO_ANSWER && status != NodeStatus.UNROUTABLE;
    }

    private JobEvent happen() {
      return switch (random.nextInt(8)) {
        case 0 -> new JobEvent.Unroutable("nobody listens");
        case 1 -> new JobEvent.DeadlinePassed();
        case 2, 3 -> new JobEvent.Delayed("the broker is away");
        case 4 -> new JobEvent.Dispatched(List.of("web3", "nobody"));
        default -> new JobEvent.Dispatched(List.of());
      };
    }

    private JobEvent speak(String node) {
      boolean restarted = random.nextInt(30) == 0;
      if (restarted) {
        boots.merge(node, 1, Integer::sum);
        sequences.remove(node);
        saidInThisBoot.remove(node);
      }
      long sequence = sequences.merge(node, 1L + random.nextInt(2), Long::sum);
      ReplyBody body = restarted ? end(FinalCode.LOST, "restarted") : body();
      JobEvent event = said(node, "boot-" + boots.getOrDefault(node, 0), sequence, body);
      saidInThisBoot.computeIfAbsent(node, fresh -> new ArrayList<>()).add(event);
      return event;
    }

    private ReplyBody body() {
      FinalCode[] codes = FinalCode.values();
      return switch (random.nextInt(8)) {
        case 0 -> new ReplyBody.Accepted();
        case 1 -> new ReplyBody.Started();
        case 2 -> new ReplyBody.Progress("fetch", "done");
        case 3, 4 -> new ReplyBody.Output("stdout", "line\n");
        case 5 -> new ReplyBody.Heartbeat();
        case 6 -> end(FinalCode.OK, "done");
        default -> end(codes[random.nextInt(codes.length)], "it ended");
      };
    }
  }
}
