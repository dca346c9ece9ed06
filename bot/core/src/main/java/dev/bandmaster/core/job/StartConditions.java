package dev.bandmaster.core.job;

import java.util.Optional;

/** What keeps queued jobs from beginning. Asked again and again until nothing does. */
@FunctionalInterface
public interface StartConditions {

  /** Why a job has to wait now; empty if it may begin. */
  Optional<Wait> against(Job job);

  /**
   * Why a job waits.
   *
   * @param sentence for the person who sees it wait: why it does, and when it goes on
   * @param fact a sentence on what stands in its way, for the person who reads it afterwards
   */
  record Wait(String sentence, String fact) {}
}
