package dev.bandmaster.bot.command;

import java.util.function.Function;

/**
 * Is it only a word to a job that goes on? Then it is given, now that the rules have been asked
 * about the job's nodes. What has to be approved becomes a job of its own instead, since only that
 * can wait for people.
 */
final class GiveOrder implements Function<Prepared, Step<Prepared>> {

  @Override
  public Step<Prepared> apply(Prepared prepared) {
    return prepared
        .order()
        .filter(order -> prepared.authorised().needs().isEmpty())
        .<Step<Prepared>>map(
            order -> Step.end(new Ending.Answered(order.message(), order.changes())))
        .orElseGet(() -> Step.on(prepared));
  }
}
