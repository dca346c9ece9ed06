package dev.bandmaster.bot.slack;

import com.slack.api.methods.response.usergroups.UsergroupsListResponse;
import com.slack.api.methods.response.usergroups.users.UsergroupsUsersListResponse;
import com.slack.api.model.Usergroup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Who is in which user group. Safe for use by many threads. */
final class UserGroups {

  /** How old the lists may be while Slack answers. */
  static final Duration FRESH = Duration.ofSeconds(60);

  /** How old the lists may be while Slack does not answer. */
  static final Duration OLDEST = Duration.ofMinutes(10);

  private record Snapshot(Map<String, Set<String>> groupsOf, Instant taken) {
    Duration age(Instant now) {
      return Duration.between(taken, now);
    }
  }

  private final SlackCalls calls;
  private final InstantSource clock;
  private final Lock asking = new ReentrantLock();
  private volatile Optional<Snapshot> newest = Optional.empty();
  private volatile boolean changed;

  UserGroups(SlackCalls calls, InstantSource clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /** Makes the next question ask Slack: something about the groups has changed. */
  void forget() {
    changed = true;
  }

  /** The ids of the groups a user is in. */
  Answer<Set<String>> of(String user) {
    asking.lock();
    try {
      Optional<Snapshot> snapshot = newest.filter(this::fresh);
      if (snapshot.isPresent()) {
        return known(snapshot.get(), user);
      }
      return switch (ask()) {
        case Answer.Known<Snapshot>(var taken, var age) -> {
          newest = Optional.of(taken);
          yield known(taken, user);
        }
        case Answer.Unknown<Snapshot>(var reason) ->
            newest
                .filter(old -> old.age(clock.instant()).compareTo(OLDEST) <= 0)
                .map(old -> known(old, user))
                .orElseGet(() -> new Answer.Unknown<>(reason));
      };
    } finally {
      asking.unlock();
    }
  }

  private boolean fresh(Snapshot snapshot) {
    return !changed && snapshot.age(clock.instant()).compareTo(FRESH) <= 0;
  }

  private Answer<Set<String>> known(Snapshot snapshot, String user) {
    return new Answer.Known<>(
        Set.copyOf(snapshot.groupsOf().getOrDefault(user, Set.of())),
        snapshot.age(clock.instant()));
  }

  private Answer<Snapshot> ask() {
    changed = false;
    Instant now = clock.instant();
    Reply<UsergroupsListResponse> reply =
        calls.call(
            "usergroups.list", Map.of("include_users", "true"), UsergroupsListResponse.class);
    if (reply instanceof Reply.Refused<UsergroupsListResponse>(var error, var needed)
        && error.equals("paid_teams_only")) {
      return new Answer.Known<>(new Snapshot(Map.of(), now), Duration.ZERO);
    }
    if (!(reply instanceof Reply.Ok<UsergroupsListResponse>(var body))) {
      return unknown("usergroups.list", reply);
    }
    Map<String, Set<String>> groupsOf = new HashMap<>();
    for (Usergroup group : orEmpty(body.getUsergroups())) {
      List<String> members = group.getUsers();
      if (members == null) {
        // Large groups come without their members.
        Reply<UsergroupsUsersListResponse> users =
            calls.call(
                "usergroups.users.list",
                Map.of("usergroup", group.getId()),
                UsergroupsUsersListResponse.class);
        if (!(users instanceof Reply.Ok<UsergroupsUsersListResponse>(var listed))) {
          return unknown("usergroups.users.list", users);
        }
        members = listed.getUsers();
      }
      for (String member : orEmpty(members)) {
        groupsOf.computeIfAbsent(member, key -> new HashSet<>()).add(group.getId());
      }
    }
    return new Answer.Known<>(new Snapshot(groupsOf, now), Duration.ZERO);
  }

  private <T> Answer<Snapshot> unknown(String method, Reply<T> reply) {
    changed = true;
    return new Answer.Unknown<>(Directory.why("the user groups", method, reply));
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
