package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.plugin.Message;
import java.util.Optional;

/**
 * A request whose matter has changed since it was made, so that it has to be asked again: the same
 * words, for the same person in the same place, with the rights they have now. Nobody's vote on the
 * old request counts for the new one.
 *
 * @param approval the request as it was
 * @param moved a sentence on what has changed
 */
public record Resubmission(Approval approval, String moved) {

  /** What the requester would say now. */
  CommandRequest asked(CommandRequest vote) {
    return new CommandRequest(
        vote.id(),
        approval.requester(),
        approval.place(),
        Optional.empty(),
        approval.canonical(),
        "requested again for job %d: %s".formatted(approval.number(), approval.canonical()),
        vote.at(),
        CommandRequest.Manner.RENEWED,
        Optional.of(moved));
  }

  /** The answer to the person who wanted to vote, now that this came of it. */
  CommandResult after(CommandResult.Answered without, CommandResult again) {
    return switch (again) {
      case CommandResult.Opened opened ->
          opened.withReply(
              Message.sentence(
                  "%s Nothing was started and your vote does not count. The request is renewed as job %d."
                      .formatted(moved, opened.job().number())));
      case CommandResult.Refused(String reason, var _, var _, var _, var _, var _) ->
          new CommandResult.Answered(
              Message.sentence("%s The request could not be renewed: %s".formatted(moved, reason)),
              without.changes());
      case CommandResult.Answered _ ->
          new CommandResult.Answered(without.message(), without.changes());
    };
  }
}
