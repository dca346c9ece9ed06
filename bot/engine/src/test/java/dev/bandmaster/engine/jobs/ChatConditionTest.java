package dev.bandmaster.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.job.StartConditions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ChatConditionTest {

  @Test
  void slackK3_noJobBeginsWhileTheChatTakesNothing() {
    AtomicReference<Optional<String>> refusal = new AtomicReference<>(Optional.empty());
    ChatCondition conditions = new ChatCondition(job -> Optional.empty(), refusal::get);
    assertThat(conditions.against(JobsAwaitingApproval.deploy())).isEmpty();
    refusal.set(Optional.of("Slack does not accept the bot token (token_revoked)."));
    assertThat(conditions.against(JobsAwaitingApproval.deploy()))
        .hasValueSatisfying(wait -> assertThat(wait.sentence()).contains("token_revoked"));
    assertThat(conditions.against(JobsAwaitingApproval.adhoc())).isPresent();
    refusal.set(Optional.empty());
    assertThat(conditions.against(JobsAwaitingApproval.deploy())).isEmpty();
  }

  @Test
  void slackK3_whatWasAskedByTheApiBeginsAllTheSame() {
    ChatCondition conditions =
        new ChatCondition(job -> Optional.empty(), () -> Optional.of("token_revoked"));
    assertThat(
            conditions.against(SampleJobs.deploy(81, ConversationRef.api("r1"), List.of("web1"))))
        .isEmpty();
  }

  @Test
  void slackK3_whatElseAJobWaitsForIsSaidFirst() {
    var lock = new StartConditions.Wait("Waits for a lock.", "A lock.");
    ChatCondition conditions =
        new ChatCondition(job -> Optional.of(lock), () -> Optional.of("refused"));
    assertThat(conditions.against(JobsAwaitingApproval.deploy())).contains(lock);
  }
}
