package dev.bandmaster.bot.work;

import static dev.bandmaster.bot.approval.SampleApprovals.held;
import static dev.bandmaster.bot.approval.SampleApprovals.need;
import static dev.bandmaster.bot.approval.SampleApprovals.wants;
import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static dev.bandmaster.bot.work.ApprovalPictures.FREEZE;
import static dev.bandmaster.bot.work.ApprovalPictures.adhoc;
import static dev.bandmaster.bot.work.ApprovalPictures.annCancels;
import static dev.bandmaster.bot.work.ApprovalPictures.bobAgrees;
import static dev.bandmaster.bot.work.ApprovalPictures.bobAgreesAndCarlIsBarred;
import static dev.bandmaster.bot.work.ApprovalPictures.bobAgreesInAFreeze;
import static dev.bandmaster.bot.work.ApprovalPictures.carlAgrees;
import static dev.bandmaster.bot.work.ApprovalPictures.carlAgreesFor;
import static dev.bandmaster.bot.work.ApprovalPictures.carlRefuses;
import static dev.bandmaster.bot.work.ApprovalPictures.carlWithdraws;
import static dev.bandmaster.bot.work.ApprovalPictures.daveAgrees;
import static dev.bandmaster.bot.work.ApprovalPictures.deploy;
import static dev.bandmaster.bot.work.ApprovalPictures.late;
import static dev.bandmaster.bot.work.ApprovalPictures.one;
import static dev.bandmaster.bot.work.ApprovalPictures.request;
import static dev.bandmaster.bot.work.ApprovalPictures.three;
import static dev.bandmaster.bot.work.ApprovalPictures.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bot.approval.Approval;
import dev.bandmaster.bot.approval.ApprovalEvent;
import dev.bandmaster.bot.approval.SampleApprovals;
import dev.bandmaster.bot.command.Commands;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobEvent;
import dev.bandmaster.bot.job.SampleJobs;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.standard.StandardPlugins;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalArtistTest {
  private static final JobArtist ARTIST = new JobArtist(Commands.presenters(StandardPlugins.all()));

  /** The job once it was told that it never begins. */
  private static Job declined(Approval approval) {
    return SampleJobs.after(
        deploy(), NOON.plusSeconds(400), new JobEvent.Declined("", approval.state().note()));
  }

  private static ApprovalLook replacing(Approval approval, long predecessor) {
    return new ApprovalLook(approval, Optional.empty(), Optional.of(predecessor), Optional.empty());
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
                "main has moved to 1.4.3. Job 82 waits in its place.",
                Optional.of("01900000-0000-7000-9000-000000000082")));
    Approval lapsed = late(request(deploy, held(one()), bobAgrees()));
    Approval approved = request(deploy, three(), bobAgrees(), carlAgrees(), daveAgrees());
    Approval waits = request(deploy, one());
    return Stream.of(
        Arguments.of("approval-nobody-yet", deploy, ApprovalLook.of(request(deploy, three()))),
        Arguments.of(
            "approval-one-with-a-vote-taken-back",
            deploy,
            ApprovalLook.of(
                request(
                    deploy,
                    wants(need(2, "sre")),
                    carlAgreesFor(0),
                    carlWithdraws(),
                    bobAgrees()))),
        Arguments.of(
            "approval-one-against-it",
            deploy,
            ApprovalLook.of(
                request(deploy, with(three(), "", true, 2), bobAgrees(), carlRefuses()))),
        Arguments.of(
            "approval-back-to-pending",
            deploy,
            ApprovalLook.of(
                request(deploy, wants(need(2, "sre")), carlAgrees(), bobAgreesAndCarlIsBarred()))),
        Arguments.of(
            "approval-kept-by-a-freeze",
            deploy,
            ApprovalLook.of(request(deploy, one(), bobAgreesInAFreeze()))),
        Arguments.of(
            "approval-held", deploy, ApprovalLook.of(request(deploy, held(one()), bobAgrees()))),
        Arguments.of("approval-approved", deploy, ApprovalLook.of(approved)),
        Arguments.of(
            "approval-approved-in-a-freeze",
            SampleJobs.after(deploy, NOON.plusSeconds(301), new JobEvent.Approved("bob")),
            new ApprovalLook(
                request(deploy, one(), bobAgrees()),
                Optional.of("Waits: " + FREEZE + " It begins when the freeze is over."),
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
            ApprovalLook.of(
                SampleApprovals.after(
                    approved, new ApprovalEvent.Begins(ApprovalEvent.FreshLook.CLEAR)))),
        Arguments.of("approval-rejected", declined(denied), ApprovalLook.of(denied)),
        Arguments.of("approval-expired", declined(expired), ApprovalLook.of(expired)),
        Arguments.of("approval-superseded", declined(superseded), ApprovalLook.of(superseded)),
        Arguments.of("approval-in-the-place-of-another", deploy, replacing(waits, 80)),
        Arguments.of("approval-lapsed", declined(lapsed), ApprovalLook.of(lapsed)),
        Arguments.of(
            "approval-cancelled",
            declined(request(deploy, one(), annCancels())),
            ApprovalLook.of(request(deploy, one(), annCancels()))),
        Arguments.of(
            "approval-of-a-job-that-was-cancelled",
            SampleJobs.after(deploy, NOON, new JobEvent.Cancel("Ann", "stop-1")),
            ApprovalLook.of(waits)),
        Arguments.of(
            "approval-where-it-is-not-dear",
            deploy,
            ApprovalLook.of(request(deploy, with(one(), "", false, 1)))),
        Arguments.of(
            "approval-adhoc-on-many-nodes", adhoc(), ApprovalLook.of(request(adhoc(), three()))),
        Arguments.of(
            "approval-frozen-when-asked",
            deploy,
            ApprovalLook.of(request(deploy, with(one(), FREEZE, true, 1)))),
        Arguments.of(
            "approval-frozen-now",
            deploy,
            new ApprovalLook(
                request(deploy, with(one(), FREEZE, true, 1)),
                Optional.of("Waits: " + FREEZE + " It begins when the freeze is over."),
                Optional.empty(),
                Optional.empty())),
        Arguments.of(
            "approval-of-a-version-that-has-a-page",
            deploy,
            new ApprovalLook(
                waits,
                Optional.empty(),
                Optional.empty(),
                Optional.of("https://git.example/web/releases/1.4.2"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void approvalP13_theMessageIsDrawnFromWhatIsStored(String name, Job job, ApprovalLook look)
      throws IOException {
    JobArtist.Picture picture = ARTIST.draw(job, Optional.of(look));
    JobPictures.check(name, picture.message());
    assertThat(ARTIST.draw(job, Optional.of(look))).isEqualTo(picture);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void onlyWhatIsOpenCanBeVotedOn(String name, Job job, ApprovalLook look) {
    boolean open =
        look.approval().isOpen(NOON)
            && !look.approval().tally().isComplete()
            && !job.state().status().isFinal();
    assertThat(actions(ARTIST.draw(job, Optional.of(look)).message()).contains("approval.approve"))
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
