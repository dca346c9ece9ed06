package dev.bandmaster.engine.outbox;

import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.Outbox.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose turn it is where a limit is shared by many channels. The urgent goes first; among equals
 * the channel that had the least lately. A channel that had its share counts as less urgent by one
 * step for each further share, and now and then it is the turn of the channel that had the least;
 * so however much of the most urgent waits for some, every other one gets its turn.
 */
final class Turns {

  /** Sendings of one lane after which its items count as less urgent by one step. */
  static final int SHARE = 10;

  /** After so long half of what a lane had is forgotten. */
  static final Duration HALF = Duration.ofSeconds(30);

  /** Of so many turns one does not ask for urgency. */
  static final int EVERY = 4;

  private static final int MOST_LANES = 2_000;

  private final Map<Lane, Used> lanes =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Lane, Used> eldest) {
          return size() > MOST_LANES;
        }
      };

  private long taken;

  /** What a lane had lately. */
  private record Used(double count, Instant at) {
    double at(Instant now) {
      double halves = Duration.between(at, now).toMillis() / (double) HALF.toMillis();
      return count * Math.pow(0.5, Math.max(halves, 0));
    }
  }

  private record Turn(Outbox.Item item, int step, double used) {}

  /** The items in the order in which they should be sent; those of one lane keep theirs. */
  List<Outbox.Item> inOrder(List<Outbox.Item> due, Instant now) {
    Map<Lane, Integer> places = new HashMap<>();
    List<Turn> turns = new ArrayList<>();
    for (Outbox.Item item : due) {
      Lane lane = Lane.of(item);
      int place = places.merge(lane, 1, Integer::sum) - 1;
      double used = used(lane, now) + place;
      turns.add(new Turn(item, item.urgency().rank() + (int) (used / SHARE), used));
    }
    List<Turn> byUrgency =
        turns.stream()
            .sorted(Comparator.comparingInt(Turn::step).thenComparingDouble(Turn::used))
            .toList();
    List<Turn> byUse = turns.stream().sorted(Comparator.comparingDouble(Turn::used)).toList();
    return merged(byUrgency, byUse);
  }

  /** Each {@link #EVERY}th turn is for the lane that had the least, however urgent others are. */
  private List<Outbox.Item> merged(List<Turn> byUrgency, List<Turn> byUse) {
    Set<Turn> merged = new LinkedHashSet<>();
    Iterator<Turn> urgent = byUrgency.iterator();
    Iterator<Turn> least = byUse.iterator();
    while (merged.size() < byUrgency.size()) {
      Iterator<Turn> next = (taken + merged.size()) % EVERY == EVERY - 1 ? least : urgent;
      boolean isNew = false;
      while (!isNew && next.hasNext()) {
        isNew = merged.add(next.next());
      }
    }
    return merged.stream().map(Turn::item).toList();
  }

  private double used(Lane lane, Instant now) {
    Used used = lanes.get(lane);
    return used == null ? 0 : used.at(now);
  }

  /** An item is being sent. */
  void took(Outbox.Item item, Instant now) {
    Lane lane = Lane.of(item);
    lanes.put(lane, new Used(used(lane, now) + 1, now));
    taken++;
  }
}
