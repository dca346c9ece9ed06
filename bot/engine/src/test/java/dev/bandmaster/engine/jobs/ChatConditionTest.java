package dev.bandmaster.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.job.StartConditions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChatConditionTest {

  @Test
  void slackK3_noJobBeginsWhileTheChatTakesNothing() {
    ChatCondition conditions = new ChatCondition(job -> Optional.empty());
    assertThat(conditions.against(JobsAwaitingApproval.deploy())).isEmpty();
    conditions.watch(() -> Optional.of("Slack does not accept the bot token (token_revoked)."));
    assertThat(conditions.against(JobsAwaitingApproval.deploy()))
        .hasValueSatisfying(wait -> assertThat(wait.sentence()).contains("token_revoked"));
    assertThat(conditions.against(JobsAwaitingApproval.adhoc())).isPresent();
    conditions.watch(Optional::empty);
    assertThat(conditions.against(JobsAwaitingApproval.deploy())).isEmpty();
  }

  @Test
  void slackK3_whatElseAJobWaitsForIsSaidFirst() {
    var lock = new StartConditions.Wait("Waits for a lock.", "A lock.");
    ChatCondition conditions = new ChatCondition(job -> Optional.of(lock));
    conditions.watch(() -> Optional.of("refused"));
    assertThat(conditions.against(JobsAwaitingApproval.deploy())).contains(lock);
  }
}
