package dev.bandmaster.app;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenAlertLinesTest {
  private final SettableClock clock = new SettableClock(NOON);
  @RegisterExtension private final TestStore store = new TestStore(clock);
  private final OpenAlertLines lines =
      new OpenAlertLines(store.alerts(), new AlertRenderer(new TimeText(ZoneOffset.UTC)), clock);

  private List<String> shown() {
    return lines.lines().stream().map(Object::toString).toList();
  }

  @Test
  void alertA7_howMuchOfAMaintenanceIsLeftIsSeenUntilItIsOver() {
    store.commit(
        new Change.CreateSilence(
            new Silence(
                3,
                Silence.Kind.MAINTENANCE,
                Map.of("env", "staging"),
                NOON,
                NOON.plus(Duration.ofHours(1)),
                "Bob",
                "new disks")));
    assertThat(shown())
        .singleElement()
        .asString()
        .contains("In maintenance until", "by Bob: new disks.", "(3: env=staging; 1 h 0 min left)");

    clock.advance(Duration.ofMinutes(18));
    assertThat(shown()).singleElement().asString().contains("42 min 0 s left");

    clock.advance(Duration.ofMinutes(42));
    assertThat(shown()).isEmpty();
  }
}
