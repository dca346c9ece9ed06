package dev.bandmaster.bot.work;

import dev.bandmaster.bot.job.Job;
import java.util.Optional;

/** What keeps queued jobs from beginning. Asked again and again until nothing does. */
@FunctionalInterface
public interface Obstacles {

  /** Why a job has to wait now, as a sentence; empty if it may begin. */
  Optional<String> against(Job job);
}
