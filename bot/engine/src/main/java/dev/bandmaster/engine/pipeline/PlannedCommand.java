package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.plugin.Planned;
import java.util.Optional;

/**
 * A command with its plan.
 *
 * @param presenter name of the command in whose words the nodes' answers are shown
 * @param right what it needs on the nodes
 * @param backend name of the backend that carries it out; empty until it is chosen
 * @param ends the paused job whose place it takes
 * @param order what is done instead where nobody has to approve it
 * @param unfiltered whether the rules want it confirmed, since nothing narrows its nodes down
 * @param freeze a sentence on the freeze that stands now, or empty
 * @param warnings what the asker should know before it begins
 * @param asking the request for approval that it becomes, if it has to be approved
 */
record PlannedCommand(
    Authorised authorised,
    Planned.Work work,
    String presenter,
    Right right,
    String backend,
    Optional<Job> ends,
    Optional<Command.Outcome.Done> order,
    boolean unfiltered,
    String freeze,
    Warnings warnings,
    Optional<ApprovalRequestDraft> asking) {

  /** What a plugin has planned. */
  static PlannedCommand of(
      Authorised authorised, Planned.Work work, String presenter, Right right) {
    return new PlannedCommand(
        authorised,
        work,
        presenter,
        right,
        "",
        Optional.empty(),
        Optional.empty(),
        false,
        "",
        Warnings.NONE,
        Optional.empty());
  }

  /** What is made of another job. */
  static PlannedCommand of(Authorised authorised, Command.Outcome.Work made) {
    return new PlannedCommand(
        authorised,
        made.work(),
        made.like().command(),
        made.right(),
        "",
        made.ends(),
        made.order(),
        false,
        "",
        Warnings.NONE,
        Optional.empty());
  }

  PlannedCommand with(Planned.Work newWork) {
    return new PlannedCommand(
        authorised,
        newWork,
        presenter,
        right,
        backend,
        ends,
        order,
        unfiltered,
        freeze,
        warnings,
        asking);
  }

  /**
   * The same, now that the rules have been asked about its nodes.
   *
   * @param newUnfiltered whether they want it confirmed
   */
  PlannedCommand with(Authorised newAuthorised, boolean newUnfiltered) {
    return new PlannedCommand(
        newAuthorised,
        work,
        presenter,
        right,
        backend,
        ends,
        order,
        newUnfiltered,
        freeze,
        warnings,
        asking);
  }

  /** The same, which would be kept from beginning now. */
  PlannedCommand during(String newFreeze) {
    return new PlannedCommand(
        authorised,
        work,
        presenter,
        right,
        backend,
        ends,
        order,
        unfiltered,
        newFreeze,
        warnings,
        asking);
  }

  /** The same, carried out by this backend. */
  PlannedCommand by(String newBackend) {
    return new PlannedCommand(
        authorised,
        work,
        presenter,
        right,
        newBackend,
        ends,
        order,
        unfiltered,
        freeze,
        warnings,
        asking);
  }

  PlannedCommand asking(ApprovalRequestDraft newAsking) {
    return new PlannedCommand(
        authorised,
        work,
        presenter,
        right,
        backend,
        ends,
        order,
        unfiltered,
        freeze,
        warnings,
        Optional.of(newAsking));
  }

  /** The same with what the asker should know. */
  PlannedCommand warning(Warnings newWarnings) {
    return new PlannedCommand(
        authorised,
        work,
        presenter,
        right,
        backend,
        ends,
        order,
        unfiltered,
        freeze,
        newWarnings,
        asking);
  }
}
