package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.engine.pipeline.PipelineBench.denied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Request;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Rollout.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands of people who want to be told of jobs. */
class InterestCommandsTest {
  private static final Rollout AT_ONCE =
      new Rollout(Size.NONE, Size.ALL, Duration.ZERO, Size.NONE, Optional.empty());

  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  private Job job81() {
    Job job = SampleJobs.ping(81, "web1");
    bench.store.commit(new Change.CreateJob(job, "bot-1"));
    return job;
  }

  @ParameterizedTest
  @ValueSource(strings = {"notify 81", "notify 81 me"})
  void peopleU13_whoWantsToKnowGetsADirectMessageAtTheEnd(String typed) {
    Job job = job81();
    assertThat(bench.answer(typed)).isEqualTo("You get a direct message when job 81 ends.");
    assertThat(bench.store.jobs().interests().watchers(job.id())).containsExactly(ANN.user());
  }

  @Test
  void peopleU13_anEndedJobSaysThatItHasEnded() {
    bench.store.commit(
        new Change.CreateJob(
            SampleJobs.after(
                SampleJobs.rollout(81, AT_ONCE, "web1"), NOON, new JobEvent.Cancel("Bob", "stop")),
            "bot-1"));
    assertThat(bench.refusal("notify 81")).isEqualTo("Job 81 has ended: cancelled.");
  }

  @Test
  void peopleU13_whoMayNotSeeTheJobIsNotTold() {
    job81();
    bench.policy =
        request ->
            request.action().equals("job") ? denied("Not on staging.") : PipelineBench.allowed();
    assertThat(bench.refusal("notify 81")).isEqualTo("Not on staging.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          subscribe #C7DEPLOYS app=web env=staging | C7DEPLOYS | staging | web
          subscribe env=staging #C7DEPLOYS         | C7DEPLOYS | staging | ``
          subscribe env=prod                       | C1        | prod    | ``
          subscribe                                | C1        | ``      | ``
          """)
  void peopleU13_aChannelIsSubscribed(
      String typed, String channel, String environment, String application) {
    assertThat(bench.answer(typed)).startsWith("Subscribed: #" + channel);
    assertThat(bench.store.jobs().interests().all())
        .singleElement()
        .satisfies(made -> {
          assertThat(made.channel()).isEqualTo(channel);
          assertThat(made.environment()).isEqualTo(environment);
          assertThat(made.application()).isEqualTo(application);
          assertThat(made.owner()).isEqualTo("slack:T1:U1");
        });
  }

  @Test
  void peopleU13_aSubscriptionIsListedAndEnds() {
    assertThat(bench.answer("subscriptions")).startsWith("No subscriptions.");
    bench.answer("subscribe #C7DEPLOYS app=web env=staging");
    assertThat(bench.answer("subscriptions"))
        .isEqualTo("1 #C7DEPLOYS is told how deploys of web in staging end, by ann");
    assertThat(bench.refusal("subscribe #C7DEPLOYS app=web env=staging"))
        .startsWith("That channel is subscribed already.");
    assertThat(bench.answer("unsubscribe 1")).isEqualTo("Subscription 1 has ended.");
    assertThat(bench.refusal("unsubscribe 1"))
        .isEqualTo("There is no subscription 1. To list them: `subscriptions`.");
  }

  @Test
  void peopleU13_theRulesDecideWhereSomebodyMaySubscribe() {
    bench.answer("subscribe app=web env=staging");
    assertThat(bench.questions)
        .last()
        .returns("subscribe", Request::action)
        .returns("staging", Request::env)
        .returns("web", Request::app);
    bench.policy = request -> denied("Not there.");
    assertThat(bench.refusal("subscribe env=prod")).isEqualTo("Not there.");
    assertThat(bench.refusal("unsubscribe 1")).isEqualTo("Not there.");
  }

  @Test
  void peopleU13_aChannelHasToBeNamedAsOne() {
    assertThat(bench.refusal("subscribe shop-deploys"))
        .startsWith("Which channel? Name it as `#shop-deploys`");
    assertThat(List.copyOf(bench.store.jobs().interests().all())).isEmpty();
  }
}
