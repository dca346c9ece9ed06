package dev.bandmaster.bot.store;

import dev.bandmaster.bot.job.Job;
import java.util.List;
import java.util.Optional;

/** Jobs, running and past. */
public interface Jobs {

  /** A number no other job has. */
  long nextNumber();

  /** All jobs that have not ended, oldest first. */
  List<Job> unfinished();

  Optional<Job> find(String id);
}
