package dev.bandmaster.engine.view;

import static dev.bandmaster.core.approval.SampleApprovals.held;
import static dev.bandmaster.core.approval.SampleApprovals.need;
import static dev.bandmaster.core.approval.SampleApprovals.wants;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.FREEZE;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.adhoc;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.annCancels;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.bobAgrees;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.bobAgreesAndCarlIsBarred;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.bobAgreesInAFreeze;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.carlAgrees;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.carlAgreesFor;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.carlRefuses;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.carlWithdraws;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.daveAgrees;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.deploy;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.late;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.one;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.request;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.three;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent;
import dev.bandmaster.core.approval.SampleApprovals;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.engine.commands.CommandModule;
import dev.bandmaster.engine.jobs.GoldenMessages;
import dev.bandmaster.engine.pipeline.CommandPlugins;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.standard.StandardPlugins;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalRendererTest {
  private static final JobRenderer RENDERER =
      CommandModule.renderer(
          new CommandPlugins(StandardPlugins.all()), InstantSource.fixed(NOON.plusSeconds(12)));

  /** The job once it was told that it never begins. */
  private static Job declined(Approval approval) {
    return SampleJobs.after(
        deploy(), NOON.plusSeconds(400), new JobEvent.Declined("", approval.state().note()));
  }

  private static ApprovalView replacing(Approval approval, long predecessor) {
    return new ApprovalView(approval, Optional.empty(), Optional.of(predecessor), Optional.empty());
  }

  static Stream<Arguments> pictures() {
    Job deploy = deploy();
    Approval denied = request(deploy, one(), carlRefuses());
    Approval expired = late(request(deploy, three(), bobAgrees()));
    Approval superseded =
        request(
            deploy,
            one(),
            new ApprovalEvent.Superseded(
                "main has moved to 1.4.3. Job 82 replaces it.",
                Optional.of("01900000-0000-7000-9000-000000000082")));
    Approval lapsed = late(request(deploy, held(one()), bobAgrees()));
    Approval approved = request(deploy, three(), bobAgrees(), carlAgrees(), daveAgrees());
    Approval waits = request(deploy, one());
    return Stream.of(
        Arguments.of("approval-nobody-yet", deploy, ApprovalView.of(request(deploy, three()))),
        Arguments.of(
            "approval-one-with-a-vote-taken-back",
            deploy,
            ApprovalView.of(
                request(
                    deploy,
                    wants(need(2, "sre")),
                    carlAgreesFor(0),
                    carlWithdraws(),
                    bobAgrees()))),
        Arguments.of(
            "approval-one-against-it",
            deploy,
            ApprovalView.of(
                request(deploy, with(three(), "", true, 2), bobAgrees(), carlRefuses()))),
        Arguments.of(
            "approval-back-to-pending",
            deploy,
            ApprovalView.of(
                request(deploy, wants(need(2, "sre")), carlAgrees(), bobAgreesAndCarlIsBarred()))),
        Arguments.of(
            "approval-kept-by-a-freeze",
            deploy,
            ApprovalView.of(request(deploy, one(), bobAgreesInAFreeze()))),
        Arguments.of(
            "approval-held", deploy, ApprovalView.of(request(deploy, held(one()), bobAgrees()))),
        Arguments.of("approval-approved", deploy, ApprovalView.of(approved)),
        Arguments.of(
            "approval-approved-in-a-freeze",
            SampleJobs.after(deploy, NOON.plusSeconds(301), new JobEvent.Approved("bob")),
            new ApprovalView(
                request(deploy, one(), bobAgrees()),
                Optional.of("Waits: " + FREEZE + " It starts when the freeze ends."),
                Optional.empty(),
                Optional.empty())),
        Arguments.of(
            "approval-approved-and-running",
            SampleJobs.after(
                deploy,
                NOON.plusSeconds(301),
                new JobEvent.Approved("bob, carl, dave"),
                new JobEvent.SlotTaken(),
                new JobEvent.Dispatched(deploy.id(), List.of())),
            ApprovalView.of(
                SampleApprovals.after(
                    approved, new ApprovalEvent.Begins(ApprovalEvent.RecheckResult.CLEAR)))),
        Arguments.of("approval-rejected", declined(denied), ApprovalView.of(denied)),
        Arguments.of("approval-expired", declined(expired), ApprovalView.of(expired)),
        Arguments.of("approval-superseded", declined(superseded), ApprovalView.of(superseded)),
        Arguments.of("approval-in-the-place-of-another", deploy, replacing(waits, 80)),
        Arguments.of("approval-lapsed", declined(lapsed), ApprovalView.of(lapsed)),
        Arguments.of(
            "approval-cancelled",
            declined(request(deploy, one(), annCancels())),
            ApprovalView.of(request(deploy, one(), annCancels()))),
        Arguments.of(
            "approval-of-a-job-that-was-cancelled",
            SampleJobs.after(deploy, NOON, new JobEvent.Cancel("Ann", "stop-1")),
            ApprovalView.of(waits)),
        Arguments.of(
            "approval-where-it-is-not-dear",
            deploy,
            ApprovalView.of(request(deploy, with(one(), "", false, 1)))),
        Arguments.of(
            "approval-adhoc-on-many-nodes", adhoc(), ApprovalView.of(request(adhoc(), three()))),
        Arguments.of(
            "approval-frozen-when-asked",
            deploy,
            ApprovalView.of(request(deploy, with(one(), FREEZE, true, 1)))),
        Arguments.of(
            "approval-frozen-now",
            deploy,
            new ApprovalView(
                request(deploy, with(one(), FREEZE, true, 1)),
                Optional.of("Waits: " + FREEZE + " It starts when the freeze ends."),
                Optional.empty(),
                Optional.empty())),
        Arguments.of(
            "approval-of-a-version-that-has-a-page",
            deploy,
            new ApprovalView(
                waits,
                Optional.empty(),
                Optional.empty(),
                Optional.of("https://git.example/web/releases/1.4.2"))),
        Arguments.of(
            "approval-of-a-version-whose-changes-are-shown",
            deploy,
            new ApprovalView(
                waits,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of("https://git.example/web/compare/1.4.1...1.4.2"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void approvalP13_theMessageIsDrawnFromWhatIsStored(String name, Job job, ApprovalView look)
      throws IOException {
    JobRenderer.Picture picture = RENDERER.draw(job, Optional.of(look));
    GoldenMessages.check(name, picture.message());
    assertThat(RENDERER.draw(job, Optional.of(look))).isEqualTo(picture);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void onlyWhatIsOpenCanBeVotedOn(String name, Job job, ApprovalView look) {
    boolean open =
        look.approval().isOpen(NOON)
            && !look.approval().tally().isComplete()
            && !job.state().status().isFinal();
    assertThat(
            actions(RENDERER.draw(job, Optional.of(look)).message()).contains("approval.approve"))
        .isEqualTo(open);
  }

  @Test
  void approvalP1_aButtonCarriesAnIdAndTheBeginningOfTheDigestAndNothingElse() {
    Approval approval = request(deploy(), one());
    String value = ApprovalButtons.of(approval, deploy()).getFirst().value();
    assertThat(value).isEqualTo(approval.id() + "." + approval.digest().substring(0, 12));
    assertThat(ApprovalButtons.Value.read(value))
        .hasValueSatisfying(read -> assertThat(read.fits(approval)).isTrue());
    assertThat(ApprovalButtons.Value.read(value + "0")).isEmpty();
    assertThat(ApprovalButtons.Value.read(approval.id())).isEmpty();
    Approval another = request(adhoc(), one());
    assertThat(ApprovalButtons.Value.of(another).fits(approval)).isFalse();
  }

  private static List<String> actions(Message message) {
    return message.blocks().stream()
        .filter(Message.Buttons.class::isInstance)
        .flatMap(block -> ((Message.Buttons) block).buttons().stream())
        .map(Message.Button::action)
        .toList();
  }
}
