package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.engine.pipeline.PipelineBench.PERSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.DeployLock;
import dev.bandmaster.core.store.StoreConflict;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Locks, from the typed words to who is kept out by them. */
class LockCommandsTest {
  private static final Person BOB =
      new Person(new UserRef("T1", "U2"), "bob", Person.Kind.MEMBER, Set.of());

  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  @Test
  void trap31_theOwnerPassesAndOthersSeeWhoWhyAndUntilWhen() {
    bench.asking(BOB);
    assertThat(bench.answer("lock staging web --for 2h investigating the error rate"))
        .isEqualTo(
            "Locked. web in staging is locked by bob until Mon 2026-05-04 16:00 Europe/Berlin:"
                + " investigating the error rate. You can still deploy. To unlock: unlock staging web.");
    assertThat(bench.opened("codeupdate staging web version=1.4.2").work().title())
        .startsWith("codeupdate staging web");
    bench.asking(PERSON);
    assertThat(bench.refusal("codeupdate staging web version=1.4.2"))
        .isEqualTo(
            "web in staging is locked by bob until Mon 2026-05-04 16:00 Europe/Berlin: investigating"
                + " the error rate. Ask the owner, or run `unlock staging web` if the lock is"
                + " obsolete.");
    assertThat(bench.refusal("rollback staging web version=1.4.1")).contains("is locked by bob");
    assertThat(bench.opened("ping web1")).as("looking is free").isNotNull();
    assertThat(bench.answer("codeupdate staging web --dry-run")).contains("Dry run");
  }

  @Test
  void trap31_aLockOfTheWholeEnvironmentHoldsForEachApplication() {
    bench.asking(BOB);
    bench.answer("lock staging demo for the board");
    bench.asking(PERSON);
    assertThat(bench.refusal("codeupdate staging web"))
        .isEqualTo(
            "staging is locked by bob: demo for the board. Ask the owner, or run `unlock staging`"
                + " if the lock is obsolete.");
  }

  @Test
  void trap31_aPersonWhoMayUnlockLiftsTheLockOfAnother() {
    bench.asking(BOB);
    bench.answer("lock staging web for=1d demo");
    bench.asking(PERSON);
    assertThat(bench.answer("unlock staging web"))
        .isEqualTo("The lock on web in staging by bob is lifted. Its reason was: demo");
    assertThat(bench.refusal("unlock staging web"))
        .isEqualTo("That is not locked. To list locks: `locks`.");
    assertThat(bench.opened("codeupdate staging web")).isNotNull();
  }

  @Test
  void anothersLockCannotBeReplacedOnesOwnCan() {
    bench.asking(BOB);
    bench.answer("lock staging web demo");
    bench.clock.advance(Duration.ofMinutes(1));
    assertThat(bench.answer("lock staging web app=web --for 10m still the demo"))
        .contains("until Mon 2026-05-04 14:11 Europe/Berlin");
    bench.asking(PERSON);
    assertThat(bench.refusal("lock staging web my turn"))
        .startsWith("web in staging is locked by bob");
    assertThat(bench.answer("lock staging everything")).startsWith("Locked. staging is locked");
  }

  @Test
  void whoIsSecondToLockAtTheSameMomentIsNotTheOwner() {
    DeployLock first =
        new DeployLock("staging", "web", "slack:T1:U2", "bob", "U2", "x", NOON, Optional.empty());
    CommandResult late = bench.run("lock staging web me too").ending();
    bench.store.commit(new Change.Lock(first));
    assertThat(late)
        .isInstanceOfSatisfying(
            CommandResult.Answered.class,
            answered ->
                assertThatThrownBy(() -> bench.store.commit(answered.changes()))
                    .isInstanceOf(StoreConflict.class));
    assertThat(bench.refusal("lock staging web me too")).contains("is locked by bob");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          lock                          | <env> is missing: where.
          lock stagin demo              | There is no environment 'stagin'. Did you mean 'staging'?
          lock staging                  | Why? Add a reason for others to see, for example `lock prod web --for 2h investigating
          lock staging web              | Why? Add a reason for others to see, for example
          lock staging app=wbe demo     | There is no application 'wbe'. Did you mean 'web'?
          lock staging for=soon demo    | 'soon' is not a duration. Use 30s, 10m, 2h or 1d.
          lock staging --form 2h demo   | There is no option --form. Did you mean --for?
          lock staging --for            | --for needs a value.
          lock staging for 2h until 18:30 demo | Name one end: `for 2h`, `until 18:30` or `--for 2h`.
          lock staging until 2020-01-01 demo   | That time has already passed.
          unlock                        | <env> is missing: where.
          unlock staging wbe            | There is no application 'wbe'. Did you mean 'web'?
          unlock staging                | That is not locked. To list locks: `locks`.
          locks staging                 | 'staging' is one argument too many. Usage: `locks`
          """)
  void aMistakeHasItsSentence(String text, String sentence) {
    assertThat(bench.refusal(text)).contains(sentence);
    assertThat(bench.store.slots().locks()).isEmpty();
  }

  @Test
  void locksAreListed() {
    assertThat(bench.answer("locks")).isEqualTo("Nothing is locked.");
    bench.answer("lock staging web --for 2h demo.");
    bench.answer("lock prod freeze");
    assertThat(bench.answer("locks").lines())
        .containsExactly(
            "🔒 prod is locked by ann: freeze.",
            "🔒 web in staging is locked by ann until Mon 2026-05-04 16:00 Europe/Berlin: demo.");
    assertThat(bench.store.slots().locks().getFirst().owner()).isEqualTo(ANN.principal());
  }
}
