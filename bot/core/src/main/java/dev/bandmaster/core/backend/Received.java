package dev.bandmaster.core.backend;

import dev.bandmaster.model.TargetReport;
import java.util.List;

/** What a report means for a job. */
public sealed interface Received {

  /** What it says: it comes from the target that it names. */
  record AsItIs() implements Received {}

  /** These reports of the job's targets, perhaps none. */
  record Means(List<TargetReport> reports) implements Received {
    public Means {
      reports = List.copyOf(reports);
    }
  }

  /** Nothing: it comes from somebody who was not asked. */
  record NotAsked() implements Received {}
}
