package dev.bandmaster.bot.work;

import static dev.bandmaster.bot.approval.SampleApprovals.held;
import static dev.bandmaster.bot.approval.SampleApprovals.need;
import static dev.bandmaster.bot.approval.SampleApprovals.wants;
import static dev.bandmaster.bot.work.ApprovalPictures.FREEZE;
import static dev.bandmaster.bot.work.ApprovalPictures.adhoc;
import static dev.bandmaster.bot.work.ApprovalPictures.bobAgrees;
import static dev.bandmaster.bot.work.ApprovalPictures.bobAgreesAndCarlIsBarred;
import static dev.bandmaster.bot.work.ApprovalPictures.bobAgreesInAFreeze;
import static dev.bandmaster.bot.work.ApprovalPictures.carlAgrees;
import static dev.bandmaster.bot.work.ApprovalPictures.carlRefuses;
import static dev.bandmaster.bot.work.ApprovalPictures.carlWithdraws;
import static dev.bandmaster.bot.work.ApprovalPictures.daveAgrees;
import static dev.bandmaster.bot.work.ApprovalPictures.deploy;
import static dev.bandmaster.bot.work.ApprovalPictures.late;
import static dev.bandmaster.bot.work.ApprovalPictures.one;
import static dev.bandmaster.bot.work.ApprovalPictures.request;
import static dev.bandmaster.bot.work.ApprovalPictures.three;

import dev.bandmaster.acl.Requirement;
import dev.bandmaster.acl.Who;
import dev.bandmaster.bot.approval.Approval;
import dev.bandmaster.bot.approval.ApprovalEvent;
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

class ApprovalWordsTest {

  private static Approval about(ApprovalEvent... events) {
    return request(deploy(), three(), events);
  }

  private static Message lastVote(Approval approval) {
    return ApprovalWords.vote(approval, approval.state().votes().getLast());
  }

  private static Message toRequester(Approval approval) {
    return ApprovalWords.toRequester(ApprovalLook.of(approval));
  }

  /** As it is when all have agreed and a freeze stands. */
  private static ApprovalLook inAFreeze(Approval approval) {
    return new ApprovalLook(
        approval,
        Optional.of("Waits: " + FREEZE + " It begins when the freeze is over."),
        Optional.empty(),
        Optional.empty());
  }

  static Stream<Arguments> messages() {
    Approval superseded =
        about(
            new ApprovalEvent.Superseded(
                "main has moved to 1.4.3. Job 82 waits in its place.",
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
            ApprovalWords.toRequester(inAFreeze(request(deploy(), one(), bobAgrees())))),
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
        Arguments.of("reminder", ApprovalWords.reminder(about(bobAgrees()))),
        Arguments.of(
            "reminder-of-a-named-person", ApprovalWords.reminder(request(deploy(), wants(named)))),
        Arguments.of("pending-nothing", ApprovalWords.pending(List.of())),
        Arguments.of(
            "pending-some",
            ApprovalWords.pending(
                List.of(about(bobAgrees()), request(adhoc(), held(one()), bobAgrees())))),
        Arguments.of("pending-many", ApprovalWords.pending(Collections.nCopies(21, about()))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void whatPeopleAreTold(String name, Message message) throws IOException {
    JobPictures.check("words-" + name, message);
  }
}
