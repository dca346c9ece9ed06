package dev.bandmaster.slack;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.slack.api.methods.response.conversations.ConversationsInfoResponse;
import com.slack.api.methods.response.conversations.ConversationsOpenResponse;
import com.slack.api.methods.response.users.UsersInfoResponse;
import com.slack.api.model.Conversation;
import com.slack.api.model.User;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
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
public final class SlackDirectory {

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
  private final Cache<String, Kept<ConversationRef.Kind>> channels;
  private final Cache<String, Kept<String>> directs;

  /** Counts changes, so that an answer that was asked for before a change is not remembered. */
  private final AtomicLong changes = new AtomicLong();

  SlackDirectory(SlackCalls calls, SlackIdentity identity, InstantSource clock) {
    this.calls = calls;
    this.identity = identity;
    this.clock = clock;
    this.groups = new UserGroups(calls, identity, clock);
    this.users = cache();
    this.channels = cache();
    this.directs = cache();
  }

  /**
   * What is known of a sender. External is a person who belongs to another workspace by the
   * sender's own ids or by Slack's word: both have to say ours.
   */
  public DirectoryAnswer<Person> person(UserRef sender) {
    return person(sender, () -> user(sender.user()), groups::of);
  }

  /** The same, never from knowledge that is older than this. */
  public DirectoryAnswer<Person> person(UserRef sender, Duration oldest) {
    Kept<User> kept = users.getIfPresent(sender.user());
    if (kept != null && age(kept).compareTo(oldest) > 0) {
      users.invalidate(sender.user());
    }
    return person(sender, () -> user(sender.user()), ids -> groups.of(ids, oldest));
  }

  private DirectoryAnswer<Person> person(
      UserRef sender,
      Supplier<DirectoryAnswer<User>> found,
      Function<Set<String>, DirectoryAnswer<Set<String>>> groupsOf) {
    return switch (identity.get()) {
      case SlackIdentity.Known.NotYet(var reason) -> new DirectoryAnswer.Unknown<>(reason);
      case SlackIdentity.Known.Never(var reason) -> new DirectoryAnswer.Unknown<>(reason);
      case SlackIdentity.Known.Yes(var self) ->
          switch (found.get()) {
            case DirectoryAnswer.Unknown<User>(var reason) -> new DirectoryAnswer.Unknown<>(reason);
            case DirectoryAnswer.Known<User>(var user, var age) -> {
              GridUser known = new GridUser(user, self);
              yield inGroups(sender, known, age, groupsOf.apply(known.userIds(sender)));
            }
          };
    };
  }

  /**
   * The ids by which somebody is known here, whichever of theirs a payload names. Where that cannot
   * be found out now they stay as they are: the one that decides by them looks the person up again.
   */
  UserRef canonical(UserRef sender) {
    return identity.get() instanceof SlackIdentity.Known.Yes(var self)
            && !self.enterprise().isEmpty()
            && user(sender.user()) instanceof DirectoryAnswer.Known<User>(var user, var age)
            && isOurs(sender, user, self)
        ? new GridUser(user, self).canonical(sender)
        : sender;
  }

  /** People of the own workspace: those with these ids, and the members of these groups. */
  public DirectoryAnswer<Set<UserRef>> members(
      Set<String> users, Set<String> groupIds, Duration oldest) {
    return switch (identity.get()) {
      case SlackIdentity.Known.NotYet(var reason) -> new DirectoryAnswer.Unknown<>(reason);
      case SlackIdentity.Known.Never(var reason) -> new DirectoryAnswer.Unknown<>(reason);
      case SlackIdentity.Known.Yes(var self) ->
          switch (groups.members(groupIds, oldest)) {
            case DirectoryAnswer.Unknown<Set<String>>(var reason) ->
                new DirectoryAnswer.Unknown<>(reason);
            case DirectoryAnswer.Known<Set<String>>(var members, var age) ->
                new DirectoryAnswer.Known<>(
                    Stream.concat(users.stream(), members.stream())
                        .map(id -> new UserRef(self.team(), id))
                        .collect(Collectors.toUnmodifiableSet()),
                    age);
          };
    };
  }

  /** The workspace a user belongs to. */
  DirectoryAnswer<String> teamOf(String user) {
    return switch (user(user)) {
      case DirectoryAnswer.Unknown<User>(var reason) -> new DirectoryAnswer.Unknown<>(reason);
      case DirectoryAnswer.Known<User>(var known, var age) ->
          new DirectoryAnswer.Known<>(Objects.requireNonNullElse(known.getTeamId(), ""), age);
    };
  }

  /** What sort of channel it is. */
  public DirectoryAnswer<ConversationRef.Kind> kind(String channel) {
    if (channel.startsWith("D")) {
      return new DirectoryAnswer.Known<>(ConversationRef.Kind.DIRECT, Duration.ZERO);
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
  DirectoryAnswer<ConversationRef> placeFor(String user, String channel, Optional<String> thread) {
    if (channel.isEmpty()) {
      return directWith(user);
    }
    if (channel.startsWith("D")) {
      return new DirectoryAnswer.Known<>(
          new ConversationRef(channel, ConversationRef.Kind.DIRECT, thread), Duration.ZERO);
    }
    AtomicBoolean invisible = new AtomicBoolean();
    DirectoryAnswer<ConversationRef.Kind> kind =
        remembered(channels, channel, () -> askChannel(channel, invisible::set));
    return switch (kind) {
      case DirectoryAnswer.Unknown<ConversationRef.Kind> _ when invisible.get() -> directWith(user);
      case DirectoryAnswer.Unknown<ConversationRef.Kind>(var reason) ->
          new DirectoryAnswer.Unknown<>(reason);
      case DirectoryAnswer.Known<ConversationRef.Kind>(var known, var age) ->
          new DirectoryAnswer.Known<>(new ConversationRef(channel, known, thread), age);
    };
  }

  /**
   * The same for a slash command, which Slack takes in direct messages between other people too.
   * They look like those with the bot.
   */
  DirectoryAnswer<ConversationRef> placeOfCommand(String user, String channel) {
    return channel.startsWith("D")
            && directWith(user) instanceof DirectoryAnswer.Known<ConversationRef>(var own, var age)
        ? new DirectoryAnswer.Known<>(own, age)
        : placeFor(user, channel, Optional.empty());
  }

  /** The direct messages with a person. */
  public DirectoryAnswer<ConversationRef> directWith(String user) {
    return switch (remembered(directs, user, () -> askDirect(user))) {
      case DirectoryAnswer.Unknown<String>(var reason) -> new DirectoryAnswer.Unknown<>(reason);
      case DirectoryAnswer.Known<String>(var channel, var age) ->
          new DirectoryAnswer.Known<>(
              new ConversationRef(channel, ConversationRef.Kind.DIRECT, Optional.empty()), age);
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

  private DirectoryAnswer<Person> inGroups(
      UserRef sender, GridUser known, Duration userAge, DirectoryAnswer<Set<String>> groupsOf) {
    return switch (groupsOf) {
      case DirectoryAnswer.Unknown<Set<String>>(var reason) ->
          new DirectoryAnswer.Unknown<>(reason);
      case DirectoryAnswer.Known<Set<String>>(var ids, var age) ->
          new DirectoryAnswer.Known<>(
              person(sender, known, ids), age.compareTo(userAge) > 0 ? age : userAge);
    };
  }

  private static Person person(UserRef sender, GridUser known, Set<String> groups) {
    Person.Kind kind = kind(sender, known.user(), known.self());
    String name = name(known.user());
    return isOurs(sender, known.user(), known.self())
        ? new Person(known.canonical(sender), name, kind, groups, known.aliases(sender))
        : new Person(sender, name, kind, groups, known.foreignIds(sender));
  }

  private DirectoryAnswer<User> user(String id) {
    return remembered(users, id, () -> askUser(id));
  }

  private <T> DirectoryAnswer<T> remembered(
      Cache<String, Kept<T>> cache, String key, Supplier<DirectoryAnswer<T>> ask) {
    Kept<T> kept = cache.getIfPresent(key);
    if (kept != null) {
      return new DirectoryAnswer.Known<>(kept.value(), age(kept));
    }
    long before = changes.get();
    Instant now = clock.instant();
    DirectoryAnswer<T> answer = ask.get();
    if (answer instanceof DirectoryAnswer.Known<T>(var value, var age) && before == changes.get()) {
      cache.put(key, new Kept<>(value, now));
    }
    return answer;
  }

  private Duration age(Kept<?> kept) {
    return Duration.between(kept.since(), clock.instant());
  }

  private DirectoryAnswer<User> askUser(String id) {
    CallResult<UsersInfoResponse> reply =
        calls.lookUp("users.info", Map.of("user", id), UsersInfoResponse.class);
    return reply instanceof CallResult.Ok<UsersInfoResponse>(var body) && body.getUser() != null
        ? new DirectoryAnswer.Known<>(body.getUser(), Duration.ZERO)
        : new DirectoryAnswer.Unknown<>(why("who you are", "users.info", reply));
  }

  /**
   * @param invisible receives whether the channel is invisible to the bot
   */
  private DirectoryAnswer<ConversationRef.Kind> askChannel(
      String channel, BooleanConsumer invisible) {
    CallResult<ConversationsInfoResponse> reply =
        calls.lookUp(
            "conversations.info", Map.of("channel", channel), ConversationsInfoResponse.class);
    invisible.accept(
        reply instanceof CallResult.Refused<ConversationsInfoResponse>(var error, var _)
            && error.equals("channel_not_found"));
    return reply instanceof CallResult.Ok<ConversationsInfoResponse>(var body)
            && body.getChannel() != null
        ? new DirectoryAnswer.Known<>(kind(body.getChannel()), Duration.ZERO)
        : new DirectoryAnswer.Unknown<>(
            why("what kind of channel this is", "conversations.info", reply));
  }

  @FunctionalInterface
  private interface BooleanConsumer {
    void accept(boolean value);
  }

  private DirectoryAnswer<String> askDirect(String user) {
    CallResult<ConversationsOpenResponse> reply =
        calls.lookUp("conversations.open", Map.of("users", user), ConversationsOpenResponse.class);
    return reply instanceof CallResult.Ok<ConversationsOpenResponse>(var body)
            && body.getChannel() != null
        ? new DirectoryAnswer.Known<>(body.getChannel().getId(), Duration.ZERO)
        : new DirectoryAnswer.Unknown<>(
            why("your direct message channel", "conversations.open", reply));
  }

  private static ConversationRef.Kind kind(Conversation channel) {
    if (channel.isIm()) {
      return ConversationRef.Kind.DIRECT;
    }
    return channel.isExtShared() || channel.isPendingExtShared()
        ? ConversationRef.Kind.SHARED_CHANNEL
        : ConversationRef.Kind.CHANNEL;
  }

  private static Person.Kind kind(UserRef sender, User user, SlackIdentity.Self self) {
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

  private static boolean isOurs(UserRef sender, User user, SlackIdentity.Self self) {
    return !user.isStranger() && new GridUser(user, self).isOurs(sender);
  }

  private static String name(User user) {
    return SlackText.unescaped(
        Objects.requireNonNullElseGet(
            user.getRealName(), () -> Objects.requireNonNullElse(user.getName(), "")));
  }

  private <T> Cache<String, Kept<T>> cache() {
    return Caffeine.newBuilder()
        .maximumSize(MOST_REMEMBERED)
        .expireAfterWrite(REMEMBERED)
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        .build();
  }

  /** The sentence for what could not be found out. */
  static String why(String what, String method, CallResult<?> reply) {
    String cause =
        switch (reply) {
          case CallResult.Ok<?> ok -> "Slack's answer was empty.";
          case CallResult.Refused<?> refusal -> SlackErrors.sentence(method, refusal);
          case CallResult.Limited<?>(var delay) ->
              "Slack limits requests for " + delay.toSeconds() + " s.";
          case CallResult.Unsent<?>(var reason) -> reason;
          case CallResult.Unclear<?>(var reason) -> reason;
        };
    return "I could not look up " + what + ". " + cause;
  }
}
