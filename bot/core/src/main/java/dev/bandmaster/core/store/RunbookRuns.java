package dev.bandmaster.core.store;

import dev.bandmaster.core.runbook.RunbookRun;
import java.util.List;
import java.util.Optional;

/** Runs of runbooks, running and past. Their numbers are those of jobs: {@link Jobs#nextNumber}. */
public interface RunbookRuns {

  /** All that have not ended, the oldest first. */
  List<RunbookRun> active();

  Optional<RunbookRun> find(long number);

  /** Runs, running or not, the newest first. */
  List<RunbookRun> recent(int limit);
}
