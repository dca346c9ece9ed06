package dev.bandmaster.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Digests are stored: the digest of a job that an earlier release has planned stays the same. */
class DigestTest {
  private static final Right DEPLOY = new Right("deploy", "staging", "web");
  private static final Planned.Subject WEB = new Planned.Subject("staging", "web", "1.4.2");
  private static final Rollout STEPS =
      new Rollout(
          new Rollout.Size(1, false),
          new Rollout.Size(25, true),
          Duration.ofSeconds(30),
          new Rollout.Size(2, false),
          Optional.of(
              new Rollout.Check(
                  "health", "probe", Data.Fields.EMPTY.with("deep", true).with("count", 3))));
  private static final Planned.Work WORK = work("web2", "web1").in(STEPS).on(WEB);

  private static Planned.Work work(String... nodes) {
    return Planned.Work.atOnce(
        "deploy staging web 1.4.2",
        "deploy",
        "install",
        Data.Fields.EMPTY.with("version", "1.4.2").with("app", "web"),
        new Planned.Reach.Frozen(List.of(nodes)),
        Planned.Effect.CHANGES);
  }

  private static String digest(Planned.Work work) {
    return Digest.of(DEPLOY, work, SampleJobs.ANN, SampleJobs.THREAD);
  }

  @Test
  void digest_ofARolloutIsAsBefore() {
    assertThat(digest(WORK))
        .isEqualTo("95d6daa2b3b054ad086a4ee2eb3b0f1bd8670b7c4f7b2d604cf0d2022f526e36");
  }

  @Test
  void digest_ofABroadcastIsAsBefore() {
    Planned.Work ping =
        Planned.Work.atOnce(
            "ping",
            "ping",
            "echo",
            Data.Fields.EMPTY,
            new Planned.Reach.Broadcast("", "", List.of()),
            Planned.Effect.READ_ONLY);
    assertThat(Digest.of(new Right("ping", "", ""), ping, SampleJobs.ANN, SampleJobs.THREAD))
        .isEqualTo("7176dd7cba20664604ea012160ab01344e36c935466bc48dd358dd37ecb8a72c");
  }

  @Test
  void digest_everythingThatIsApprovedCounts() {
    Set<String> digests = new HashSet<>();
    digests.add(digest(WORK));
    digests.add(digest(work("web1", "web2").in(STEPS).on(WEB)));
    digests.add(digest(work("web1").in(STEPS).on(WEB)));
    digests.add(digest(work("web2", "web1").on(WEB)));
    digests.add(digest(WORK.on(new Planned.Subject("staging", "web", "1.4.3"))));
    digests.add(
        Digest.of(new Right("deploy", "prod", "web"), WORK, SampleJobs.ANN, SampleJobs.THREAD));
    digests.add(Digest.of(DEPLOY, WORK, new UserRef("T1", "U2"), SampleJobs.THREAD));
    digests.add(
        Digest.of(
            DEPLOY,
            WORK,
            SampleJobs.ANN,
            new ConversationRef("C2", ConversationRef.Kind.CHANNEL, Optional.empty())));
    assertThat(digests).hasSize(8);
  }

  @Test
  void digest_theThreadAndWhatIsOnlyShownDoNotCount() {
    assertThat(
            Digest.of(
                DEPLOY,
                WORK.changing(List.of(new Planned.Difference(List.of("web1"), "1.4.1", "1.4.2"))),
                SampleJobs.ANN,
                new ConversationRef("C1", ConversationRef.Kind.CHANNEL, Optional.empty())))
        .isEqualTo(digest(WORK));
  }
}
