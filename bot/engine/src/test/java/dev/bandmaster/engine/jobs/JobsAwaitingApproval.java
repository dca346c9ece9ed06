package dev.bandmaster.engine.jobs;

import static dev.bandmaster.core.approval.SampleApprovals.ANN;
import static dev.bandmaster.core.approval.SampleApprovals.BOB;
import static dev.bandmaster.core.approval.SampleApprovals.CARL;
import static dev.bandmaster.core.approval.SampleApprovals.after;
import static dev.bandmaster.core.approval.SampleApprovals.need;
import static dev.bandmaster.core.approval.SampleApprovals.no;
import static dev.bandmaster.core.approval.SampleApprovals.voted;
import static dev.bandmaster.core.approval.SampleApprovals.wants;
import static dev.bandmaster.core.approval.SampleApprovals.yes;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent;
import dev.bandmaster.core.approval.ApprovalEvent.RecheckResult;
import dev.bandmaster.core.approval.ApprovalMachine;
import dev.bandmaster.core.approval.Snapshot;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Rollout.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Jobs that people are asked about, and how far they have come, for tests. */
public final class JobsAwaitingApproval {
  public static final String FREEZE =
      "prod is frozen until Tue 2026-05-05 06:00 UTC by Carl (freeze 3): fair.";

  private JobsAwaitingApproval() {}

  /** Ann's deploy to 84 nodes of prod, in batches. */
  public static Job deploy() {
    List<String> nodes = IntStream.rangeClosed(1, 84).mapToObj("web%03d"::formatted).toList();
    Rollout rollout =
        new Rollout(
            new Size(1, false),
            new Size(25, false),
            Duration.ofSeconds(30),
            new Size(2, false),
            Optional.of(new Rollout.Check("deploy", "health", Data.Fields.EMPTY)));
    Planned.Work work =
        Planned.Work.atOnce(
                "codeupdate prod web version=1.4.2",
                "deploy",
                "deploy",
                Data.Fields.EMPTY.with("app", "web").with("version", "1.4.2"),
                new Planned.Reach.Frozen(nodes),
                Planned.Effect.CHANGES)
            .in(rollout)
            .on(new Planned.Subject("prod", "web", "1.4.2"))
            .changing(List.of(new Planned.Difference(nodes, "1.4.1", "1.4.2")));
    return waiting(81, work, new Right("codeupdate", "prod", "web"));
  }

  /** Ann's command on nodes that have nothing to do with each other. */
  public static Job adhoc() {
    List<String> nodes =
        IntStream.range(0, 300)
            .mapToObj(i -> "n%s%03d".formatted((char) ('a' + i % 26), i * 7 % 1000))
            .toList();
    return waiting(
        82,
        Planned.Work.atOnce(
            "adhoc prod * reboot",
            "adhoc",
            "reboot",
            Data.Fields.EMPTY,
            new Planned.Reach.Frozen(nodes),
            Planned.Effect.CHANGES),
        new Right("adhoc:reboot", "prod", ""));
  }

  private static Job waiting(long number, Planned.Work work, Right right) {
    Job like = SampleJobs.deploy(number, THREAD, List.of("web1"));
    return new Job(
        like.id(),
        number,
        "codeupdate",
        right,
        work.title(),
        like.asker(),
        like.askerName(),
        like.groups(),
        like.place(),
        like.question(),
        work,
        like.backend(),
        Optional.empty(),
        NOON,
        like.patience(),
        JobMachine.planned(like.id(), work, () -> like.id() + "-more", false));
  }

  /** Two of sre and one of the owners have to agree, in an environment that is dear. */
  public static Snapshot three() {
    return wants(need(2, "sre"), need(1, "owners"));
  }

  public static Snapshot one() {
    return wants(need(1, "sre"));
  }

  public static Snapshot with(Snapshot snapshot, String freeze, boolean isProtected, int denials) {
    return new Snapshot(
        snapshot.rules(),
        snapshot.policy(),
        snapshot.requirements(),
        denials,
        snapshot.dispatchWithin(),
        snapshot.remind(),
        snapshot.hold(),
        snapshot.reuseFor(),
        freeze,
        isProtected);
  }

  public static Approval request(Job job, Snapshot snapshot, ApprovalEvent... events) {
    return after(
        Approval.of(
            "01900000-0000-7000-9000-%012d".formatted(job.number()),
            job,
            snapshot,
            Duration.ofHours(1),
            Optional.empty()),
        events);
  }

  public static ApprovalEvent bobAgrees() {
    return voted(yes(BOB, NOON.plusSeconds(180), 0));
  }

  public static ApprovalEvent carlAgrees() {
    return voted(yes(CARL, NOON.plusSeconds(300), 0, 1));
  }

  public static ApprovalEvent carlAgreesFor(int requirement) {
    return voted(yes(CARL, NOON.plusSeconds(300), requirement));
  }

  public static ApprovalEvent daveAgrees() {
    return voted(yes(new UserRef("T1", "U4"), NOON.plusSeconds(360), 0));
  }

  public static ApprovalEvent carlRefuses() {
    return voted(no(CARL, NOON.plusSeconds(300), "not on a Friday <!channel>"));
  }

  public static ApprovalEvent carlWithdraws() {
    return new ApprovalEvent.Withdrawn(CARL);
  }

  /** Carl is in no group any more when the last vote comes. */
  public static ApprovalEvent bobAgreesAndCarlIsBarred() {
    return new ApprovalEvent.Voted(
        yes(BOB, NOON.plusSeconds(180), 0), new RecheckResult(Set.of(CARL), Optional.empty()));
  }

  public static ApprovalEvent bobAgreesInAFreeze() {
    return new ApprovalEvent.Voted(
        yes(BOB, NOON.plusSeconds(180), 0), new RecheckResult(Set.of(), Optional.of(FREEZE)));
  }

  public static ApprovalEvent annCancels() {
    return new ApprovalEvent.Cancelled(ANN.user());
  }

  /** The request when its time is over. */
  public static Approval late(Approval approval) {
    return at(approval, approval.due().orElseThrow().plus(Duration.ofHours(1)));
  }

  private static Approval at(Approval approval, Instant now) {
    return approval.with(
        ApprovalMachine.apply(approval, new ApprovalEvent.TimePassed(), now).state());
  }
}
