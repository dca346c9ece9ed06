package dev.bandmaster.bot.command;

import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.Right;
import dev.bandmaster.plugin.Planned;
import java.util.Optional;

/**
 * A command with its plan.
 *
 * @param presenter name of the command in whose words the nodes' answers are shown
 * @param right what it needs on the nodes
 * @param ends the paused job whose place it takes
 * @param order what is done instead where nobody has to approve it
 * @param unfiltered whether the rules want it confirmed, since nothing narrows its nodes down
 * @param freeze a sentence on the freeze that stands now, or empty
 * @param asking the request for approval that it becomes, if it has to be approved
 */
record Prepared(
    Authorised authorised,
    Planned.Work work,
    String presenter,
    Right right,
    Optional<Job> ends,
    Optional<Command.Outcome.Done> order,
    boolean unfiltered,
    String freeze,
    Optional<Asking> asking) {

  /** What a plugin has planned. */
  static Prepared of(Authorised authorised, Planned.Work work, String presenter, Right right) {
    return new Prepared(
        authorised,
        work,
        presenter,
        right,
        Optional.empty(),
        Optional.empty(),
        false,
        "",
        Optional.empty());
  }

  /** What is made of another job. */
  static Prepared of(Authorised authorised, Command.Outcome.Work made) {
    return new Prepared(
        authorised,
        made.work(),
        made.like().command(),
        made.right(),
        made.ends(),
        made.order(),
        false,
        "",
        Optional.empty());
  }

  Prepared with(Planned.Work newWork) {
    return new Prepared(
        authorised, newWork, presenter, right, ends, order, unfiltered, freeze, asking);
  }

  /**
   * The same, now that the rules have been asked about its nodes.
   *
   * @param newUnfiltered whether they want it confirmed
   */
  Prepared with(Authorised newAuthorised, boolean newUnfiltered) {
    return new Prepared(
        newAuthorised, work, presenter, right, ends, order, newUnfiltered, freeze, asking);
  }

  /** The same, which would be kept from beginning now. */
  Prepared during(String newFreeze) {
    return new Prepared(
        authorised, work, presenter, right, ends, order, unfiltered, newFreeze, asking);
  }

  Prepared asking(Asking newAsking) {
    return new Prepared(
        authorised,
        work,
        presenter,
        right,
        ends,
        order,
        unfiltered,
        freeze,
        Optional.of(newAsking));
  }
}
