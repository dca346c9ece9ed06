package dev.bandmaster.benchmark;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Makes many of one request that waits for approval, as if as many people had asked. */
final class PendingRequests {
  private PendingRequests() {}

  /** To be called while no bot uses the store. */
  static void multiply(BotConfig config, Path file, int wanted) throws IOException {
    try (Store store = JdbiStore.open(new StoreSettings.Sqlite(file), InstantSource.system())) {
      List<Approval> open = store.approvals().open(1);
      if (open.isEmpty()) {
        throw new IOException("nothing waits for approval");
      }
      Approval first = open.getFirst();
      Job job = store.jobs().find(first.job()).orElseThrow();
      for (int i = 1; i < wanted; i++) {
        Job another = another(job, store.jobs().nextNumber(), i);
        Approval approval =
            Approval.of(
                Ids.next(Instant.now()),
                another,
                first.snapshot(),
                config.approvals().expires(),
                Optional.empty());
        store.commit(
            new Change.CreateJob(another, config.replica()), new Change.CreateApproval(approval));
      }
    }
  }

  private static Job another(Job job, long number, int person) {
    Instant now = Instant.now();
    String id = Ids.next(now);
    return new Job(
        id,
        number,
        job.command(),
        job.right(),
        job.canonical(),
        new UserRef(job.asker().team(), "U0PERSON" + person),
        "person " + person,
        job.groups(),
        job.place(),
        job.question(),
        job.work(),
        job.backend(),
        Optional.empty(),
        now,
        job.patience(),
        JobMachine.planned(id, job.work(), () -> Ids.next(Instant.now()), false));
  }
}
