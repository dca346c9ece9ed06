package dev.bandmaster.engine.commands.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.view.JobText;
import dev.bandmaster.plugin.Arguments;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * {@code pause}, {@code resume} and {@code cancel}: orders to a job, whichever replica keeps it.
 */
final class OrderCommands {

  private final BiFunction<Asker, Job, List<Change>> requests;
  private final InstantSource clock;

  /**
   * @param requests what becomes of the request for approval of a job that is cancelled
   */
  OrderCommands(BiFunction<Asker, Job, List<Change>> requests, InstantSource clock) {
    this.requests = requests;
    this.clock = clock;
  }

  Outcome pause(Asker asker, Arguments arguments, Job job) {
    if (job.state().status().isFinal()) {
      return ended(job);
    }
    if (job.state().step() == 0) {
      return new Outcome.Refused(
          "Job %d has not started. To cancel it: `cancel %d`. To request it again later: `retry %d`."
              .formatted(job.number(), job.number(), job.number()));
    }
    if (job.state().held()) {
      return new Outcome.Refused(
          job.state().status() == JobStatus.PAUSED
              ? "Job %d is already paused. To continue: `resume %d`."
                  .formatted(job.number(), job.number())
              : "Job %d already pauses after this batch.".formatted(job.number()));
    }
    boolean more =
        job.state().waves().stream()
            .anyMatch(wave -> wave.kind() == Wave.Kind.WORK && wave.phase() == Wave.Phase.PLANNED);
    if (!more) {
      return new Outcome.Refused(
          "Job %d has no more batches to pause. To stop it: `cancel %d`."
              .formatted(job.number(), job.number()));
    }
    return send(job, new JobEvent.Pause(name(asker)), "Job %d pauses after this batch.");
  }

  Outcome resume(Asker asker, Arguments arguments, Job job) {
    if (job.state().status().isFinal()) {
      return ended(job);
    }
    if (!job.state().held()) {
      return new Outcome.Refused("Job %d is not paused.".formatted(job.number()));
    }
    return send(job, new JobEvent.Resume(name(asker)), "Job %d continues.");
  }

  Outcome cancel(Asker asker, Arguments arguments, Job job) {
    if (job.state().status().isFinal()) {
      return ended(job);
    }
    if (job.state().cancelledBy().isPresent()) {
      return new Outcome.Refused("Job %d is already being cancelled.".formatted(job.number()));
    }
    List<Change> changes = new ArrayList<>(requests.apply(asker, job));
    Outcome.Done sent =
        send(
            job,
            new JobEvent.Cancel(name(asker), Ids.next(clock.instant())),
            job.state().status() == JobStatus.RUNNING
                ? "Job %d is being cancelled. Its message shows the result of each node."
                : "Job %d is cancelled.");
    changes.addAll(sent.changes());
    return new Outcome.Done(sent.message(), changes);
  }

  private Outcome.Done send(Job job, JobEvent.Order order, String sentence) {
    Instant now = clock.instant();
    return Outcome.done(
        sentence.formatted(job.number()), new Change.SendJobOrder(Ids.next(now), job.id(), order));
  }

  private static Outcome ended(Job job) {
    return new Outcome.Refused(
        "Job %d has ended: %s.".formatted(job.number(), JobText.of(job.state().status())));
  }

  private static String name(Asker asker) {
    return asker.person().name();
  }
}
