package dev.bandmaster.plugin;

import dev.bandmaster.model.Data;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * In which steps nodes get their work. After each step but the last the rollout looks: if too many
 * nodes failed, or do not stand the check, it stops and waits for a person.
 *
 * @param canary nodes of the first step, or none for a first step like the others
 * @param batch nodes of each further step
 * @param pause how long to wait and see after each step
 * @param failures how many nodes may fail before it stops
 * @param check what is asked of a step's nodes after the pause; the one that does not answer it
 *     with success counts as failed
 */
public record Rollout(
    Size canary, Size batch, Duration pause, Size failures, Optional<Check> check) {

  /** All nodes in one step. */
  public static final Rollout AT_ONCE =
      new Rollout(Size.NONE, Size.ALL, Duration.ZERO, Size.NONE, Optional.empty());

  /** Most steps of a rollout; anyone who wants more wants another tool. */
  public static final int MOST_STEPS = 1_000;

  /** A question to nodes that changes nothing. */
  public record Check(String capability, String action, Data.Fields arguments) {}

  /**
   * A number of nodes, as such or as a part of all.
   *
   * @param amount not negative; of percent at most 100
   */
  public record Size(int amount, boolean isPercent) {
    public static final Size NONE = new Size(0, false);
    public static final Size ALL = new Size(100, true);

    public Size {
      if (amount < 0 || (isPercent && amount > 100)) {
        throw new IllegalArgumentException("no number of nodes: " + amount);
      }
    }

    /** How many of so many nodes; a part is rounded down. */
    public int of(int all) {
      return isPercent ? (int) ((long) all * amount / 100) : amount;
    }

    @Override
    public String toString() {
      return isPercent ? amount + "%" : Integer.toString(amount);
    }
  }

  /**
   * The nodes step by step. A step has at least one node, and no more than {@value #MOST_STEPS}
   * steps are made: of a very large fleet the steps become larger.
   */
  public List<List<String>> steps(List<String> nodes) {
    List<List<String>> steps = new ArrayList<>();
    int all = nodes.size();
    int at = 0;
    if (canary.amount() > 0 && all > 1) {
      at = Math.clamp(canary.of(all), 1, all);
      steps.add(List.copyOf(nodes.subList(0, at)));
    }
    int size = batchOf(all);
    while (at < all) {
      int end = Math.min(at + size, all);
      steps.add(List.copyOf(nodes.subList(at, end)));
      at = end;
    }
    return List.copyOf(steps);
  }

  private int batchOf(int all) {
    return Math.max(Math.max(batch.of(all), 1), (all + MOST_STEPS - 1) / MOST_STEPS);
  }

  /** How many of so many nodes the largest step has at most. */
  public int widest(int all) {
    return Math.clamp(Math.max(canary.of(all), batchOf(all)), 1, Math.max(all, 1));
  }

  /**
   * The same rollout with steps of at most so many nodes; not for more than {@value #MOST_STEPS}
   * such steps.
   */
  public Rollout atMost(int nodes, int all) {
    Size most = new Size(nodes, false);
    return new Rollout(
        canary.of(all) > nodes ? most : canary,
        batch.of(all) > nodes ? most : batch,
        pause,
        failures,
        check);
  }
}
