package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.engine.pipeline.PipelineBench.PERSON;
import static dev.bandmaster.engine.pipeline.PipelineBench.denied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Request;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.freeze.FreezeScope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Freezes, from the typed words to who is kept out by them. It is 14:00 on a Monday in Berlin. */
class FreezeCommandsTest {
  private static final Person BOB =
      new Person(new UserRef("T1", "U2"), "bob", Person.Kind.MEMBER, Set.of());

  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  @Test
  void approvalP10_aFreezeBeatsEveryAllowAndIsRefusedWithWhatToDo() {
    bench.asking(BOB);
    assertThat(bench.answer("freeze staging to 18:30 the board looks on."))
        .isEqualTo(
            "staging is frozen from Mon 2026-05-04 14:00 Europe/Berlin until Mon 2026-05-04 18:30"
                + " Europe/Berlin by bob (freeze 1): the board looks on. Running deploys continue; no new ones start. To lift it: unfreeze 1.");
    String sentence =
        "staging is frozen until Mon 2026-05-04 18:30 Europe/Berlin by bob (freeze 1): the board"
            + " looks on. Nothing was done. Wait, add `--dry-run` to see the plan, or run `schedule 2026-05-04T18:30 codeupdate staging web version=1.4.2`.";
    assertThat(bench.refusal("codeupdate staging web version=1.4.2"))
        .as("the person who declared it does not pass either")
        .isEqualTo(sentence);
    bench.asking(PERSON);
    assertThat(bench.refusal("deploy staging web --version 1.4.2")).isEqualTo(sentence);
    assertThat(bench.opened("rollback staging web version=1.4.1")).as("going back").isNotNull();
    assertThat(bench.opened("ping web1")).as("looking is free").isNotNull();
    assertThat(bench.answer("codeupdate staging web --dry-run")).contains("Dry run");
  }

  @Test
  void approvalP10_itEndsByItself() {
    bench.answer("freeze staging app=web --for 2h demo");
    assertThat(bench.refusal("codeupdate staging web")).startsWith("web in staging is frozen");
    bench.clock.advance(Duration.ofHours(2));
    assertThat(bench.opened("codeupdate staging web")).isNotNull();
    assertThat(bench.answer("freezes")).isEqualTo("No current or coming freezes.");
  }

  @Test
  void approvalP10_oneThatIsToComeHoldsNobodyYet() {
    bench.answer("freeze * from 15:00 to 16:00 the network is mended");
    assertThat(bench.opened("codeupdate staging web")).isNotNull();
    bench.clock.advance(Duration.ofHours(1));
    assertThat(bench.refusal("codeupdate staging web")).startsWith("everything is frozen until");
  }

  @Test
  void approvalP10_aPermittedPersonLiftsIt() {
    bench.asking(BOB);
    bench.answer("freeze staging --for 1d demo");
    bench.asking(PERSON);
    assertThat(bench.answer("unfreeze 1"))
        .isEqualTo(
            "Lifted: staging is frozen from Mon 2026-05-04 14:00 Europe/Berlin until Tue"
                + " 2026-05-05 14:00 Europe/Berlin by bob (freeze 1): demo.");
    assertThat(bench.refusal("unfreeze 1"))
        .isEqualTo(
            "There is no freeze 1. To list them: `freezes`. Freezes with a name are in the configuration.");
    assertThat(bench.opened("codeupdate staging web")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          freeze staging --for 2h demo         | staging |
          freeze staging app=web --for 2h demo | staging | web
          freeze * --for 2h demo               |         |
          freeze * app=web --for 2h demo       |         | web
          """)
  void itNeedsTheRightWhereNothingIsDeployed(String text, String environment, String application) {
    String env = environment == null ? "" : environment;
    String app = application == null ? "" : application;
    bench.answer(text);
    assertThat(bench.questions.getLast())
        .extracting(Request::action, Request::env, Request::app)
        .containsExactly("freeze", env, app);
    bench.answer("unfreeze 1");
    assertThat(bench.questions.getLast())
        .extracting(Request::action, Request::env, Request::app)
        .containsExactly("unfreeze", env, app);
  }

  @Test
  void approvalP10_whoMayNotFreezeOrLiftIsRefused() {
    bench.answer("freeze staging --for 1d demo");
    bench.policy = request -> denied("Ask bob.");
    assertThat(bench.refusal("freeze staging --for 1d demo")).isEqualTo("Ask bob.");
    assertThat(bench.refusal("unfreeze 1")).isEqualTo("Ask bob.");
    assertThat(bench.store.freezes().all()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          freeze prod to 18:30 x                                  | 2026-05-04T12:00:00Z | 2026-05-04T16:30:00Z
          freeze prod until 9:30 x                                | 2026-05-04T12:00:00Z | 2026-05-05T07:30:00Z
          freeze prod for=30m x                                   | 2026-05-04T12:00:00Z | 2026-05-04T12:30:00Z
          freeze prod from now to 18:30 x                         | 2026-05-04T12:00:00Z | 2026-05-04T16:30:00Z
          freeze prod from 2h to 1h x                             | 2026-05-04T14:00:00Z | 2026-05-04T15:00:00Z
          freeze prod from 12:00 to 13:00 x                       | 2026-05-05T10:00:00Z | 2026-05-05T11:00:00Z
          freeze prod from 23:00 to 1:00 x                        | 2026-05-04T21:00:00Z | 2026-05-04T23:00:00Z
          freeze prod from 23:00 --for 2h x                       | 2026-05-04T21:00:00Z | 2026-05-04T23:00:00Z
          freeze prod from 2026-12-24T18:00 to 2026-12-27T08:00 x | 2026-12-24T17:00:00Z | 2026-12-27T07:00:00Z
          freeze prod from 2026-12-24 18:00 to 2026-12-27 8:00 x  | 2026-12-24T17:00:00Z | 2026-12-27T07:00:00Z
          freeze prod from 2026-10-24T18:00 to 2026-10-26T08:00 x | 2026-10-24T16:00:00Z | 2026-10-26T07:00:00Z
          """)
  void approvalP10_typedTimesAreMeantInTheConfiguredZone(String text, String from, String until) {
    bench.answer(text);
    assertThat(bench.store.freezes().all())
        .singleElement()
        .satisfies(freeze -> {
          assertThat(freeze.from()).hasToString(from);
          assertThat(freeze.until()).hasToString(until);
          assertThat(freeze.reason()).isEqualTo("x");
          assertThat(freeze.scope()).isEqualTo(new FreezeScope(List.of("prod"), List.of()));
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          freeze                                     | <env> is missing: the environment, or * for all.
          freeze stagin --for 2h demo                | There is no environment 'stagin'. Did you mean 'staging'?
          freeze everything --for 2h demo            | There is no environment 'everything'. Use * for all.
          freeze staging                             | Until when? Add `to 18:30`, `to 2026-12-27T08:00` or `for 2h`.
          freeze staging demo                        | Until when?
          freeze staging from 15:00 demo             | Until when?
          freeze staging to 16:00                    | Why? Add a reason for others to see, for example `freeze prod from
          freeze staging to 16:00 --for 2h demo      | Use only one end: either `to`, or `for` or `--for`.
          freeze staging to soon demo                | 'soon' is not a time. Use `2h`, `18:30`, `tomorrow 9am` or `2026-12-01T06:00`.
          freeze staging from someday to 18:00 demo  | 'someday' is not a time.
          freeze staging from 2026-05-01T10:00 to 18:00 demo | That beginning has already passed. Leave out `from` to start now.
          freeze staging from 18:00 to 2026-05-04T17:00 demo | The end is before the start.
          freeze staging --for 0s demo               | The end is before the start.
          freeze staging --for 400d demo             | The end is more than a year ahead. Recurring freezes belong in the configuration
          freeze staging --for ever demo             | 'ever' is not a duration
          freeze staging --form 2h demo              | There is no option --form. Did you mean --for?
          freeze staging app=wbe --for 2h demo       | There is no application 'wbe'. Did you mean 'web'?
          unfreeze                                   | <freeze> is missing: the freeze's number.
          unfreeze x                                 | 'x' is not a number. To list them: `freezes`.
          unfreeze 7                                 | There is no freeze 7. To list them: `freezes`
          freezes staging                            | 'staging' is one argument too many. Usage: `freezes`
          """)
  void aMistakeHasItsSentence(String text, String sentence) {
    assertThat(bench.refusal(text)).contains(sentence);
    assertThat(bench.store.freezes().all()).isEmpty();
  }

  @Test
  void aReasonHasABound() {
    assertThat(bench.refusal("freeze staging --for 2h " + "x".repeat(301)))
        .isEqualTo("The reason is longer than 300 characters. Refer to a ticket instead.");
    assertThat(bench.answer("freeze staging --for 2h " + "x".repeat(Freeze.LONGEST_REASON)))
        .contains("xxx.");
  }

  @Test
  void standingAndComingOnesAreListedByTheirBeginning() {
    bench.answer("freeze prod from 2026-12-24T18:00 to 2026-12-27T08:00 holiday sales");
    bench.answer("freeze staging --for 2h demo");
    assertThat(bench.answer("freezes").lines())
        .containsExactly(
            "❄️ staging is frozen from Mon 2026-05-04 14:00 Europe/Berlin until Mon 2026-05-04"
                + " 16:00 Europe/Berlin by ann (freeze 2): demo.",
            "🗓️ prod is frozen from Thu 2026-12-24 18:00 Europe/Berlin until Sun 2026-12-27 08:00"
                + " Europe/Berlin by ann (freeze 1): holiday sales.");
  }
}
