package dev.bandmaster.engine.approvals;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent.RecheckResult;
import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.core.chat.FreshDirectory.Seen;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.engine.fleet.FleetPlanningContext;
import dev.bandmaster.engine.jobs.Recheck;
import dev.bandmaster.engine.pipeline.AccessRequests;
import dev.bandmaster.engine.pipeline.ArgumentReader;
import dev.bandmaster.engine.pipeline.ArgumentReader.Reading;
import dev.bandmaster.engine.pipeline.AuthoriseTargets;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import dev.bandmaster.engine.pipeline.Voters;
import dev.bandmaster.engine.pipeline.WordSplitter;
import dev.bandmaster.model.NodeSet;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What has changed about a request since it was made. Blocking. */
public final class PolicyRecheck implements Recheck {

  private final CommandRegistry registry;
  private final FleetPlanningContext planning;
  private final AuthoriseTargets reach;
  private final Voters voters;

  public PolicyRecheck(
      CommandRegistry registry,
      FleetPlanningContext planning,
      AuthoriseTargets reach,
      Voters voters) {
    this.registry = registry;
    this.planning = planning;
    this.reach = reach;
    this.voters = voters;
  }

  @Override
  public Result at(Approval approval, Job job) {
    Set<UserRef> barred = new HashSet<>();
    Set<UserRef> people = new HashSet<>();
    for (Vote vote : approval.state().yes()) {
      switch (voters.of(approval, Voters.APPROVE, vote.voter())) {
        case Voters.Standing.May(Person person, Duration _, Set<Integer> _) -> {
          // By now two ids may be known to be one person's, who counts once.
          if (!people.add(person.sender())) {
            barred.add(vote.voter());
          }
        }
        case Voters.Standing.MayNot _ -> barred.add(vote.voter());
        case Voters.Standing.Unknown(String reason) -> {
          return new Result.Unsure(reason);
        }
      }
    }
    return switch (voters.look(approval, approval.requester())) {
      case Seen.Unknown(String reason) -> new Result.Unsure(reason);
      case Seen.Known(Person requester, Duration _) -> {
        barred.addAll(votersBehind(approval, requester.sender()));
        yield new Result.Seen(
            new RecheckResult(
                barred,
                reach
                    .against(requester, job, arguments(job))
                    .map(reason ->
                        "%s may no longer do this: %s"
                            .formatted(approval.requesterName(), reason))));
      }
    };
  }

  /** The voters who are the requester under another id. */
  private Set<UserRef> votersBehind(Approval approval, UserRef requester) {
    return approval.state().yes().stream()
        .map(Vote::voter)
        .filter(voter ->
            voter.maybeSame(requester)
                || (voters.look(approval, voter) instanceof Seen.Known(Person person, Duration _)
                    && person.sender().maybeSame(requester)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A command with its arguments, as it was when the job was made. */
  private record Read(Command command, Arguments arguments) {}

  private Optional<Read> read(Job job) {
    if (!(WordSplitter.of(job.canonical()) instanceof WordSplitter.Split(List<String> words))
        || words.isEmpty()) {
      return Optional.empty();
    }
    return registry
        .find(words.getFirst())
        .flatMap(command ->
            ArgumentReader.read(command.declaration(), words.subList(1, words.size()))
                    instanceof Reading.Complete(Arguments arguments)
                ? Optional.of(new Read(command, arguments))
                : Optional.empty());
  }

  private Map<String, String> arguments(Job job) {
    return read(job).map(read -> AccessRequests.words(read.arguments())).orElse(Map.of());
  }

  /**
   * How the same command would be another one by now.
   *
   * @param moved why it has to be asked again: what would be done is not what was asked for
   * @param remarks what is different and changes nothing
   */
  record Drift(Optional<String> moved, List<String> remarks) {
    static final Drift NONE = new Drift(Optional.empty(), List.of());

    Drift {
      remarks = List.copyOf(remarks);
    }
  }

  /** Plans the command again and compares. */
  Drift drift(Job job) {
    Optional<Read> read = read(job);
    if (read.isEmpty() || !(read.get().command() instanceof Command.Planned(var plugin))) {
      return Drift.NONE;
    }
    Invocation invocation = new Invocation(read.get().arguments(), job.canonical());
    return switch (plugin.plan(invocation, planning.onePlan())) {
      case Planned.Work now -> difference(job.work(), now);
      case Planned.Refused(String reason) ->
          new Drift(Optional.of("It can no longer be requested: " + reason), List.of());
      case Planned.Answer _ -> Drift.NONE;
    };
  }

  private static Drift difference(Planned.Work then, Planned.Work now) {
    String before = then.subject().map(Planned.Subject::version).orElse("");
    String after = now.subject().map(Planned.Subject::version).orElse("");
    if (!before.equals(after)) {
      return new Drift(
          Optional.of(
              "The request is for %2$s, but the newest version is now %1$s."
                  .formatted(after, before)),
          List.of());
    }
    if (!then.arguments().equals(now.arguments())) {
      return new Drift(
          Optional.of(
              "The content sent to the nodes has changed since the request, although its"
                  + " version has not."),
          List.of());
    }
    List<String> remarks = new ArrayList<>();
    List<String> joined = without(now.reach().nodes(), then.reach().nodes());
    List<String> left = without(then.reach().nodes(), now.reach().nodes());
    if (!joined.isEmpty()) {
      remarks.add("%s joined since the request: not included.".formatted(NodeSet.fold(joined)));
    }
    if (!left.isEmpty()) {
      remarks.add(
          "%s left since the request: will be reported as silent.".formatted(NodeSet.fold(left)));
    }
    return new Drift(Optional.empty(), remarks);
  }

  private static List<String> without(List<String> all, List<String> some) {
    List<String> rest = new ArrayList<>(all);
    rest.removeAll(some);
    return rest;
  }
}
