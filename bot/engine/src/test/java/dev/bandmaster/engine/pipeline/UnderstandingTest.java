package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.engine.pipeline.PipelineBench.denied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bandmaster.acl.Request;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.pipeline.CommandRequest.Manner;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Button;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands in words of one's own: what is done, what is asked, and what is kept from whom. */
class UnderstandingTest {

  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  private CommandResult.Refused refused(String text) {
    return (CommandResult.Refused) bench.run(text).ending();
  }

  private List<Button> buttons(String text) {
    Change.PostMessage post =
        (Change.PostMessage)
            new CommandReply(message -> true)
                .of(PipelineBench.asked(text), bench.run(text).ending())
                .getFirst();
    Message message =
        switch (post.item()) {
          case Outbound.Ephemeral ephemeral -> ephemeral.message();
          case Outbound.ChannelMessage shown -> shown.message();
          case Outbound other -> throw new AssertionError(other);
        };
    return message.blocks().stream()
        .flatMap(block ->
            block instanceof Message.Buttons(List<Button> all)
                ? all.stream()
                : List.<Button>of().stream())
        .toList();
  }

  @Test
  void peopleU2_whatIsUnderstoodIsShownInItsCanonicalSpelling() {
    assertThat(bench.opened("deploy web 1.4.2 to staging").canonical())
        .isEqualTo("codeupdate staging web version=1.4.2");
    assertThat(bench.answer("discover the nodes in staging"))
        .startsWith("discover env=staging")
        .contains("web1");
    assertThat(bench.refusal("deploy web 9.9.9 to staging"))
        .startsWith("`codeupdate staging web version=9.9.9`: There is no release 9.9.9");
    assertThat(bench.refusal("codeupdate staging web version=9.9.9"))
        .startsWith("There is no release 9.9.9");
  }

  @Test
  void peopleU2_aQuestionHasAButtonForEachWholeCommandAndOneForTheForm() {
    assertThat(buttons("deploy web"))
        .extracting(Button::action, Button::value)
        .containsExactly(
            tuple(Offers.RUN, "codeupdate prod web"),
            tuple(Offers.RUN, "codeupdate staging web"),
            tuple(CommandForm.OPEN, "codeupdate"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "codeupdate --dry-run",
        "codeupdate staging web --cannary 1",
        "codeupdate staging web extra",
        "rollback staging web --pause 5m",
        "adhoc staging",
        "adhoc staging web1 uptme",
        "deploy web to mars"
      })
  void peopleU2_everyUsageErrorOfACommandWithAFormOffersTheForm(String text) {
    assertThat(buttons(text)).extracting(Button::action).contains(CommandForm.OPEN);
  }

  @Test
  void peopleU2_aCommandWithoutAFormOffersNone() {
    assertThat(buttons("locks staging")).isEmpty();
  }

  @Test
  void peopleU2_onlyNamesTheAskerMayUseAreKnownOrOffered() {
    bench.hidden = Set.of("prod");
    assertThat(refused("deploy web").suggestions()).containsExactly("codeupdate staging web");
    assertThat(refused("deploy web to prdo"))
        .returns(List.of(), CommandResult.Refused::suggestions);
    assertThat(refused("deploy web to prod").reason())
        .isEqualTo(refused("deploy web to mars").reason().replace("mars", "prod"));
    assertThat(refused("codeupdate moon web").reason()).doesNotContain("prod");
    assertThat(refused("codeupdate prd web").reason()).doesNotContain("prod");
  }

  @Test
  void peopleU2_nothingIsLookedUpForWhoMayNot() {
    bench.policy = request -> denied("No rule allows it. Ask bob.");
    assertThat(bench.refusal("deploy web 9.9.9 to staging"))
        .isEqualTo("`codeupdate staging web version=9.9.9`: No rule allows it. Ask bob.");
    bench.mayEver = action -> action.equals("help");
    assertThat(refused("deploy web"))
        .returns(List.of(), CommandResult.Refused::suggestions)
        .returns(Optional.empty(), CommandResult.Refused::form);
  }

  @Test
  void peopleU2_theRulesJudgeTheCommandThatWasUnderstood() {
    bench.opened("deploy web v1.4.2 to staging");
    Request first = bench.questions.getFirst();
    assertThat(first)
        .returns("codeupdate", Request::action)
        .returns("staging", Request::env)
        .returns("web", Request::app);
    assertThat(bench.questions.getLast().arguments()).containsEntry("version", "1.4.2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          deploy staging web v1.4.2         | codeupdate staging web version=1.4.2
          deploy staging web version=v1.4.2 | codeupdate staging web version=1.4.2
          deploy web latest to staging      | codeupdate staging web version=1.10.0
          codeupdate staging web version=latest | codeupdate staging web version=1.10.0
          """)
  void peopleU2_aVersionInAnotherSpellingIsTheSameWish(String text, String canonical) {
    assertThat(bench.opened(text).canonical()).isEqualTo(canonical);
  }

  @Test
  void peopleU2_aButtonMeansWhatItSaysAndNothingElse() {
    assertThat(bench.says(SampleJobs.ANN, "deploy web to staging", Manner.CLICKED))
        .isInstanceOf(CommandResult.Refused.class);
  }

  @Test
  void peopleU2_aSentenceIsNotScheduled() {
    assertThat(bench.refusal("schedule 2h deploy web to staging"))
        .isEqualTo(
            "Nothing was scheduled: schedule the exact command. I understood `schedule 2h"
                + " codeupdate staging web`.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          lock staging web don't deploy                | don't deploy
          lock staging web it's broken, don't          | it's broken, don't
          lock staging web say "hello                  | say "hello
          lock staging web demo   --for  2h            | demo   --for  2h
          lock staging web a \\ b 'c'                  | a \\ b 'c'
          lock staging web because it isn't ready      | it isn't ready
          lock staging web for 2h because it's Friday  | it's Friday
          lock staging web: "twice" a day              | "twice" a day
          lock staging web for the fair                | for the fair
          lock staging web "the fair"                  | the fair
          lock web on staging it's broken              | it's broken
          """)
  void peopleU3_freeTextStaysAsTyped(String text, String reason) {
    bench.answer(text);
    assertThat(bench.store.slots().locks())
        .singleElement()
        .satisfies(lock -> {
          assertThat(lock.reason()).isEqualTo(reason);
          assertThat(lock.application()).isEqualTo("web");
          assertThat(lock.environment()).isEqualTo("staging");
        });
  }

  @Test
  void peopleU3_reasonsOfOtherCommandsStayAsTypedToo() {
    bench.answer("freeze staging for 2h it's the \"fair\"");
    assertThat(bench.store.freezes().all().getFirst().reason()).isEqualTo("it's the \"fair\"");
    bench.answer("maintenance staging for 2h don't panic");
    assertThat(bench.store.alerts().silences().getFirst().reason()).isEqualTo("don't panic");
    bench.answer("schedule 2h lock staging web don't deploy");
    assertThat(bench.store.schedules().all().getFirst().command())
        .isEqualTo("lock staging web don't deploy");
  }

  @Test
  void peopleU6_aGreetingIsAnsweredWithWhatThePersonCanDo() {
    assertThat(buttons("hi"))
        .extracting(Button::action, Button::value)
        .containsExactly(
            tuple(Offers.RUN, "help"),
            tuple(CommandForm.OPEN, "codeupdate"),
            tuple(CommandForm.OPEN, "rollback"),
            tuple(CommandForm.OPEN, "start"),
            tuple(CommandForm.OPEN, "stop"));
    bench.mayEver = action -> action.equals("help");
    assertThat(buttons("?")).extracting(Button::value).containsExactly("help");
    bench.mayEver = action -> action.equals("ping");
    assertThat(buttons("commands")).isEmpty();
    bench.mayEver = action -> false;
    bench.policy = request -> denied("No rule allows it. Ask bob.");
    assertThat(bench.refusal("hi")).isEqualTo("No rule allows it. Ask bob.");
  }

  @Test
  void peopleU9_severalLinesAreOfferedOneByOne() {
    assertThat(refused("ping\nstatus"))
        .returns(List.of("ping", "status"), CommandResult.Refused::suggestions)
        .extracting(CommandResult.Refused::reason)
        .asString()
        .contains("one by one");
    assertThat(refused("deploy web 1.4.2 to staging\n\n  ping web1, web2\n").suggestions())
        .containsExactly("codeupdate staging web version=1.4.2", "ping web1,web2");
    assertThat(bench.store.committed(Change.CreateJob.class)).isEmpty();
  }

  @Test
  void peopleU9_aMistakeInOneLineIsSaidAndNothingRuns() {
    assertThat(refused("ping\njob x"))
        .returns(List.of(), CommandResult.Refused::suggestions)
        .extracting(CommandResult.Refused::reason)
        .asString()
        .startsWith("Nothing was run. In `job x`: 'x' is not a number.");
    assertThat(refused("ping\n".repeat(11)).reason()).contains("11 commands");
    bench.mayEver = action -> !action.equals("status");
    assertThat(refused("ping\nstatus").reason()).contains("You cannot use the command 'status'");
  }

  @Test
  void peopleU9_aLineBelowFreeTextBelongsToIt() {
    bench.answer("lock staging web it's broken\nping is slow too");
    assertThat(bench.store.slots().locks().getFirst().reason())
        .isEqualTo("it's broken\nping is slow too");
    assertThat(bench.opened("ping\nweb1").canonical()).isEqualTo("ping web1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lock prod for 2h because release           | 2026-05-04T14:00:00Z
          lock prod for 1h30m release                | 2026-05-04T13:30:00Z
          lock prod for 2 hours: release             | 2026-05-04T14:00:00Z
          lock prod until 18:30 release              | 2026-05-04T16:30:00Z
          lock prod until tomorrow 9am release       | 2026-05-05T07:00:00Z
          lock prod until friday release             | 2026-05-08T07:00:00Z
          lock prod --for 2h release                 | 2026-05-04T14:00:00Z
          """)
  void peopleU7_aTimeBeforeTheReasonIsATime(String text, String until) {
    bench.answer(text);
    assertThat(bench.store.slots().locks())
        .singleElement()
        .satisfies(lock -> {
          assertThat(lock.until().orElseThrow()).hasToString(until);
          assertThat(lock.reason()).isEqualTo("release");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          freeze prod for 2h x                          | 2026-05-04T14:00:00Z
          freeze prod until tomorrow 9am x              | 2026-05-05T07:00:00Z
          freeze prod from tomorrow 9am to tomorrow 5pm x | 2026-05-05T15:00:00Z
          freeze prod from 18:00 for 2h because x       | 2026-05-04T18:00:00Z
          """)
  void peopleU7_freezesTakeTheSameWords(String text, String until) {
    bench.answer(text);
    assertThat(bench.store.freezes().all())
        .singleElement()
        .satisfies(freeze -> {
          assertThat(freeze.until()).hasToString(until);
          assertThat(freeze.reason()).isEqualTo("x");
        });
  }
}
