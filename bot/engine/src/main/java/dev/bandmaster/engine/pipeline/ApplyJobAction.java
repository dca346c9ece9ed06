package dev.bandmaster.engine.pipeline;

import java.util.function.Function;

/**
 * Is it only a word to a job that goes on? Then it is given, now that the rules have been asked
 * about the job's nodes. What has to be approved becomes a job of its own instead, since only that
 * can wait for people.
 */
public final class ApplyJobAction implements Function<PlannedCommand, Step<PlannedCommand>> {

  @Override
  public Step<PlannedCommand> apply(PlannedCommand prepared) {
    return prepared
        .order()
        .filter(order -> prepared.authorised().needs().isEmpty())
        .<Step<PlannedCommand>>map(
            order -> Step.end(new CommandResult.Answered(order.message(), order.changes())))
        .orElseGet(() -> Step.on(prepared));
  }
}
