package dev.bandmaster.backends.bootstrapper;

import dev.bandmaster.bootstrapper.HostStats;
import dev.bandmaster.bootstrapper.JobResult;
import dev.bandmaster.model.Backoff;
import dev.bandmaster.model.FinalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Asking for the result of one job: {@code (state, answer, now) → when to ask again, or the end}.
 * Pure. Whatever is answered, it ends at the deadline at the latest.
 *
 * @param job the service's id
 * @param deadline when it is given up
 * @param asked how many answers there were
 * @param gone how many answers in a row did not know the job
 * @param odd how many answers in a row could not be read
 * @param shown the last progress that was reported
 * @param problem why the last answer was no use, or empty
 */
record Polling(
    String job, Instant deadline, int asked, int gone, int odd, String shown, String problem) {

  /**
   * Answers in a row after which a job is lost: one may come from a proxy while the service starts.
   */
  static final int MOST_GONE = 3;

  /** Answers in a row of another shape after which nothing better is expected. */
  static final int MOST_ODD = 3;

  /** How often is asked: soon at first, then every 15 s. */
  static final Backoff PACE = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));

  /** What an answer leads to. */
  sealed interface Next {
    /**
     * It is asked again.
     *
     * @param progress what is to be shown, if it is new
     */
    record Ask(Polling state, Instant at, Optional<String> progress) implements Next {}

    /** The service has counted what happened on each host. */
    record Counted(Map<String, HostStats> hosts) implements Next {
      public Counted {
        hosts = Map.copyOf(hosts);
      }
    }

    /** It ended otherwise; the sentence is for people. */
    record Ended(FinalCode code, String sentence) implements Next {}
  }

  static Polling of(String job, Instant deadline) {
    return new Polling(job, deadline, 0, 0, 0, "", "");
  }

  /** When to ask first. */
  Next.Ask first(Backoff pace, Instant now) {
    return again(pace, now, Optional.empty());
  }

  /** What follows from an answer. */
  Next next(JobResult answer, Backoff pace, Instant now) {
    return switch (answer) {
      case JobResult.Finished(Map<String, HostStats> hosts) when hosts.isEmpty() ->
          new Next.Ended(FinalCode.FAILED, "It ended, and its result names no host.");
      case JobResult.Finished(Map<String, HostStats> hosts) -> new Next.Counted(hosts);
      case JobResult.Failed() ->
          new Next.Ended(
              FinalCode.FAILED, "The bootstrapper says that it failed, and nothing about why.");
      case JobResult.Queued() -> waiting("waits in the bootstrapper's queue", pace, now);
      case JobResult.Waiting() ->
          waiting("runs; the bootstrapper shows no output before the end", pace, now);
      case JobResult.Gone(String reason) when gone + 1 >= MOST_GONE ->
          new Next.Ended(
              FinalCode.LOST,
              "Unknown: the bootstrapper does not know job %s any more (%s). Its result has expired, or its queue was lost in a restart. It may have run."
                  .formatted(job, reason));
      case JobResult.Gone(String reason) -> troubled(reason, gone + 1, 0).retry(pace, now);
      case JobResult.Unreadable(String reason) when odd + 1 >= MOST_ODD ->
          new Next.Ended(
              FinalCode.LOST,
              "Unknown: the bootstrapper's answer about job %s cannot be read: %s. It may have run."
                  .formatted(job, reason));
      case JobResult.Unreadable(String reason) -> troubled(reason, 0, odd + 1).retry(pace, now);
      case JobResult.Unavailable(String reason) -> troubled(reason, 0, 0).retry(pace, now);
    };
  }

  private Next waiting(String progress, Backoff pace, Instant now) {
    Polling next = new Polling(job, deadline, asked + 1, 0, 0, progress, "");
    return next.orEnd(pace, now, progress.equals(shown) ? Optional.empty() : Optional.of(progress));
  }

  private Polling troubled(String reason, int newGone, int newOdd) {
    return new Polling(job, deadline, asked + 1, newGone, newOdd, shown, reason);
  }

  private Next retry(Backoff pace, Instant now) {
    String progress = "no answer yet: " + problem;
    return new Polling(job, deadline, asked, gone, odd, progress, problem)
        .orEnd(pace, now, progress.equals(shown) ? Optional.empty() : Optional.of(progress));
  }

  private Next orEnd(Backoff pace, Instant now, Optional<String> progress) {
    if (!now.isBefore(deadline)) {
      return new Next.Ended(
          FinalCode.TIMEOUT,
          "No result in time%s. The bot asks no more; job %s of the bootstrapper may go on."
              .formatted(problem.isEmpty() ? "" : " (" + problem + ")", job));
    }
    return again(pace, now, progress);
  }

  private Next.Ask again(Backoff pace, Instant now, Optional<String> progress) {
    Instant at = now.plus(pace.whole(asked));
    return new Next.Ask(this, at.isAfter(deadline) ? deadline : at, progress);
  }
}
