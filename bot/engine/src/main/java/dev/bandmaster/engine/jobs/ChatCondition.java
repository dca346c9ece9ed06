package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.StartConditions;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps jobs from beginning while the chat takes nothing from the bot: nobody would be told how
 * they go. Before that it asks the other conditions. Safe for use by many threads.
 */
public final class ChatCondition implements StartConditions {

  private final StartConditions others;
  private volatile Supplier<Optional<String>> refusal = Optional::empty;

  public ChatCondition(StartConditions others) {
    this.others = others;
  }

  /** From now on asks the chat why it takes nothing. */
  public void watch(Supplier<Optional<String>> chat) {
    refusal = chat;
  }

  @Override
  public Optional<Wait> against(Job job) {
    return others
        .against(job)
        .or(() ->
            refusal
                .get()
                .map(reason ->
                    new Wait(
                        "Waits until the chat lets me report on it: " + reason,
                        "The chat takes nothing from the bot.")));
  }
}
