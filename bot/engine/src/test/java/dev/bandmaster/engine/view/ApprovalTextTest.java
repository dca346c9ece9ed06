package dev.bandmaster.engine.view;

import static dev.bandmaster.core.approval.SampleApprovals.held;
import static dev.bandmaster.core.approval.SampleApprovals.need;
import static dev.bandmaster.core.approval.SampleApprovals.wants;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.FREEZE;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.adhoc;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.bobAgrees;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.bobAgreesAndCarlIsBarred;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.bobAgreesInAFreeze;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.carlAgrees;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.carlRefuses;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.carlWithdraws;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.daveAgrees;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.deploy;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.late;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.one;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.request;
import static dev.bandmaster.engine.jobs.JobsAwaitingApproval.three;

import dev.bandmaster.acl.Requirement;
import dev.bandmaster.acl.Who;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent;
import dev.bandmaster.engine.jobs.GoldenMessages;
import dev.bandmaster.plugin.Message;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalTextTest {

  private static Approval about(ApprovalEvent... events) {
    return request(deploy(), three(), events);
  }

  private static Message lastVote(Approval approval) {
    return ApprovalText.vote(approval, approval.state().votes().getLast());
  }

  private static Message toRequester(Approval approval) {
    return ApprovalText.toRequester(ApprovalView.of(approval));
  }

  /** As it is when all have agreed and a freeze stands. */
  private static ApprovalView inAFreeze(Approval approval) {
    return new ApprovalView(
        approval,
        Optional.of("Waits: " + FREEZE + " It starts when the freeze ends."),
        Optional.empty(),
        Optional.empty());
  }

  static Stream<Arguments> messages() {
    Approval superseded =
        about(
            new ApprovalEvent.Superseded(
                "main has moved to 1.4.3. Job 82 replaces it.",
                Optional.of("01900000-0000-7000-9000-000000000082")));
    Requirement named =
        new Requirement(
            new Who(
                false, Set.of("U0DORA"), Set.of(), Set.of("S1"), List.of("U0DORA", "group sre")),
            1);
    return Stream.of(
        Arguments.of("vote-first", lastVote(about(bobAgrees()))),
        Arguments.of("vote-last", lastVote(about(bobAgrees(), carlAgrees(), daveAgrees()))),
        Arguments.of("vote-no", lastVote(about(carlRefuses()))),
        Arguments.of(
            "vote-taken-back", lastVote(about(bobAgrees(), carlAgrees(), carlWithdraws()))),
        Arguments.of(
            "requester-approved", toRequester(about(bobAgrees(), carlAgrees(), daveAgrees()))),
        Arguments.of(
            "requester-approved-in-a-freeze",
            ApprovalText.toRequester(inAFreeze(request(deploy(), one(), bobAgrees())))),
        Arguments.of("requester-held", toRequester(request(deploy(), held(one()), bobAgrees()))),
        Arguments.of("requester-rejected", toRequester(about(carlRefuses()))),
        Arguments.of("requester-expired", toRequester(late(about(bobAgrees())))),
        Arguments.of(
            "requester-back-to-pending",
            toRequester(
                request(
                    deploy(), wants(need(2, "sre")), carlAgrees(), bobAgreesAndCarlIsBarred()))),
        Arguments.of(
            "requester-kept-by-a-freeze",
            toRequester(request(deploy(), one(), bobAgreesInAFreeze()))),
        Arguments.of("requester-superseded", toRequester(superseded)),
        Arguments.of("reminder", ApprovalText.reminder(about(bobAgrees()))),
        Arguments.of(
            "reminder-of-a-named-person", ApprovalText.reminder(request(deploy(), wants(named)))),
        Arguments.of("pending-nothing", ApprovalText.pending(List.of())),
        Arguments.of(
            "pending-some",
            ApprovalText.pending(
                List.of(about(bobAgrees()), request(adhoc(), held(one()), bobAgrees())))),
        Arguments.of("pending-many", ApprovalText.pending(Collections.nCopies(21, about()))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void textsOfApprovals(String name, Message message) throws IOException {
    GoldenMessages.check("words-" + name, message);
  }
}
