package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.freeze.Freezes;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.StartConditions;
import dev.bandmaster.core.store.DeployQueue;
import dev.bandmaster.engine.view.StartConditionText;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Freezes first, for they hold for everybody but an emergency; then locks of others, and the jobs
 * before this one. What is done to no application in particular waits for nothing.
 */
public final class StandardStartConditions implements StartConditions {

  private final DeployQueue slots;
  private final Freezes freezes;
  private final StartConditionText words;
  private final InstantSource clock;

  public StandardStartConditions(
      DeployQueue slots, Freezes freezes, StartConditionText words, InstantSource clock) {
    this.slots = slots;
    this.freezes = freezes;
    this.words = words;
    this.clock = clock;
  }

  @Override
  public Optional<Wait> against(Job job) {
    return job.work().subject().isEmpty()
        ? Optional.empty()
        : frozen(job).or(() -> slots.obstacle(job).map(words::of));
  }

  private Optional<Wait> frozen(Job job) {
    return job.work()
        .subject()
        .filter(subject -> job.emergency().isEmpty())
        .filter(subject -> !freezes.allow(job.canonical(), job.right().permission()))
        .flatMap(subject -> freezes.against(subject, clock.instant()))
        .map(words::waits);
  }
}
