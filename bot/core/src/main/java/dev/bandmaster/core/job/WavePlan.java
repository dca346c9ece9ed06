package dev.bandmaster.core.job;

import dev.bandmaster.core.job.Wave.Kind;
import dev.bandmaster.core.job.Wave.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A job's waves in their order, under change; lives as long as the draft it belongs to. */
final class WavePlan {
  private final List<Wave> waves;
  private final Map<String, Integer> positions = new HashMap<>();

  WavePlan(List<Wave> waves) {
    this.waves = new ArrayList<>(waves);
    index();
  }

  private void index() {
    positions.clear();
    for (int i = 0; i < waves.size(); i++) {
      positions.put(waves.get(i).request(), i);
    }
  }

  List<Wave> all() {
    return List.copyOf(waves);
  }

  int size() {
    return waves.size();
  }

  Wave get(int at) {
    return waves.get(at);
  }

  /** Puts a wave in the place of an earlier form of the same wave. */
  void set(int at, Wave wave) {
    waves.set(at, wave);
  }

  void insert(int at, Wave wave) {
    waves.add(at, wave);
    index();
  }

  /** The position of the wave with this request, or -1. */
  int find(String request) {
    return positions.getOrDefault(request, -1);
  }

  boolean isIn(String request, Phase phase) {
    int at = find(request);
    return at >= 0 && waves.get(at).phase() == phase;
  }

  /**
   * The position of the next wave whose turn has not come; the number of waves if there is none.
   */
  int firstPlanned() {
    for (int i = 0; i < waves.size(); i++) {
      if (waves.get(i).phase() == Phase.PLANNED) {
        return i;
      }
    }
    return waves.size();
  }

  /** The wave of work that is under way. */
  Optional<Wave> workUnderWay() {
    return waves.stream().filter(wave -> wave.kind() == Kind.WORK && wave.isUnderWay()).findFirst();
  }

  /** Whether something is under way that the next wave has to wait for. */
  boolean isBusy() {
    return has(wave -> wave.kind() != Kind.CANCEL && wave.isUnderWay());
  }

  boolean hasPlannedWork() {
    return has(wave -> wave.kind() == Kind.WORK && wave.phase() == Phase.PLANNED);
  }

  boolean hasBegun() {
    return has(wave -> wave.kind() == Kind.WORK && wave.phase() != Phase.PLANNED);
  }

  boolean isWorkDone() {
    return !has(wave -> wave.kind() == Kind.WORK && wave.phase() != Phase.DONE);
  }

  private boolean has(Predicate<Wave> what) {
    return waves.stream().anyMatch(what);
  }
}
