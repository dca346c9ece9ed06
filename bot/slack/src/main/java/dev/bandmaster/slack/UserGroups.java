package dev.bandmaster.slack;

import com.slack.api.methods.response.auth.teams.AuthTeamsListResponse;
import com.slack.api.methods.response.usergroups.UsergroupsListResponse;
import com.slack.api.methods.response.usergroups.users.UsergroupsUsersListResponse;
import com.slack.api.model.Usergroup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who is in which user group. Safe for use by many threads. */
final class UserGroups {

  /** How old the lists may be while Slack answers. */
  static final Duration FRESH = Duration.ofSeconds(60);

  /** How old the lists may be while Slack does not answer. */
  static final Duration OLDEST = Duration.ofMinutes(10);

  /**
   * Workspaces whose groups are asked for; each costs one call, of which Slack allows 20 a minute.
   */
  private static final int MOST_WORKSPACES = 20;

  /**
   * @param taken when Slack was asked
   */
  private record Snapshot(Map<String, Set<String>> groupsOf, Instant taken) {
    Duration age(Instant now) {
      return Duration.between(taken, now);
    }
  }

  private final SlackCalls calls;
  private final SlackIdentity identity;
  private final InstantSource clock;
  private final Lock asking = new ReentrantLock();
  private volatile Optional<Snapshot> newest = Optional.empty();

  /** When Slack last reported a change of the groups. */
  private volatile Instant changed = Instant.MIN;

  UserGroups(SlackCalls calls, SlackIdentity identity, InstantSource clock) {
    this.identity = identity;
    this.calls = calls;
    this.clock = clock;
  }

  /** Makes the next question ask Slack: something about the groups has changed. */
  void forget() {
    changed = clock.instant();
  }

  /** The ids of the groups a user is in, who may have several ids. */
  DirectoryAnswer<Set<String>> of(Set<String> userIds) {
    return known(snapshot(FRESH, old -> isAtMost(old, OLDEST)), userIds);
  }

  /** The same, never from knowledge that is older than this, or than a change Slack reported. */
  DirectoryAnswer<Set<String>> of(Set<String> userIds, Duration oldest) {
    return known(strict(oldest), userIds);
  }

  /** The ids of those who are in one of the groups. */
  DirectoryAnswer<Set<String>> members(Set<String> groups, Duration oldest) {
    return switch (strict(oldest)) {
      case DirectoryAnswer.Unknown<Snapshot>(var reason) -> new DirectoryAnswer.Unknown<>(reason);
      case DirectoryAnswer.Known<Snapshot>(var snapshot, var age) ->
          new DirectoryAnswer.Known<>(
              snapshot.groupsOf().entrySet().stream()
                  .filter(entry -> !Collections.disjoint(entry.getValue(), groups))
                  .map(Map.Entry::getKey)
                  .collect(Collectors.toUnmodifiableSet()),
              age);
    };
  }

  private DirectoryAnswer<Snapshot> strict(Duration oldest) {
    return snapshot(
        oldest.compareTo(FRESH) < 0 ? oldest : FRESH,
        old -> isAtMost(old, oldest) && !isOutdated(old));
  }

  private boolean isAtMost(Snapshot old, Duration age) {
    return old.age(clock.instant()).compareTo(age) <= 0;
  }

  private boolean isOutdated(Snapshot old) {
    return !old.taken().isAfter(changed);
  }

  /**
   * The lists.
   *
   * @param fresh how old they may be while Slack answers
   * @param enough whether they will do while Slack does not answer
   */
  private DirectoryAnswer<Snapshot> snapshot(Duration fresh, Predicate<Snapshot> enough) {
    asking.lock();
    try {
      Optional<Snapshot> remembered =
          newest.filter(old -> isAtMost(old, fresh) && !isOutdated(old));
      if (remembered.isPresent()) {
        return aged(remembered.get());
      }
      return switch (ask()) {
        case DirectoryAnswer.Known<Snapshot>(var taken, var age) -> {
          newest = Optional.of(taken);
          yield aged(taken);
        }
        case DirectoryAnswer.Unknown<Snapshot>(var reason) ->
            newest
                .filter(enough)
                .map(this::aged)
                .orElseGet(() -> new DirectoryAnswer.Unknown<>(reason));
      };
    } finally {
      asking.unlock();
    }
  }

  private DirectoryAnswer<Snapshot> aged(Snapshot snapshot) {
    return new DirectoryAnswer.Known<>(snapshot, snapshot.age(clock.instant()));
  }

  private static DirectoryAnswer<Set<String>> known(
      DirectoryAnswer<Snapshot> answer, Set<String> userIds) {
    return switch (answer) {
      case DirectoryAnswer.Unknown<Snapshot>(var reason) -> new DirectoryAnswer.Unknown<>(reason);
      case DirectoryAnswer.Known<Snapshot>(var snapshot, var age) ->
          new DirectoryAnswer.Known<>(
              userIds.stream()
                  .flatMap(id -> snapshot.groupsOf().getOrDefault(id, Set.of()).stream())
                  .collect(Collectors.toUnmodifiableSet()),
              age);
    };
  }

  private DirectoryAnswer<Snapshot> ask() {
    Instant now = clock.instant();
    boolean orgWide = identity.get() instanceof SlackIdentity.Known.Yes(var self) && self.orgWide();
    if (!orgWide) {
      return ask(List.of(Map.of()), now);
    }
    List<Map<String, String>> workspaces = new ArrayList<>();
    String cursor = "";
    do {
      CallResult<AuthTeamsListResponse> reply =
          calls.lookUp(
              "auth.teams.list",
              cursor.isEmpty() ? Map.of() : Map.of("cursor", cursor),
              AuthTeamsListResponse.class);
      if (!(reply instanceof CallResult.Ok<AuthTeamsListResponse>(var body))) {
        return unknown("auth.teams.list", reply);
      }
      orEmpty(body.getTeams()).forEach(team -> workspaces.add(Map.of("team_id", team.getId())));
      cursor =
          body.getResponseMetadata() == null
              ? ""
              : Objects.requireNonNullElse(body.getResponseMetadata().getNextCursor(), "");
    } while (!cursor.isEmpty() && workspaces.size() < MOST_WORKSPACES);
    // Without its groups nobody can be kept from what a group may not do.
    return workspaces.isEmpty() || !cursor.isEmpty()
        ? new DirectoryAnswer.Unknown<>(
            "I could not look up the user groups: the app is installed for the"
                + " whole organization in %s workspaces."
                    .formatted(workspaces.isEmpty() ? "no" : "too many"))
        : ask(workspaces, now);
  }

  /**
   * @param workspaces how each workspace is named to Slack, whose token may be for several
   */
  private DirectoryAnswer<Snapshot> ask(List<Map<String, String>> workspaces, Instant now) {
    Map<String, Set<String>> groupsOf = new HashMap<>();
    for (Map<String, String> workspace : workspaces) {
      Optional<DirectoryAnswer<Snapshot>> failure = collect(workspace, groupsOf);
      if (failure.isPresent()) {
        return failure.get();
      }
    }
    return new DirectoryAnswer.Known<>(new Snapshot(groupsOf, now), Duration.ZERO);
  }

  private Optional<DirectoryAnswer<Snapshot>> collect(
      Map<String, String> workspace, Map<String, Set<String>> groupsOf) {
    Map<String, String> everybody = new HashMap<>(workspace);
    everybody.put("include_users", "true");
    CallResult<UsergroupsListResponse> reply =
        calls.lookUp("usergroups.list", everybody, UsergroupsListResponse.class);
    if (reply instanceof CallResult.Refused<UsergroupsListResponse>(var error, var needed)
        && error.equals("paid_teams_only")) {
      return Optional.empty();
    }
    if (!(reply instanceof CallResult.Ok<UsergroupsListResponse>(var body))) {
      return Optional.of(unknown("usergroups.list", reply));
    }
    for (Usergroup group : orEmpty(body.getUsergroups())) {
      List<String> members = group.getUsers();
      if (members == null) {
        // Large groups come without their members.
        Map<String, String> large = new HashMap<>(workspace);
        large.put("usergroup", group.getId());
        CallResult<UsergroupsUsersListResponse> users =
            calls.lookUp("usergroups.users.list", large, UsergroupsUsersListResponse.class);
        if (!(users instanceof CallResult.Ok<UsergroupsUsersListResponse>(var listed))) {
          return Optional.of(unknown("usergroups.users.list", users));
        }
        members = listed.getUsers();
      }
      for (String member : orEmpty(members)) {
        groupsOf.computeIfAbsent(member, key -> new HashSet<>()).add(group.getId());
      }
    }
    return Optional.empty();
  }

  private <T> DirectoryAnswer<Snapshot> unknown(String method, CallResult<T> reply) {
    return new DirectoryAnswer.Unknown<>(SlackDirectory.why("the user groups", method, reply));
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
