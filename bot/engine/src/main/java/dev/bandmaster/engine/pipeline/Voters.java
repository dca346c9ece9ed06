package dev.bandmaster.engine.pipeline;

import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Principal;
import dev.bandmaster.acl.Request;
import dev.bandmaster.acl.Requirement;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.Electorate;
import dev.bandmaster.core.approval.Snapshot;
import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.FreshDirectory.Gathering;
import dev.bandmaster.core.chat.FreshDirectory.Seen;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Right;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may vote on a request, by a fresh look at the person and at the policy. Blocking. */
public final class Voters {

  /** The right that an approver needs besides being one of those who are wanted. */
  public static final String APPROVE = "approve";

  private static final String GROUP = "group ";

  /** How old group data may be outside protected environments. */
  private static final Duration OTHERWISE = Duration.ofMinutes(10);

  /** People that are looked up before it is said that there are too few. */
  private static final int MOST_LOOKED_UP = 60;

  private final FreshDirectory directory;
  private final AccessRules rules;
  private final ApprovalSettings settings;
  private final InstantSource clock;

  public Voters(
      FreshDirectory directory, AccessRules rules, ApprovalSettings settings, InstantSource clock) {
    this.directory = directory;
    this.rules = rules;
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether somebody may vote. */
  public sealed interface Standing {
    /**
     * They may.
     *
     * @param age how old the knowledge of them is
     * @param counts the requirements they can help to fulfil, by their position; never empty
     */
    record May(Person person, Duration age, Set<Integer> counts) implements Standing {
      public May {
        counts = Set.copyOf(counts);
      }
    }

    /** They may not; the reason is a sentence. */
    record MayNot(String reason) implements Standing {}

    /** It cannot be found out now; the reason is a sentence. */
    record Unknown(String reason) implements Standing {}
  }

  /** A request with the ids that people have by now. */
  public sealed interface Resolved {
    record Known(Approval approval) implements Resolved {}

    /** It cannot be found out now; the reason is a sentence. */
    record Unknown(String reason) implements Resolved {}
  }

  /**
   * The request, asked and voted on by the one that is known by now to be behind the ids that it
   * was asked and voted on under: somebody may have acted under another id since.
   */
  public Resolved canonical(Approval approval) {
    Map<UserRef, UserRef> ids = new HashMap<>();
    List<UserRef> all = new ArrayList<>();
    all.add(approval.requester());
    approval.state().standing().stream().map(Vote::voter).forEach(all::add);
    for (UserRef id : all) {
      switch (look(approval, id)) {
        case Seen.Known(Person person, Duration _) -> ids.put(id, person.sender());
        case Seen.Unknown(String reason) -> {
          return new Resolved.Unknown(reason);
        }
      }
    }
    List<Vote> votes =
        approval.state().votes().stream()
            .map(vote -> vote.by(ids.getOrDefault(vote.voter(), vote.voter())))
            .toList();
    return new Resolved.Known(
        approval
            .by(ids.getOrDefault(approval.requester(), approval.requester()))
            .with(approval.state().with(Vote.onePerPerson(votes))));
  }

  /** Whether somebody may vote on a request, with this right, in the channel where it is. */
  public Standing of(Approval approval, String permission, UserRef voter) {
    return of(approval.snapshot(), approval.right(), approval.place(), permission, voter);
  }

  private Standing of(
      Snapshot snapshot, Right right, ConversationRef place, String permission, UserRef voter) {
    return switch (directory.look(voter, oldest(snapshot))) {
      case Seen.Unknown(String reason) -> new Standing.Unknown(reason);
      case Seen.Known(Person person, Duration age) ->
          standing(snapshot, right.to(permission), place, person, age);
    };
  }

  /** A look at somebody that is fresh enough for the request. */
  public Seen look(Approval approval, UserRef person) {
    return directory.look(person, oldest(approval.snapshot()));
  }

  private Duration oldest(Snapshot snapshot) {
    return snapshot.isProtected() ? settings.groupsAge() : OTHERWISE;
  }

  private Standing standing(
      Snapshot snapshot, Right right, ConversationRef place, Person person, Duration age) {
    Optional<String> account =
        switch (person.kind()) {
          case MEMBER, GUEST -> Optional.empty();
          case EXTERNAL -> Optional.of("People from other organizations cannot vote here.");
          case BOT -> Optional.of("Bots cannot vote.");
          case DEACTIVATED -> Optional.of("Deactivated accounts cannot vote.");
        };
    if (account.isPresent()) {
      return new Standing.MayNot(account.get());
    }
    Principal principal = AccessRequests.principal(person);
    Set<Integer> counts = Electorate.counts(snapshot.requirements(), principal);
    if (counts.isEmpty()) {
      return new Standing.MayNot(
          "Your vote does not count: this needs %s.".formatted(wanted(snapshot.requirements())));
    }
    Decision decision =
        rules.decide(
            new Request(
                principal,
                AccessRequests.channel(place),
                right.permission(),
                right.application(),
                right.environment(),
                Map.of(),
                Optional.empty(),
                clock.instant()));
    return decision instanceof Decision.Allowed
        ? new Standing.May(person, age, counts)
        : new Standing.MayNot(decision.reason());
  }

  /** Who is wanted, as in a sentence: {@code 2 approvals from @sre and 1 approval from
   * @owners}. */
  public static String wanted(List<Requirement> requirements) {
    return requirements.stream().map(Voters::wanted).collect(Collectors.joining(" and "));
  }

  private static String wanted(Requirement requirement) {
    String from =
        requirement.approvers().asWritten().stream()
            .map(name -> name.startsWith(GROUP) ? "@" + name.substring(GROUP.length()) : name)
            .collect(Collectors.joining(" or "));
    return "%d approval%s from %s"
        .formatted(requirement.count(), requirement.count() == 1 ? "" : "s", from);
  }

  /**
   * A sentence where fewer people could agree than have to; the requester is none of them.
   *
   * @param place where it is asked
   */
  Optional<String> tooFew(
      Snapshot snapshot, Right right, UserRef requester, ConversationRef place) {
    Set<UserRef> candidates = new HashSet<>();
    for (Requirement requirement : snapshot.requirements()) {
      switch (directory.gather(
          requirement.approvers().users(), requirement.approvers().groups(), oldest(snapshot))) {
        case Gathering.Known(Set<UserRef> found) -> candidates.addAll(found);
        case Gathering.Unknown(String reason) -> {
          return Optional.of(
              "Nothing was requested: this needs %s, and I cannot look up who that is. %s Try again in a minute."
                  .formatted(wanted(snapshot.requirements()), reason));
        }
      }
    }
    candidates.removeIf(candidate -> candidate.maybeSame(requester));
    List<Set<Integer>> able = new ArrayList<>();
    Set<UserRef> people = new HashSet<>();
    for (UserRef candidate : sorted(candidates)) {
      if (of(snapshot, right, place, APPROVE, candidate)
              instanceof Standing.May(Person person, Duration _, Set<Integer> counts)
          && !person.sender().maybeSame(requester)
          && people.add(person.sender())) {
        able.add(counts);
        if (Electorate.tally(snapshot.requirements(), able).isComplete()) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        "Nothing was requested: this needs %s, and besides you %s here. Ask the policy's owners."
            .formatted(
                wanted(snapshot.requirements()),
                switch (able.size()) {
                  case 0 -> "nobody may approve";
                  case 1 -> "only one person may approve";
                  default -> "only %d people may approve".formatted(able.size());
                }));
  }

  private static List<UserRef> sorted(Set<UserRef> people) {
    Stream<UserRef> first =
        people.stream().sorted((one, other) -> one.principal().compareTo(other.principal()));
    return first.limit(MOST_LOOKED_UP).toList();
  }
}
