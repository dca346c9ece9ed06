package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Schedules;
import dev.bandmaster.store.TestStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SetAsideNotifierTest {
  @RegisterExtension private final TestStore store = new TestStore();
  private final List<String> sentences = new ArrayList<>();

  @Test
  void isolation_operatorsAreNotifiedOnceOfARowThatCannotBeRead() throws Exception {
    try (SetAsideNotifier notifier = new SetAsideNotifier(store, sentences::add)) {
      notifier.look();
      assertThat(sentences).isEmpty();
      store.commit(
          new Change.CreateSchedule(
              new Schedules.Schedule(
                  7,
                  SampleJobs.ANN,
                  "ann",
                  SampleJobs.THREAD,
                  "discover",
                  Optional.empty(),
                  SampleJobs.NOON)));
      store.execute("UPDATE schedule SET facts = '{\"secret\":1}'");
      store.schedules().all();
      store.setAway(true);
      notifier.look();
      store.setAway(false);
      notifier.look();
      notifier.look();
      store.schedules().all();
      notifier.look();
      assertThat(sentences)
          .singleElement()
          .satisfies(sentence ->
              assertThat(sentence)
                  .startsWith("1 row of the store cannot be read and was set aside")
                  .contains("schedule '7'")
                  .contains("'bandmaster storage check'")
                  .doesNotContain("secret"));
    }
  }
}
