package dev.bandmaster.bot.command;

import dev.bandmaster.bot.approval.Vote;
import dev.bandmaster.bot.store.AuditEntry;
import dev.bandmaster.bot.store.Change;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the audit says of requests for approval that a command has made or changed. */
final class CommandAudit {
  private CommandAudit() {}

  /** The digest of what is asked about, or empty. */
  static String digest(Ending ending) {
    return changes(ending)
        .flatMap(change ->
            change instanceof Change.Ask(var approval)
                ? Stream.of(approval.digest())
                : change instanceof Change.Judge judge
                    ? Stream.of(judge.approval().digest())
                    : Stream.empty())
        .findFirst()
        .orElse("");
  }

  /** How the request stands then, or empty. */
  static String state(Ending ending) {
    return changes(ending)
        .flatMap(change ->
            change instanceof Change.Ask(var approval)
                ? Stream.of(AuditEntry.More.nameOf(approval.state().status()))
                : change instanceof Change.Judge judge
                    ? Stream.of(AuditEntry.More.nameOf(judge.after().status()))
                    : Stream.empty())
        .findFirst()
        .orElse("");
  }

  /** How old the knowledge of the voter's groups was, in seconds, or empty. */
  static String groupsAge(Ending ending) {
    return changes(ending)
        .filter(Change.Judge.class::isInstance)
        .map(Change.Judge.class::cast)
        .flatMap(CommandAudit::newVotes)
        .flatMap(vote -> vote.groupsAge().stream())
        .map(Duration::toSeconds)
        .map(String::valueOf)
        .findFirst()
        .orElse("");
  }

  private static Stream<Vote> newVotes(Change.Judge judge) {
    List<Vote> before = judge.approval().state().votes();
    return judge.after().votes().stream().filter(vote -> !before.contains(vote));
  }

  private static Stream<Change> changes(Ending ending) {
    return switch (ending) {
      case Ending.Refused _ -> Stream.empty();
      case Ending.Answered answered -> answered.changes().stream();
      case Ending.Opened opened -> opened.changes().stream();
    };
  }
}
