package dev.bandmaster.engine.home;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.SampleApprovals;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.engine.home.HomeTabView.Environment;
import dev.bandmaster.engine.home.HomeTabView.Fleet;
import dev.bandmaster.engine.home.HomeTabView.Waiting;
import dev.bandmaster.engine.jobs.GoldenMessages;
import dev.bandmaster.engine.pipeline.CommandForm;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Text;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HomeTabRendererTest {
  private static final List<Button> DEPLOY = List.of(CommandForm.button("codeupdate", "Deploy…"));

  private static Waiting waiting(long number) {
    Approval approval =
        SampleApprovals.request(
            number,
            SampleApprovals.wants(
                SampleApprovals.need(2, "sre"), SampleApprovals.need(1, "owners")));
    return new Waiting(approval, SampleApprovals.waiting(number));
  }

  private static Jobs.Line line(long number, JobStatus status, boolean ended) {
    return new Jobs.Line(
        number,
        status,
        "codeupdate staging web version=1.4.2",
        "ann",
        NOON,
        ended ? Optional.of(NOON.plusSeconds(90)) : Optional.empty(),
        4,
        status == JobStatus.SUCCEEDED ? 4 : 1);
  }

  private static HomeTabView.OwnJob own(
      long number, JobStatus status, boolean ended, Button... buttons) {
    return new HomeTabView.OwnJob(line(number, status, ended), List.of(buttons));
  }

  private static Button button(String action, String label) {
    return new Button(action, "7", label, Button.Style.PLAIN, Optional.empty());
  }

  private static final OpenAlerts.Line ALERT =
      new OpenAlerts.Line(
          Text.plain("🔴 web7 in staging is down since ").moment(NOON),
          Optional.of(button("alert.ack", "Acknowledge")));

  static Stream<Arguments> tabs() {
    return Stream.of(
        Arguments.of("home-closed", new HomeTabView.Closed("You may not use this bot.")),
        Arguments.of(
            "home-empty",
            new HomeTabView.Open(
                List.of(), List.of(), Optional.of(new Fleet(List.of(), List.of())), DEPLOY)),
        Arguments.of(
            "home-of-one-who-may-not-see-the-fleet",
            new HomeTabView.Open(List.of(), List.of(), Optional.empty(), List.of())),
        Arguments.of(
            "home-busy",
            new HomeTabView.Open(
                List.of(waiting(81), waiting(82)),
                List.of(
                    own(84, JobStatus.RUNNING, false, button("job.cancel", "Cancel")),
                    own(83, JobStatus.AWAITING_APPROVAL, false),
                    own(
                        80,
                        JobStatus.SUCCEEDED,
                        true,
                        button("job.again", "Run again"),
                        button("job.rollback", "Undo")),
                    own(79, JobStatus.PARTLY_FAILED, true)),
                Optional.of(
                    new Fleet(
                        List.of(
                            new Environment("dev", 0, 0, Map.of()),
                            new Environment(
                                "prod",
                                84,
                                84,
                                Map.of(
                                    "web",
                                    Map.of("1.4.2", 80, "1.4.1", 4),
                                    "db",
                                    Map.of("2.1", 84))),
                            new Environment("qa", 0, 3, Map.of("web", Map.of("", 3))),
                            new Environment("staging", 5, 6, Map.of())),
                        Collections.nCopies(11, ALERT))),
                DEPLOY)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tabs")
  void peopleU18_aHomeTabIsDrawnFromWhatThereIs(String name, HomeTabView view) throws IOException {
    GoldenMessages.check(name, HomeTabRenderer.draw(view));
  }

  @Test
  void peopleU18_theFullestTabHasFewerThanAHundredBlocks() {
    HomeTabView fullest =
        new HomeTabView.Open(
            Collections.nCopies(11, waiting(81)),
            Stream.concat(
                    Collections.nCopies(
                        5, own(80, JobStatus.SUCCEEDED, true, button("job.again", "Run again")))
                        .stream(),
                    Collections.nCopies(5, own(80, JobStatus.SUCCEEDED, true)).stream())
                .toList(),
            Optional.of(
                new Fleet(
                    Collections.nCopies(20, new Environment("prod", 1, 1, Map.of())),
                    Collections.nCopies(11, ALERT))),
            DEPLOY);
    assertThat(HomeTabRenderer.draw(fullest).blocks()).hasSizeLessThan(100);
  }
}
