package dev.bandmaster.engine.commands.approvals;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.engine.pipeline.PipelineBench.allowed;
import static dev.bandmaster.engine.pipeline.PipelineBench.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Approval;
import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Requirement;
import dev.bandmaster.acl.Who;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.jobs.ApprovalLookup;
import dev.bandmaster.engine.jobs.ApprovalNotifier;
import dev.bandmaster.engine.jobs.JobNotifier;
import dev.bandmaster.engine.pipeline.PipelineBench;
import dev.bandmaster.engine.view.JobRenderer;
import dev.bandmaster.plugin.Presenter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How those who may approve learn of a request. */
class ApproversReachedTest {
  private static final UserRef BOB = new UserRef("T1", "U2");

  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  @BeforeEach
  void sreApproves() {
    bench.people = sender -> new Directory.Known(bench.everybody.person(sender));
    bench.everybody.is(ANN, "ann", Person.Kind.MEMBER, "S0SRE");
    bench.everybody.is(BOB, "bob", Person.Kind.MEMBER, "S0SRE");
    Requirement need =
        new Requirement(
            new Who(false, Set.of(), Set.of(), Set.of("S0SRE"), List.of("group sre")), 1);
    Decision decision =
        new Decision.NeedsApproval(
            "The rule r2 wants it approved.",
            List.of("r2"),
            "hash-2",
            List.of(new Approval(List.of(need), 1, Optional.empty(), false, Optional.empty())),
            false,
            OptionalInt.empty());
    bench.policy = request -> request.action().equals("codeupdate") ? decision : allowed();
  }

  private List<Outbound.ChannelMessage> posted(String what) {
    return bench.store.committed(Change.PostMessage.class).stream()
        .filter(post -> post.id().startsWith("approval:") && post.id().contains(":" + what))
        .map(Change.PostMessage::item)
        .map(Outbound.ChannelMessage.class::cast)
        .toList();
  }

  @Test
  void peopleU12_aRequestMentionsTheGroupAndShowsInTheChannel() {
    Job job = bench.opened("codeupdate staging web version=1.4.2");
    assertThat(posted("request"))
        .singleElement()
        .satisfies(message -> {
          assertThat(message.broadcast()).isTrue();
          assertThat(message.place()).isEqualTo(job.place());
          assertThat(words(message.message()))
              .contains("job 1", "for @U1 needs 1 of @S0SRE until", "approve 1", "reject 1");
        });
  }

  @Test
  void peopleU12_aRequestThatNobodyElseSeesGoesToTheMembers() {
    Job job = bench.opened("codeupdate staging web version=1.4.2");
    var request = bench.request(job);
    var direct =
        new dev.bandmaster.core.approval.Approval(
            request.id(),
            request.job(),
            request.number(),
            request.right(),
            request.canonical(),
            request.digest(),
            request.requester(),
            request.requesterName(),
            new ConversationRef("D1", ConversationRef.Kind.DIRECT, Optional.empty()),
            request.snapshot(),
            request.created(),
            request.expires(),
            request.supersedes(),
            request.ends(),
            request.state());
    assertThat(bench.notifier.requested(direct))
        .singleElement()
        .satisfies(
            change -> assertThat(((Change.PostMessage) change).item().channel()).isEqualTo("DU2"));
  }

  @Test
  void peopleU12_membersAreWrittenToWhereThatIsConfigured() {
    Job job = bench.opened("codeupdate staging web version=1.4.2");
    var members =
        new ApprovalNotifier(
            bench.store,
            new JobNotifier(
                new JobRenderer(name -> Presenter.PLAIN),
                bench.store.jobs(),
                new ApprovalLookup(
                    bench.store.approvals(), any -> Optional.empty(), any -> Optional.empty())),
            bench.everybody,
            ApprovalNotifier.Reaching.MEMBERS);
    assertThat(members.requested(bench.request(job)))
        .extracting(change -> ((Change.PostMessage) change).item().channel())
        .as("the requester cannot approve")
        .containsExactly("C1", "DU2");
  }
}
