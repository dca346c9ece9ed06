package dev.bandmaster.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.alert.AlertAction;
import dev.bandmaster.engine.view.ApprovalButtons;
import dev.bandmaster.engine.view.JobRenderer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ButtonIdsTest {

  @Test
  void storedNames_idsOfButtonsInPostedMessagesNeverChange() {
    assertThat(Stream.of(JobRenderer.Action.values()).map(JobRenderer.Action::id))
        .contains(
            "job.again", "job.pause", "job.resume", "job.retry", "job.rollback", "job.cancel");
    assertThat(Stream.of(ApprovalButtons.Action.values()).map(ApprovalButtons.Action::id))
        .contains("approval.approve", "approval.reject", "approval.start");
    assertThat(Stream.of(AlertAction.values()).map(AlertAction::id))
        .contains(
            "alert.ack",
            "alert.silence.30m",
            "alert.silence.2h",
            "alert.silence.8h",
            "alert.silence.until",
            "alert.details",
            "alert.close");
    assertThat(CommandForm.OPEN).isEqualTo("form.open");
    assertThat(Offers.RUN).isEqualTo("command.run");
    assertThat(Confirm.ACTION).isEqualTo("command.confirm");
    assertThat(ApprovalButtons.Value.read("01900000-0000-7000-9000-000000000001.0123456789ab"))
        .isPresent();
  }
}
