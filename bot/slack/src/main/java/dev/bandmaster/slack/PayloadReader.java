package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.core.chat.ButtonAction;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Dialogs;
import dev.bandmaster.core.chat.Dialogs.Opening;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.slack.Interpretation.Addressed;
import dev.bandmaster.slack.Interpretation.Ignored;
import dev.bandmaster.slack.Interpretation.NotYet;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads the payloads of people: what they said, typed and clicked. */
final class PayloadReader {

  /** The events that carry messages. */
  private static final Set<String> WORDS = Set.of("message", "app_mention");

  private final SlackDirectory directory;
  private final ModalOpener prompter;

  PayloadReader(SlackDirectory directory, ModalOpener prompter) {
    this.directory = directory;
    this.prompter = prompter;
  }

  /** A message. Only a new one by a person counts, and in a channel only one to the bot. */
  Interpretation said(JsonNode payload, SlackIdentity.Self self) {
    JsonNode event = payload.path("event");
    String user = text(event, "user");
    if (event.has("edited") || !DedupeKey.NEW_MESSAGES.contains(text(event, "subtype"))) {
      return new Ignored(IgnoredReason.NOT_A_NEW_MESSAGE);
    }
    if (event.has("bot_id") || user.isEmpty() || user.equals(self.user())) {
      return new Ignored(IgnoredReason.BOT_MESSAGE);
    }
    String raw = RichText.of(event);
    boolean direct = text(event, "channel").startsWith("D");
    if (!direct && !SlackText.mentions(raw, self.user())) {
      return new Ignored(IgnoredReason.NOT_ADDRESSED);
    }
    return switch (placeOf(payload, user)) {
      case DirectoryAnswer.Unknown<ConversationRef>(var reason) -> new NotYet(reason);
      case DirectoryAnswer.Known<ConversationRef>(var place, var placeAge) ->
          switch (team(event, user)) {
            case DirectoryAnswer.Unknown<String>(var reason) -> new NotYet(reason);
            case DirectoryAnswer.Known<String>(var team, var teamAge) ->
                new Addressed(
                    new Inbound.MessageReceived(
                        directory.canonical(new UserRef(team, user)),
                        place,
                        text(event, "ts"),
                        SlackText.read(raw, self.user()),
                        raw));
          };
    };
  }

  /**
   * A message that its author has changed. In channels Slack reports that only to apps that listen
   * to all messages. What Slack itself changes, such as the preview of a link, is no edit.
   */
  Interpretation edited(JsonNode payload, SlackIdentity.Self self) {
    JsonNode event = payload.path("event");
    JsonNode message = event.path("message");
    String user = text(message, "user");
    String raw = RichText.of(message);
    if (message.has("bot_id")
        || user.isEmpty()
        || user.equals(self.user())
        || !text(message.path("edited"), "user").equals(user)
        || raw.equals(RichText.of(event.path("previous_message")))) {
      return new Ignored(IgnoredReason.NOT_A_NEW_MESSAGE);
    }
    String channel = text(event, "channel");
    if (!channel.startsWith("D") && !SlackText.mentions(raw, self.user())) {
      return new Ignored(IgnoredReason.NOT_ADDRESSED);
    }
    Optional<String> thread = some(message, "thread_ts");
    DirectoryAnswer<ConversationRef> where =
        payload.path("is_ext_shared_channel").asBoolean()
            ? new DirectoryAnswer.Known<>(
                new ConversationRef(channel, ConversationRef.Kind.SHARED_CHANNEL, thread),
                Duration.ZERO)
            : directory.placeFor(user, channel, thread);
    return switch (where) {
      case DirectoryAnswer.Unknown<ConversationRef>(var reason) -> new NotYet(reason);
      case DirectoryAnswer.Known<ConversationRef>(var place, var placeAge) ->
          switch (team(message, user)) {
            case DirectoryAnswer.Unknown<String>(var reason) -> new NotYet(reason);
            case DirectoryAnswer.Known<String>(var team, var teamAge) ->
                new Addressed(
                    new Inbound.MessageEdited(
                        directory.canonical(new UserRef(team, user)),
                        place,
                        text(message, "ts"),
                        SlackText.read(raw, self.user()),
                        raw));
          };
    };
  }

  /** A click on a button. A dialog that it asks for is opened before anything is looked up. */
  Interpretation clicked(JsonNode payload) {
    JsonNode action = payload.path("actions").path(0);
    JsonNode container = payload.path("container");
    boolean inMessage = !text(container, "message_ts").isEmpty();
    boolean onHomeTab = text(payload.path("view"), "type").equals("home");
    String user = text(payload.path("user"), "id");
    if (!inMessage && text(payload.path("view"), "type").equals("modal") && !user.isEmpty()) {
      return clickedInDialog(payload, user, MenuChoice.clicked(action));
    }
    if (user.isEmpty() || !(inMessage || onHomeTab)) {
      return new Ignored(IgnoredReason.CLICK_ELSEWHERE);
    }
    MenuChoice choice = MenuChoice.clicked(action);
    String name = choice.action();
    String value = choice.argument();
    Optional<Opening> dialog = prompter.clicked(payload, name, value);
    String channel =
        some(container, "channel_id").orElseGet(() -> text(payload.path("channel"), "id"));
    return addressed(
        name.equals(ButtonAction.RUN_IN)
            ? directory.placeFor(user, value.split(" ", 2)[0], Optional.empty())
            : directory.placeFor(user, onHomeTab ? "" : channel, threadOfClick(payload)),
        payload.path("user"),
        user,
        (sender, place) ->
            new Inbound.ButtonClick(
                sender, place, text(container, "message_ts"), name, value, dialog));
  }

  /** A click on a button within a dialog, which stays on the screen. */
  private Interpretation clickedInDialog(JsonNode payload, String user, MenuChoice choice) {
    JsonNode view = payload.path("view");
    Optional<DialogOrigin> from = DialogOrigin.read(text(view, "private_metadata"));
    if (from.isEmpty() || text(view, "external_id").isEmpty()) {
      return new Ignored(IgnoredReason.CLICK_ELSEWHERE);
    }
    DialogOrigin origin = from.get();
    Opening opening =
        new Dialogs.OnScreen(
            new Dialogs.Screen(text(view, "external_id"), origin.channel(), origin.thread()));
    return addressed(
        directory.placeFor(user, origin.channel(), origin.thread()),
        payload.path("user"),
        user,
        (sender, place) ->
            new Inbound.ButtonClick(
                sender, place, "", choice.action(), choice.argument(), Optional.of(opening)));
  }

  /**
   * The thread in which a button was clicked. A message that has replies but stands in the channel
   * itself names itself as its thread; who clicks there looks at the channel.
   */
  static Optional<String> threadOfClick(JsonNode payload) {
    return some(payload.path("container"), "thread_ts")
        .or(() -> some(payload.path("message"), "thread_ts"))
        .filter(thread -> !thread.equals(text(payload.path("container"), "message_ts")));
  }

  /** A dialog that was sent. One with mistakes went back to the person with its acknowledgement. */
  Interpretation submitted(JsonNode payload) {
    String user = text(payload.path("user"), "id");
    if (user.isEmpty() || !Submission.is(payload)) {
      return new Ignored(IgnoredReason.DIALOG_NOT_OURS);
    }
    // Without a name it means nothing, and the person reads that it has expired.
    Submission sent = Submission.read(payload).orElse(Submission.UNREADABLE);
    if (!prompter.mistakes(sent).isEmpty()) {
      return new Ignored(IgnoredReason.DIALOG_INVALID);
    }
    return addressed(
        directory.placeFor(user, sent.origin().channel(), sent.origin().thread()),
        payload.path("user"),
        user,
        (sender, place) ->
            new Inbound.DialogSubmitted(
                sender, place, sent.dialog(), sent.origin().memory(), sent.values()));
  }

  /**
   * A slash command. Slack names no thread, even where it is typed beside one, and takes commands
   * where the bot can neither read nor write: between two people, and in private channels that it
   * is not in.
   */
  Interpretation slashed(JsonNode payload) {
    String channel = text(payload, "channel_id");
    String user = text(payload, "user_id");
    String raw = text(payload, "text");
    if (channel.isEmpty() || user.isEmpty()) {
      return new Ignored(IgnoredReason.SLASH_WITHOUT_SENDER);
    }
    String words = SlackText.read(raw, "");
    Optional<Opening> dialog = prompter.slashed(payload, words);
    return addressed(
        directory.placeOfCommand(user, channel),
        payload,
        user,
        (sender, place) -> new Inbound.SlashCommand(sender, place, words, raw, dialog));
  }

  /** A look at the home tab; Slack reports its messages tab by the same event. */
  Interpretation home(JsonNode payload) {
    JsonNode event = payload.path("event");
    String user = text(event, "user");
    return text(event, "tab").equals("home") && !user.isEmpty()
        ? addressed(
            directory.placeFor(user, text(event, "channel"), Optional.empty()),
            event,
            user,
            Inbound.HomeOpened::new)
        : new Ignored(IgnoredReason.OTHER_TAB);
  }

  /** The person whose doing a payload is, of whatever kind; empty for bots and for edits. */
  static Optional<String> author(JsonNode payload, SlackIdentity.Self self) {
    JsonNode event = payload.path("event");
    boolean nobodys =
        (payload.has("event") && !WORDS.contains(text(event, "type")))
            || event.has("bot_id")
            || event.has("edited")
            || !DedupeKey.NEW_MESSAGES.contains(text(event, "subtype"));
    return some(event, "user")
        .or(() -> some(payload.path("user"), "id"))
        .or(() -> some(payload, "user_id"))
        .filter(user -> !nobodys && !user.equals(self.user()));
  }

  /** Where an answer to a payload belongs, of whatever kind; nobody is asked. */
  static Optional<ConversationRef> place(JsonNode payload) {
    JsonNode event = payload.path("event");
    JsonNode container = payload.path("container");
    Optional<String> thread =
        some(event, "thread_ts").or(() -> some(event, "ts")).or(() -> some(container, "thread_ts"));
    return some(event, "channel")
        .or(() -> some(container, "channel_id"))
        .or(() -> some(payload.path("channel"), "id"))
        .or(() -> some(payload, "channel_id"))
        .map(channel -> {
          boolean direct = channel.startsWith("D");
          return new ConversationRef(
              channel, direct ? ConversationRef.Kind.DIRECT : ConversationRef.Kind.CHANNEL, thread);
        });
  }

  private interface InboundFactory {
    Inbound from(UserRef sender, ConversationRef place);
  }

  private Interpretation addressed(
      DirectoryAnswer<ConversationRef> at, JsonNode of, String user, InboundFactory factory) {
    return switch (at) {
      case DirectoryAnswer.Unknown<ConversationRef>(var reason) -> new NotYet(reason);
      case DirectoryAnswer.Known<ConversationRef>(var place, var placeAge) ->
          switch (some(of, "team_id")
              .<DirectoryAnswer<String>>map(
                  team -> new DirectoryAnswer.Known<>(team, Duration.ZERO))
              .orElseGet(() -> directory.teamOf(user))) {
            case DirectoryAnswer.Unknown<String>(var reason) -> new NotYet(reason);
            case DirectoryAnswer.Known<String>(var team, var teamAge) ->
                new Addressed(factory.from(directory.canonical(new UserRef(team, user)), place));
          };
    };
  }

  private DirectoryAnswer<ConversationRef> placeOf(JsonNode payload, String user) {
    JsonNode event = payload.path("event");
    String channel = text(event, "channel");
    Optional<String> thread = some(event, "thread_ts");
    return payload.path("is_ext_shared_channel").asBoolean()
        ? new DirectoryAnswer.Known<>(
            new ConversationRef(channel, ConversationRef.Kind.SHARED_CHANNEL, thread),
            Duration.ZERO)
        : directory.placeFor(user, channel, thread);
  }

  /** The sender's own workspace; the event's outer one may be that of a shared channel's host. */
  private DirectoryAnswer<String> team(JsonNode event, String user) {
    return some(event, "user_team")
        .or(() -> some(event, "team"))
        .<DirectoryAnswer<String>>map(team -> new DirectoryAnswer.Known<>(team, Duration.ZERO))
        .orElseGet(() -> directory.teamOf(user));
  }

  private static Optional<String> some(JsonNode node, String field) {
    return Optional.of(text(node, field)).filter(text -> !text.isEmpty());
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }
}
