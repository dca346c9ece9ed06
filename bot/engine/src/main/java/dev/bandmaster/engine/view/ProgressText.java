package dev.bandmaster.engine.view;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.model.NodeSet;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Planned.Difference;
import dev.bandmaster.plugin.Spans;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a job is, in words: how many nodes are done, for how long it runs, what comes next.
 *
 * @param now when it is shown
 */
record ProgressText(Job job, Instant now) {

  /** Cells of the bar: as many as a phone shows in one line beside the words. */
  private static final int BAR = 10;

  /** A wait that is shorter is given as a length; a longer one by the time at which it ends. */
  private static final Duration SOON = Duration.ofSeconds(90);

  private JobState state() {
    return job.state();
  }

  /** The bar and the numbers. */
  Text line() {
    String numbers = String.join(" · ", numbers());
    return isBarShown() ? Text.plain(bar() + "  " + numbers) : Text.plain(numbers);
  }

  /** One node needs no bar, and work that has not begun has none yet. */
  private boolean isBarShown() {
    return state().nodes().size() > 1 && hasBegun();
  }

  private boolean hasBegun() {
    return state().dispatched().isPresent()
        || state().status().isFinal()
        || state().nodes().values().stream().anyMatch(work -> work.status() != NodeStatus.WAITING);
  }

  /** Green is what succeeded, red what failed, white what is still to come. */
  private String bar() {
    int all = state().nodes().size();
    long good = state().count(NodeStatus.OK);
    long bad = failed() + silent() + lost();
    int red = bad == 0 ? 0 : (int) Math.max(1, BAR * bad / all);
    boolean isWhole = good > 0 && good + bad == all;
    int green = (int) (isWhole ? BAR - red : Math.min(BAR * good / all, BAR - red));
    if (green == 0 && good > 0 && red > 1) {
      green++;
      red--;
    }
    return "🟩".repeat(green) + "🟥".repeat(red) + "⬜".repeat(BAR - green - red);
  }

  private List<String> numbers() {
    List<String> words = new ArrayList<>();
    int all = state().nodes().size();
    long good = state().count(NodeStatus.OK);
    long cancelled = state().count(NodeStatus.CANCELLED);
    boolean over = state().status().isFinal();
    if (over && good == all) {
      words.add(nodes(all));
    } else if (over) {
      words.add("%d of %s succeeded".formatted(good, nodes(all)));
    } else if (!hasBegun()) {
      words.add(nodes(all) + ", not started yet");
    } else {
      words.add("%d of %s done".formatted(state().done(), nodes(all)));
    }
    add(words, failed(), "failed");
    add(words, lost(), "lost");
    add(words, silent(), "silent");
    add(words, cancelled, "cancelled");
    if (over) {
      duration().ifPresent(words::add);
      batches().ifPresent(words::add);
    } else {
      batch().ifPresent(words::add);
      duration().ifPresent(words::add);
    }
    return words;
  }

  private static String nodes(int count) {
    return count == 1 ? "1 node" : count + " nodes";
  }

  private static void add(List<String> words, long count, String what) {
    if (count > 0) {
      words.add(count + " " + what);
    }
  }

  private long silent() {
    return state().count(NodeStatus.NO_ANSWER) + state().count(NodeStatus.UNROUTABLE);
  }

  private long lost() {
    return state().count(NodeStatus.LOST);
  }

  private long failed() {
    return state().done()
        - state().count(NodeStatus.OK)
        - state().count(NodeStatus.CANCELLED)
        - silent()
        - lost();
  }

  /** Which batch is under way, where there are several. */
  private Optional<String> batch() {
    int all = state().steps().size();
    return all < 2 || state().step() == 0
        ? Optional.empty()
        : Optional.of("batch " + state().step() + " of " + all);
  }

  /** In how many batches it was done, where there were several. */
  private Optional<String> batches() {
    int all = state().steps().size();
    return batch()
        .map(_ ->
            state().step() == all
                ? all + " batches"
                : "%d of %d batches".formatted(state().step(), all));
  }

  /** How long it took, or for how long it runs; nothing if the clock was set back meanwhile. */
  private Optional<String> duration() {
    Optional<Duration> length =
        state()
            .dispatched()
            .map(from -> Duration.between(from, state().ended().orElse(now)))
            .filter(taken -> !taken.isNegative());
    if (state().status().isFinal()) {
      return length.map(taken -> "took " + Spans.words(taken));
    }
    return length
        .filter(taken -> taken.toSeconds() > 0)
        .map(taken -> "running for " + Spans.words(Duration.ofSeconds(taken.toSeconds())));
  }

  /** What happens next, where it is not plain: a check, or a batch that waits for its time. */
  Optional<Text> next() {
    if (state().status() != JobStatus.RUNNING || state().held()) {
      return Optional.empty();
    }
    boolean checks =
        state().waves().stream()
            .anyMatch(wave -> wave.kind() == Wave.Kind.CHECK && isUnderWay(wave));
    if (checks) {
      return Optional.of(Text.plain("Checking the health of batch " + state().step() + "."));
    }
    return state().resumes().filter(now::isBefore).flatMap(this::nextBatch);
  }

  private static boolean isUnderWay(Wave wave) {
    return wave.phase() == Wave.Phase.SENDING || wave.phase() == Wave.Phase.RUNNING;
  }

  private Optional<Text> nextBatch(Instant at) {
    return state().steps().stream()
        .filter(wave -> wave.phase() == Wave.Phase.PLANNED)
        .findFirst()
        .map(wave -> {
          Text next =
              Text.plain("Next: batch %d of %d, ".formatted(state().step() + 1, steps()))
                  .code(JobRenderer.shortened(NodeSet.fold(wave.nodes())));
          Duration left = Duration.between(now, at);
          return left.compareTo(SOON) < 0
              ? next.and(" in " + Spans.words(Duration.ofSeconds(left.toSeconds() + 1)) + ".")
              : next.and(" at ").time(at).and(".");
        });
  }

  private int steps() {
    return state().steps().size();
  }

  /** What runs now against what is to run; at the end, what was changed where it succeeded. */
  List<String> differences() {
    List<Difference> planned = job.work().differences();
    return DifferenceText.of(
        state().status().isFinal()
            ? planned.stream().flatMap(each -> changed(each).stream()).toList()
            : planned);
  }

  private Optional<Difference> changed(Difference planned) {
    List<String> good =
        planned.nodes().stream()
            .filter(node -> {
              NodeWork work = state().nodes().get(node);
              return work != null && work.status() == NodeStatus.OK;
            })
            .toList();
    return good.isEmpty()
        ? Optional.empty()
        : Optional.of(new Difference(good, planned.from(), planned.to()));
  }
}
