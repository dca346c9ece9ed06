package dev.bandmaster.bot.slack;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.slack.api.methods.response.conversations.ConversationsInfoResponse;
import com.slack.api.methods.response.conversations.ConversationsOpenResponse;
import com.slack.api.methods.response.users.UsersInfoResponse;
import com.slack.api.model.Conversation;
import com.slack.api.model.User;
import dev.bandmaster.bot.chat.Person;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.chat.Sender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who people are and what channels are, as Slack says. Remembered for minutes and forgotten when
 * Slack reports a change. Blocking; safe for use by many threads.
 */
public final class Directory {

  /** How long a person or channel is believed to be as it was. */
  static final Duration REMEMBERED = Duration.ofMinutes(5);

  private static final int MOST_REMEMBERED = 10_000;
  private static final String SLACKBOT = "USLACKBOT";

  private record Kept<T>(T value, Instant since) {}

  private final SlackCalls calls;
  private final SlackIdentity identity;
  private final InstantSource clock;
  private final UserGroups groups;
  private final Cache<String, Kept<User>> users;
  private final Cache<String, Kept<Place.Kind>> channels;
  private final Cache<String, Kept<String>> directs;

  /** Counts changes, so that an answer that was asked for before a change is not remembered. */
  private final AtomicLong changes = new AtomicLong();

  Directory(SlackCalls calls, SlackIdentity identity, InstantSource clock) {
    this.calls = calls;
    this.identity = identity;
    this.clock = clock;
    this.groups = new UserGroups(calls, identity, clock);
    this.users = cache();
    this.channels = cache();
    this.directs = cache();
  }

  /**
   * What is known of a sender. External is whoever belongs to another workspace by the sender's own
   * ids or by Slack's word: both have to say ours.
   */
  public Answer<Person> person(Sender sender) {
    return person(sender, () -> user(sender.user()), groups::of);
  }

  /** The same, never from knowledge that is older than this. */
  public Answer<Person> person(Sender sender, Duration oldest) {
    Kept<User> kept = users.getIfPresent(sender.user());
    if (kept != null && age(kept).compareTo(oldest) > 0) {
      users.invalidate(sender.user());
    }
    return person(sender, () -> user(sender.user()), ids -> groups.of(ids, oldest));
  }

  private Answer<Person> person(
      Sender sender,
      Supplier<Answer<User>> found,
      Function<Set<String>, Answer<Set<String>>> groupsOf) {
    return switch (identity.get()) {
      case SlackIdentity.Known.NotYet(var reason) -> new Answer.Unknown<>(reason);
      case SlackIdentity.Known.Never(var reason) -> new Answer.Unknown<>(reason);
      case SlackIdentity.Known.Yes(var self) ->
          switch (found.get()) {
            case Answer.Unknown<User>(var reason) -> new Answer.Unknown<>(reason);
            case Answer.Known<User>(var user, var age) -> {
              GridUser known = new GridUser(user, self);
              yield inGroups(sender, known, age, groupsOf.apply(known.userIds(sender)));
            }
          };
    };
  }

  /**
   * The ids by which somebody is known here, whichever of theirs a payload names. Where that cannot
   * be found out now they stay as they are: whoever decides by them looks the person up again.
   */
  Sender canonical(Sender sender) {
    return identity.get() instanceof SlackIdentity.Known.Yes(var self)
            && !self.enterprise().isEmpty()
            && user(sender.user()) instanceof Answer.Known<User>(var user, var age)
            && isOurs(sender, user, self)
        ? new GridUser(user, self).canonical(sender)
        : sender;
  }

  /** People of the own workspace: those with these ids, and the members of these groups. */
  public Answer<Set<Sender>> members(Set<String> users, Set<String> groupIds, Duration oldest) {
    return switch (identity.get()) {
      case SlackIdentity.Known.NotYet(var reason) -> new Answer.Unknown<>(reason);
      case SlackIdentity.Known.Never(var reason) -> new Answer.Unknown<>(reason);
      case SlackIdentity.Known.Yes(var self) ->
          switch (groups.members(groupIds, oldest)) {
            case Answer.Unknown<Set<String>>(var reason) -> new Answer.Unknown<>(reason);
            case Answer.Known<Set<String>>(var members, var age) ->
                new Answer.Known<>(
                    Stream.concat(users.stream(), members.stream())
                        .map(id -> new Sender(self.team(), id))
                        .collect(Collectors.toUnmodifiableSet()),
                    age);
          };
    };
  }

  /** The workspace a user belongs to. */
  Answer<String> teamOf(String user) {
    return switch (user(user)) {
      case Answer.Unknown<User>(var reason) -> new Answer.Unknown<>(reason);
      case Answer.Known<User>(var known, var age) ->
          new Answer.Known<>(Objects.requireNonNullElse(known.getTeamId(), ""), age);
    };
  }

  /** What sort of channel it is. */
  public Answer<Place.Kind> kind(String channel) {
    if (channel.startsWith("D")) {
      return new Answer.Known<>(Place.Kind.DIRECT, Duration.ZERO);
    }
    return remembered(channels, channel, () -> askChannel(channel, _ -> {}));
  }

  /**
   * Where a person who did something in a channel is answered: there, or in the direct messages
   * with the bot where it cannot see that channel. What counts for the access rules is the same
   * place.
   *
   * @param channel empty for the home tab
   */
  Answer<Place> placeFor(String user, String channel, Optional<String> thread) {
    if (channel.isEmpty()) {
      return directWith(user);
    }
    if (channel.startsWith("D")) {
      return new Answer.Known<>(new Place(channel, Place.Kind.DIRECT, thread), Duration.ZERO);
    }
    AtomicBoolean invisible = new AtomicBoolean();
    Answer<Place.Kind> kind =
        remembered(channels, channel, () -> askChannel(channel, invisible::set));
    return switch (kind) {
      case Answer.Unknown<Place.Kind> _ when invisible.get() -> directWith(user);
      case Answer.Unknown<Place.Kind>(var reason) -> new Answer.Unknown<>(reason);
      case Answer.Known<Place.Kind>(var known, var age) ->
          new Answer.Known<>(new Place(channel, known, thread), age);
    };
  }

  /**
   * The same for a slash command, which Slack takes in direct messages between other people too.
   * They look like those with the bot.
   */
  Answer<Place> placeOfCommand(String user, String channel) {
    return channel.startsWith("D")
            && directWith(user) instanceof Answer.Known<Place>(var own, var age)
        ? new Answer.Known<>(own, age)
        : placeFor(user, channel, Optional.empty());
  }

  /** The direct messages with a person. */
  public Answer<Place> directWith(String user) {
    return switch (remembered(directs, user, () -> askDirect(user))) {
      case Answer.Unknown<String>(var reason) -> new Answer.Unknown<>(reason);
      case Answer.Known<String>(var channel, var age) ->
          new Answer.Known<>(new Place(channel, Place.Kind.DIRECT, Optional.empty()), age);
    };
  }

  /** Forgets a person, under any of these ids: Slack reported a change. */
  void forgetUser(Set<String> ids) {
    changes.incrementAndGet();
    users.invalidateAll(ids);
  }

  /** Forgets who is in which group. */
  void forgetGroups() {
    groups.forget();
  }

  /** Forgets what a channel is. */
  void forgetChannel(String channel) {
    changes.incrementAndGet();
    channels.invalidate(channel);
  }

  private Answer<Person> inGroups(
      Sender sender, GridUser known, Duration userAge, Answer<Set<String>> groupsOf) {
    return switch (groupsOf) {
      case Answer.Unknown<Set<String>>(var reason) -> new Answer.Unknown<>(reason);
      case Answer.Known<Set<String>>(var ids, var age) ->
          new Answer.Known<>(
              person(sender, known, ids), age.compareTo(userAge) > 0 ? age : userAge);
    };
  }

  private static Person person(Sender sender, GridUser known, Set<String> groups) {
    Person.Kind kind = kind(sender, known.user(), known.self());
    String name = name(known.user());
    return isOurs(sender, known.user(), known.self())
        ? new Person(known.canonical(sender), name, kind, groups, known.aliases(sender))
        : new Person(sender, name, kind, groups, known.foreignIds(sender));
  }

  private Answer<User> user(String id) {
    return remembered(users, id, () -> askUser(id));
  }

  private <T> Answer<T> remembered(
      Cache<String, Kept<T>> cache, String key, Supplier<Answer<T>> ask) {
    Kept<T> kept = cache.getIfPresent(key);
    if (kept != null) {
      return new Answer.Known<>(kept.value(), age(kept));
    }
    long before = changes.get();
    Instant now = clock.instant();
    Answer<T> answer = ask.get();
    if (answer instanceof Answer.Known<T>(var value, var age) && before == changes.get()) {
      cache.put(key, new Kept<>(value, now));
    }
    return answer;
  }

  private Duration age(Kept<?> kept) {
    return Duration.between(kept.since(), clock.instant());
  }

  private Answer<User> askUser(String id) {
    Reply<UsersInfoResponse> reply =
        calls.call("users.info", Map.of("user", id), UsersInfoResponse.class);
    return reply instanceof Reply.Ok<UsersInfoResponse>(var body) && body.getUser() != null
        ? new Answer.Known<>(body.getUser(), Duration.ZERO)
        : new Answer.Unknown<>(why("who you are", "users.info", reply));
  }

  /**
   * @param invisible told whether Slack does not show the channel to the bot
   */
  private Answer<Place.Kind> askChannel(String channel, BooleanConsumer invisible) {
    Reply<ConversationsInfoResponse> reply =
        calls.call(
            "conversations.info", Map.of("channel", channel), ConversationsInfoResponse.class);
    invisible.accept(
        reply instanceof Reply.Refused<ConversationsInfoResponse>(var error, var _)
            && error.equals("channel_not_found"));
    return reply instanceof Reply.Ok<ConversationsInfoResponse>(var body)
            && body.getChannel() != null
        ? new Answer.Known<>(kind(body.getChannel()), Duration.ZERO)
        : new Answer.Unknown<>(why("what sort of channel this is", "conversations.info", reply));
  }

  @FunctionalInterface
  private interface BooleanConsumer {
    void accept(boolean value);
  }

  private Answer<String> askDirect(String user) {
    Reply<ConversationsOpenResponse> reply =
        calls.call("conversations.open", Map.of("users", user), ConversationsOpenResponse.class);
    return reply instanceof Reply.Ok<ConversationsOpenResponse>(var body)
            && body.getChannel() != null
        ? new Answer.Known<>(body.getChannel().getId(), Duration.ZERO)
        : new Answer.Unknown<>(why("where to write to you", "conversations.open", reply));
  }

  private static Place.Kind kind(Conversation channel) {
    if (channel.isIm()) {
      return Place.Kind.DIRECT;
    }
    return channel.isExtShared() || channel.isPendingExtShared()
        ? Place.Kind.SHARED_CHANNEL
        : Place.Kind.CHANNEL;
  }

  private static Person.Kind kind(Sender sender, User user, SlackIdentity.Self self) {
    if (user.isDeleted()) {
      return Person.Kind.DEACTIVATED;
    }
    if (user.isBot() || user.isWorkflowBot() || SLACKBOT.equals(user.getId())) {
      return Person.Kind.BOT;
    }
    if (!isOurs(sender, user, self)) {
      return Person.Kind.EXTERNAL;
    }
    return user.isRestricted() || user.isUltraRestricted() ? Person.Kind.GUEST : Person.Kind.MEMBER;
  }

  private static boolean isOurs(Sender sender, User user, SlackIdentity.Self self) {
    return !user.isStranger() && new GridUser(user, self).isOurs(sender);
  }

  private static String name(User user) {
    return Objects.requireNonNullElseGet(
        user.getRealName(), () -> Objects.requireNonNullElse(user.getName(), ""));
  }

  private <T> Cache<String, Kept<T>> cache() {
    return Caffeine.newBuilder()
        .maximumSize(MOST_REMEMBERED)
        .expireAfterWrite(REMEMBERED)
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        .build();
  }

  /** The sentence for what could not be found out. */
  static String why(String what, String method, Reply<?> reply) {
    String cause =
        switch (reply) {
          case Reply.Ok<?> ok -> "Slack's answer was empty.";
          case Reply.Refused<?> refusal -> SlackErrors.sentence(method, refusal);
          case Reply.Limited<?>(var delay) ->
              "Slack limits questions for " + delay.toSeconds() + " s.";
          case Reply.Unsent<?>(var reason) -> reason;
          case Reply.Unclear<?>(var reason) -> reason;
        };
    return "I could not find out " + what + ", so I do nothing. " + cause;
  }
}
