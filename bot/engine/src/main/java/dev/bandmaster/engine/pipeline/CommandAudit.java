package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the audit says of requests for approval that a command has made or changed. */
final class CommandAudit {
  private CommandAudit() {}

  /** The digest of what is asked about, or empty. */
  static String digest(CommandResult ending) {
    return changes(ending)
        .flatMap(change ->
            change instanceof Change.CreateApproval(var approval)
                ? Stream.of(approval.digest())
                : change instanceof Change.UpdateApproval update
                    ? Stream.of(update.approval().digest())
                    : Stream.empty())
        .findFirst()
        .orElse("");
  }

  /** How the request stands then, or empty. */
  static String state(CommandResult ending) {
    return changes(ending)
        .flatMap(change ->
            change instanceof Change.CreateApproval(var approval)
                ? Stream.of(AuditEntry.More.nameOf(approval.state().status()))
                : change instanceof Change.UpdateApproval update
                    ? Stream.of(AuditEntry.More.nameOf(update.after().status()))
                    : Stream.empty())
        .findFirst()
        .orElse("");
  }

  /** How old the knowledge of the voter's groups was, in seconds, or empty. */
  static String groupsAge(CommandResult ending) {
    return changes(ending)
        .filter(Change.UpdateApproval.class::isInstance)
        .map(Change.UpdateApproval.class::cast)
        .flatMap(CommandAudit::newVotes)
        .flatMap(vote -> vote.groupsAge().stream())
        .map(Duration::toSeconds)
        .map(String::valueOf)
        .findFirst()
        .orElse("");
  }

  private static Stream<Vote> newVotes(Change.UpdateApproval update) {
    List<Vote> before = update.approval().state().votes();
    return update.after().votes().stream().filter(vote -> !before.contains(vote));
  }

  private static Stream<Change> changes(CommandResult ending) {
    return switch (ending) {
      case CommandResult.Refused _ -> Stream.empty();
      case CommandResult.Answered answered -> answered.changes().stream();
      case CommandResult.Opened opened -> opened.changes().stream();
    };
  }
}
