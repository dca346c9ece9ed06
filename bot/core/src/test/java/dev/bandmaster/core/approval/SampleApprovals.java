package dev.bandmaster.core.approval;

import static dev.bandmaster.core.job.SampleJobs.NOON;

import dev.bandmaster.acl.Requirement;
import dev.bandmaster.acl.Who;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.plugin.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Requests, people and votes for tests. */
public final class SampleApprovals {
  public static final UserRef ANN = SampleJobs.ANN;
  public static final UserRef BOB = new UserRef("T1", "U2");
  public static final UserRef CARL = new UserRef("T1", "U3");

  private SampleApprovals() {}

  /** So many people of a user group. */
  public static Requirement need(int count, String group) {
    return new Requirement(
        new Who(false, Set.of(), Set.of(), Set.of(group), List.of("group " + group)), count);
  }

  /** What a policy asked for that wants these people. */
  public static Snapshot wants(Requirement... requirements) {
    return new Snapshot(
        List.of("prod"),
        "4".repeat(64),
        List.of(requirements),
        1,
        Duration.ofMinutes(15),
        true,
        false,
        Optional.empty(),
        "",
        true);
  }

  /** The same, but somebody has to start it. */
  public static Snapshot held(Snapshot snapshot) {
    return new Snapshot(
        snapshot.rules(),
        snapshot.policy(),
        snapshot.requirements(),
        snapshot.denials(),
        snapshot.dispatchWithin(),
        snapshot.remind(),
        true,
        snapshot.reuseFor(),
        snapshot.freeze(),
        snapshot.isProtected());
  }

  /** The same, but the very same may be done again for a while. */
  public static Snapshot reusable(Snapshot snapshot, Duration span) {
    return new Snapshot(
        snapshot.rules(),
        snapshot.policy(),
        snapshot.requirements(),
        snapshot.denials(),
        snapshot.dispatchWithin(),
        snapshot.remind(),
        snapshot.hold(),
        Optional.of(span),
        snapshot.freeze(),
        snapshot.isProtected());
  }

  /** A deploy of ann's that waits for approval. */
  public static Job waiting(long number) {
    Job job = SampleJobs.rollout(number, Rollout.AT_ONCE, "web1", "web2", "web3");
    return job.with(JobMachine.planned(job.id(), job.work(), () -> job.id() + "-more", false));
  }

  /** A request for {@link #waiting} of an hour. */
  public static Approval request(long number, Snapshot snapshot) {
    return Approval.of(
        "01900000-0000-7000-9000-%012d".formatted(number),
        waiting(number),
        snapshot,
        Duration.ofHours(1),
        Optional.empty());
  }

  /** A yes that counts for these requirements. */
  public static Vote yes(UserRef voter, Instant at, Integer... counts) {
    return vote(voter, true, at, "", counts);
  }

  /** A no. */
  public static Vote no(UserRef voter, Instant at, String reason) {
    return vote(voter, false, at, reason, 0);
  }

  private static Vote vote(
      UserRef voter, boolean yes, Instant at, String reason, Integer... counts) {
    return new Vote(
        voter,
        "name-" + voter.user(),
        yes,
        at,
        reason,
        Optional.of(Duration.ofSeconds(5)),
        Arrays.stream(counts).collect(Collectors.toSet()),
        false);
  }

  /** The request after these events, each a second after the other, from a second after noon on. */
  public static Approval after(Approval approval, ApprovalEvent... events) {
    Instant now = NOON;
    Approval after = approval;
    for (ApprovalEvent event : events) {
      now = now.plusSeconds(1);
      after = after.with(ApprovalMachine.apply(after, event, now).state());
    }
    return after;
  }

  /** A vote when nothing else has changed. */
  public static ApprovalEvent voted(Vote vote) {
    return new ApprovalEvent.Voted(vote, ApprovalEvent.RecheckResult.CLEAR);
  }
}
