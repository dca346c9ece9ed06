package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.engine.view.JobText;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Subject;
import dev.bandmaster.plugin.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Is there something the asker should know first? That the same version failed here a short while
 * ago, that the same is already on its way, or which version was chosen for them. Nothing is
 * forbidden: it is said beside the job, and in a protected environment asked about before.
 */
public final class Warn implements Function<PlannedCommand, Step<PlannedCommand>> {

  /** A failure that is longer ago has usually been dealt with. */
  private static final Duration LATELY = Duration.ofMinutes(30);

  /** Jobs on an application that are looked at. */
  private static final int MOST = 10;

  /** Characters of a reason. */
  private static final int LONGEST_REASON = 200;

  private final Jobs jobs;
  private final BiFunction<String, String, List<String>> versions;
  private final InstantSource clock;

  /**
   * @param versions the versions of an application in an environment that can be deployed, the
   *     newest first
   */
  public Warn(Jobs jobs, BiFunction<String, String, List<String>> versions, InstantSource clock) {
    this.jobs = jobs;
    this.versions = versions;
    this.clock = clock;
  }

  @Override
  public Step<PlannedCommand> apply(PlannedCommand prepared) {
    Optional<Subject> subject =
        prepared.work().subject().filter(about -> !about.version().isEmpty());
    boolean planned = prepared.authorised().command().command() instanceof Command.Planned;
    return subject.isEmpty() || !planned
        ? Step.on(prepared)
        : Step.on(
            prepared.warning(
                new Warnings(doubts(prepared, subject.get()), notes(prepared, subject.get()))));
  }

  private List<String> doubts(PlannedCommand prepared, Subject subject) {
    List<Job> same =
        jobs.about(subject.environment(), subject.application(), MOST).stream()
            .filter(job -> job.work().subject().equals(Optional.of(subject)))
            .filter(job -> job.right().equals(prepared.right()))
            .toList();
    List<String> doubts = new ArrayList<>();
    same.stream()
        .filter(job -> !job.state().status().isFinal())
        .filter(job -> job.state().status() != JobStatus.AWAITING_APPROVAL)
        .findFirst()
        .ifPresent(job ->
            doubts.add(
                "Job %d for %s already does the same; it is %s."
                    .formatted(job.number(), job.askerName(), JobText.of(job.state().status()))));
    same.stream()
        .filter(job -> job.state().status().isFinal())
        .findFirst()
        .flatMap(this::failedLately)
        .ifPresent(doubts::add);
    return doubts;
  }

  private Optional<String> failedLately(Job job) {
    boolean failed =
        switch (job.state().status()) {
          case FAILED, PARTLY_FAILED, TIMED_OUT -> true;
          case AWAITING_APPROVAL, QUEUED, RUNNING, PAUSED, SUCCEEDED, CANCELLED -> false;
        };
    Instant now = clock.instant();
    return job.state()
        .ended()
        .filter(ended -> failed && Duration.between(ended, now).compareTo(LATELY) <= 0)
        .map(ended -> {
          Duration ago = Duration.between(ended, now);
          return "%s failed here %s ago, in job %d%s"
              .formatted(
                  job.work().subject().map(Warn::named).orElse("It"),
                  Spans.words(ago.isNegative() ? Duration.ZERO : ago),
                  job.number(),
                  reason(job));
        });
  }

  private static String named(Subject subject) {
    return subject.application() + " " + subject.version();
  }

  /** What the first node that failed said. */
  private static String reason(Job job) {
    return job.state().failed().stream()
        .map(job.state().nodes()::get)
        .filter(work -> work != null && !work.message().isBlank())
        .findFirst()
        .map(NodeWork::message)
        .map(text -> ": " + (text.length() <= LONGEST_REASON ? text : text.substring(0, 200) + "…"))
        .orElse(".");
  }

  /** Which version was chosen, and why. */
  private List<String> notes(PlannedCommand prepared, Subject subject) {
    List<String> notes = new ArrayList<>();
    if (prepared.authorised().command().arguments().find("version").isEmpty()) {
      String version = subject.version();
      boolean newest =
          versions.apply(subject.environment(), subject.application()).stream()
              .findFirst()
              .filter(version::equals)
              .isPresent();
      notes.add(
          newest
              ? "No version was given: %s is the newest release.".formatted(version)
              : "No version was given: %s is the last good one before the current."
                  .formatted(version));
    }
    List<Planned.Difference> differences = prepared.work().differences();
    if (!differences.isEmpty()
        && differences.stream().allMatch(change -> change.from().equals(subject.version()))) {
      notes.add("All its nodes already run %s.".formatted(subject.version()));
    }
    return notes;
  }
}
