package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.StartConditions;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps jobs that were asked for in the chat from beginning while it takes nothing from the bot:
 * nobody would see how they go. A job that was asked for by the API goes on, since its caller reads
 * the answer there. Before that it asks the other conditions. Safe for use by many threads.
 */
public final class ChatCondition implements StartConditions {

  private final StartConditions others;
  private final Supplier<Optional<String>> refusal;

  /**
   * Adds the chat to other conditions.
   *
   * @param refusal why the chat takes nothing; empty while it does
   */
  public ChatCondition(StartConditions others, Supplier<Optional<String>> refusal) {
    this.others = others;
    this.refusal = refusal;
  }

  @Override
  public Optional<Wait> against(Job job) {
    return others
        .against(job)
        .or(() ->
            (job.place().isApi() ? Optional.<String>empty() : refusal.get())
                .map(reason ->
                    new Wait(
                        "Waits until the chat lets me report on it: " + reason,
                        "The chat takes nothing from the bot.")));
  }
}
