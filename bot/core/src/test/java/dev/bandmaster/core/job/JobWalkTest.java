package dev.bandmaster.core.job;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.job.Wave.Kind;
import dev.bandmaster.core.job.Wave.Phase;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Rollout.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets random things happen to random jobs and checks after each what must always hold. */
class JobWalkTest {
  private static final Logger LOG = LoggerFactory.getLogger(JobWalkTest.class);
  private static final int WALKS = 3_000;
  private static final int STEPS = 80;
  private static final String[] NODES = {"db1", "web1", "web2", "web3"};

  @Test
  void reliabilityR8_whateverHappensTheRulesHold() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    LOG.info("Random walks with -Dtest.seed={}", seed);
    Random random = new Random(seed);
    for (int walk = 0; walk < WALKS; walk++) {
      new Walk(random, "seed " + seed + ", walk " + walk).run();
    }
  }

  /** One job's life. An agent that is restarted says LOST of what it did not finish. */
  private static final class Walk {
    private final Random random;
    private final String where;
    private final Map<String, Integer> boots = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<JobEvent> replies = new ArrayList<>();
    private final Set<String> sent = new HashSet<>();
    private final boolean once;
    private Job job;
    private Instant now = NOON;
    private int orders;

    Walk(Random random, String where) {
      this.random = random;
      this.where = where;
      this.once = random.nextInt(3) == 0;
      this.job = once ? SampleJobs.ping(1, NODES) : SampleJobs.rollout(1, rollout(), NODES);
      job.state().waves().stream()
          .filter(Wave::isUnderWay)
          .forEach(wave -> sent.add(wave.request()));
    }

    private Rollout rollout() {
      return new Rollout(
          new Size(random.nextInt(2), false),
          new Size(1 + random.nextInt(4), false),
          Duration.ofSeconds(random.nextInt(3) * 5L),
          new Size(random.nextInt(3), false),
          random.nextBoolean()
              ? Optional.empty()
              : Optional.of(new Rollout.Check("deploy", "status", Data.Fields.EMPTY)));
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        now = now.plusMillis(random.nextInt(4_000) - 200L);
        String node = NODES[random.nextInt(NODES.length)];
        step(random.nextInt(10) < 7 ? speak(node) : happen(), "step " + step);
        if (!replies.isEmpty() && random.nextInt(4) == 0) {
          replay(replies.get(random.nextInt(replies.size())));
        }
      }
      bringToAnEnd();
    }

    /** Whatever state it is in: time, and a person who goes on, end every job. */
    private void bringToAnEnd() {
      step(new JobEvent.SlotTaken(), "the slot, at last");
      for (int i = 0; i < 30 && !job.state().status().isFinal(); i++) {
        now = now.plus(Duration.ofMinutes(2));
        step(new JobEvent.TimePassed(), "time " + i);
        step(new JobEvent.Resume("Ann"), "a person " + i);
      }
      assertThat(job.state().status().isFinal()).as(where).isTrue();
    }

    /** A reply that was seen before changes nothing, unless it was too early to be received. */
    private void replay(JobEvent event) {
      JobState once = JobMachine.apply(job.state(), job.rules(), List.of(event), now).state();
      JobState twice = JobMachine.apply(once, job.rules(), List.of(event), now).state();
      assertThat(twice).as("%s: %s twice", where, event).isEqualTo(once);
    }

    private void step(JobEvent event, String step) {
      JobState before = job.state();
      JobMachine.Advanced advanced = JobMachine.apply(before, job.rules(), List.of(event), now);
      JobState after = advanced.state();
      String what = where + ", " + step + ": " + event;
      for (JobEffect effect : advanced.effects()) {
        if (effect instanceof JobEffect.Send(Wave wave)) {
          assertThat(sent.add(wave.request())).as("%s: sent twice", what).isTrue();
          assertThat(wave.phase()).as(what).isEqualTo(Phase.SENDING);
          assertThat(wave.deadline()).as(what).isPresent();
          assertThat(before.hasSlot() || after.hasSlot()).as(what).isTrue();
        }
      }
      long busy =
          after.waves().stream()
              .filter(wave -> wave.isUnderWay() && wave.kind() != Kind.CANCEL)
              .count();
      assertThat(busy).as("%s: one wave at a time", what).isLessThanOrEqualTo(1);
      nodes(before, after, event, what);
      ends(before, after, what);
      job = job.with(after);
    }

    private void nodes(JobState before, JobState after, JobEvent event, String what) {
      before
          .nodes()
          .forEach((name, work) -> {
            NodeWork later = Objects.requireNonNull(after.nodes().get(name), name);
            boolean retried = event instanceof JobEvent.RetryFailed;
            boolean checked =
                work.status() == NodeStatus.OK && later.status() == NodeStatus.FAILED && !once;
            if (isNodesOwnEnd(work) && !retried && !checked) {
              assertThat(later.status())
                  .as("%s: %s done stays done", what, name)
                  .isEqualTo(work.status());
            }
            if (work.status().isFinal() && !retried) {
              assertThat(later.status().isFinal()).as("%s: no way back", what).isTrue();
            }
            assertThat(later.output().length())
                .as("%s: nothing printed is lost", what)
                .isGreaterThanOrEqualTo(work.output().length());
          });
    }

    private void ends(JobState before, JobState after, String what) {
      boolean allDone = after.nodes().values().stream().allMatch(work -> work.status().isFinal());
      if (after.status().isFinal()) {
        assertThat(allDone).as(what).isTrue();
        assertThat(after.waves()).as(what).noneMatch(wave -> wave.phase() == Phase.PLANNED);
      }
      assertThat(after.ended().isPresent()).as(what).isEqualTo(after.status().isFinal());
      before.ended().ifPresent(ended -> assertThat(after.ended()).as(what).contains(ended));
      if (before.status().isFinal()) {
        assertThat(after.status().isFinal()).as("%s: an end is an end", what).isTrue();
      }
      assertThat(after.status() == JobStatus.SUCCEEDED)
          .as(what)
          .isEqualTo(
              after.status().isFinal() && after.count(NodeStatus.OK) == after.nodes().size());
      if (!after.status().isFinal() && after.waves().stream().anyMatch(Wave::isUnderWay)) {
        assertThat(JobMachine.nextTimer(after)).as("%s: time will tell", what).isPresent();
      }
    }

    private static boolean isNodesOwnEnd(NodeWork work) {
      return switch (work.status()) {
        case WAITING, RUNNING, NO_ANSWER, UNROUTABLE, LOST -> false;
        default -> true;
      };
    }

    private String request() {
      List<Wave> waves = job.state().waves();
      return waves.get(random.nextInt(waves.size())).request();
    }

    private JobEvent happen() {
      return switch (random.nextInt(14)) {
        case 0 -> new JobEvent.Unroutable(request(), "no agent is listening");
        case 1 -> new JobEvent.TimePassed();
        case 2 -> new JobEvent.Delayed(request(), "the broker is away");
        case 3 -> new JobEvent.Dispatched(request(), List.of("web3", "nobody"));
        case 4 -> new JobEvent.Pause("Ann");
        case 5 -> new JobEvent.Resume("Ann");
        case 6 ->
            new JobEvent.RetryFailed("Ann", List.of("retry-" + orders++, "retry-" + orders++));
        case 7 ->
            random.nextInt(6) == 0
                ? new JobEvent.Cancel("Ann", "stop-" + orders++)
                : new JobEvent.TakenUp();
        case 8, 9 -> new JobEvent.SlotTaken();
        case 10 -> new JobEvent.Blocked("Waits for job 7.");
        default -> new JobEvent.Dispatched(request(), List.of());
      };
    }

    private JobEvent speak(String node) {
      boolean restarted = random.nextInt(30) == 0;
      if (restarted) {
        boots.merge(node, 1, Integer::sum);
        sequences.remove(node);
      }
      long sequence = sequences.merge(node, 1L + random.nextInt(2), Long::sum);
      ReportBody body = restarted ? end(FinalCode.LOST, "restarted") : body();
      JobEvent event = said(request(), node, "boot-" + boots.getOrDefault(node, 0), sequence, body);
      replies.add(event);
      return event;
    }

    private ReportBody body() {
      FinalCode[] codes = FinalCode.values();
      return switch (random.nextInt(8)) {
        case 0 -> new ReportBody.Accepted(Duration.ofSeconds(1 + random.nextInt(30)));
        case 1 -> new ReportBody.Started();
        case 2 -> new ReportBody.Progress("fetch", "done");
        case 3, 4 -> new ReportBody.Output("stdout", "line\n");
        case 5 -> new ReportBody.Heartbeat();
        case 6 -> end(FinalCode.OK, "done");
        default -> end(codes[random.nextInt(codes.length)], "it ended");
      };
    }
  }
}
