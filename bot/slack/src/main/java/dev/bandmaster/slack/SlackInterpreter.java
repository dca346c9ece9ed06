package dev.bandmaster.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.slack.api.Slack;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.middleware.MiddlewareChain;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.socket_mode.request.SocketModeRequest;
import com.slack.api.bolt.socket_mode.request.SocketModeRequestParser;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.event.ChannelSharedEvent;
import com.slack.api.model.event.ChannelUnsharedEvent;
import com.slack.api.model.event.Event;
import com.slack.api.model.event.MessageChangedEvent;
import com.slack.api.model.event.MessageEvent;
import com.slack.api.model.event.MessageFileShareEvent;
import com.slack.api.model.event.MessageThreadBroadcastEvent;
import com.slack.api.model.event.SubteamCreatedEvent;
import com.slack.api.model.event.SubteamMembersChangedEvent;
import com.slack.api.model.event.SubteamUpdatedEvent;
import com.slack.api.model.event.UserChangeEvent;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Inbound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what a stored envelope means. The SDK's app routes by kind of payload; what a payload says
 * is read from its raw JSON, because the SDK's types leave out whose workspace a sender belongs to.
 * A dialog that somebody asks for is opened on the way, since Slack waits for it no longer than for
 * the reading.
 *
 * <p>Runs on the thread that processes the inbox, long after the envelope was acknowledged. Safe
 * for use by many threads.
 */
public final class SlackInterpreter {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);
  private static final ScopedValue<Reading> READING = ScopedValue.newInstance();

  /** One envelope being read; the SDK's handlers have no way to return what they found. */
  private static final class Reading {
    private final JsonNode payload;
    private final SlackIdentity.Self self;
    private Interpretation meaning;

    Reading(JsonNode payload, SlackIdentity.Self self) {
      this.payload = payload;
      this.self = self;
      this.meaning = new Interpretation.Ignored(unheard(payload));
    }

    /** Edits and the like are messages for which the SDK has types of their own. */
    private static IgnoredReason unheard(JsonNode payload) {
      return payload.path("event").path("type").asText().equals("message")
          ? IgnoredReason.NOT_A_NEW_MESSAGE
          : IgnoredReason.UNKNOWN_EVENT;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(SlackInterpreter.class);

  private final IgnoredCounts ignored;
  private final TokenWatch token;
  private final SlackIdentity identity;
  private final SlackDirectory directory;
  private final PayloadReader reader;
  private final RawRoutes rawRoutes;
  private final App app;
  private final SocketModeRequestParser parser;

  SlackInterpreter(
      SlackIdentity identity,
      SlackDirectory directory,
      ModalOpener prompter,
      IgnoredCounts ignored,
      TokenWatch token) {
    this.ignored = ignored;
    this.token = token;
    this.identity = identity;
    this.directory = directory;
    this.reader = new PayloadReader(directory, prompter);
    this.rawRoutes = new RawRoutes(reader);
    // Without these two the SDK asks Slack who the bot is at its first event, and remembers a wrong
    // answer for ten minutes. The list of middleware is our own: none of it calls anybody.
    AppConfig config =
        AppConfig.builder()
            .slack(Slack.getInstance())
            .authTestCacheExpirationMillis(-1)
            .allEventsApiAutoAckEnabled(true)
            .build();
    this.app = new App(config, new ArrayList<>(List.of(SlackInterpreter::sameWorkspace)));
    this.parser = new SocketModeRequestParser(config);
    register();
  }

  /** What an envelope means. Never throws for anything that an envelope says. */
  public Interpretation interpret(String rawEnvelope) {
    return switch (identity.get()) {
      case SlackIdentity.Known.NotYet(var reason) -> new Interpretation.NotYet(reason);
      case SlackIdentity.Known.Never(var reason) -> new Interpretation.NotYet(reason);
      case SlackIdentity.Known.Yes(var self) -> counted(interpret(rawEnvelope, self));
    };
  }

  private Interpretation counted(Interpretation meaning) {
    if (meaning instanceof Interpretation.Ignored(IgnoredReason reason)) {
      ignored.add(reason);
    }
    return meaning;
  }

  private Interpretation interpret(String raw, SlackIdentity.Self self) {
    JsonNode envelope;
    try {
      envelope = JSON.readTree(raw);
    } catch (JsonProcessingException unreadable) {
      return unreadable(MissingNode.getInstance(), self, "Cannot read an envelope: no JSON");
    }
    JsonNode payload = envelope.path("payload");
    Reading reading = new Reading(payload, self);
    try {
      return whileRefused(routed(raw, envelope, reading), payload, self);
    } catch (RuntimeException fault) {
      return unreadable(
          payload, self, "Cannot read an envelope: " + fault.getClass().getSimpleName());
    }
  }

  /**
   * Lets the SDK find the handler. Its types do not hold everything that Slack and other clients
   * send, and then it throws before any handler has run; the raw JSON says as much as is needed.
   */
  private Interpretation routed(String raw, JsonNode envelope, Reading reading) {
    try {
      SocketModeRequest parsed = parser.parse(raw);
      Request<?> request = parsed == null ? null : parsed.getBoltRequest();
      if (request == null) {
        return new Interpretation.Ignored(IgnoredReason.UNKNOWN_PAYLOAD);
      }
      ScopedValue.where(READING, reading).call(() -> app.run(request));
      return reading.meaning;
    } catch (Exception sdk) {
      // The SDK's signature names Exception for handlers that call Slack; ours do not throw.
      LOG.debug("Read from its JSON, as the SDK cannot read it: {}", sdk.toString());
      return rawRoutes.read(envelope, reading.self);
    }
  }

  /**
   * While Slack refuses the bot's token nobody could be told what became of a wish. It waits for a
   * moment, as the refusal may pass; after that it is given up, so that nothing runs when nobody
   * expects it any more, and the person is notified as soon as Slack lets the bot speak.
   */
  private Interpretation whileRefused(
      Interpretation meaning, JsonNode payload, SlackIdentity.Self self) {
    Optional<TokenWatch.Refusal> refusal = token.refusal();
    boolean wish =
        meaning instanceof Interpretation.Addressed || meaning instanceof Interpretation.NotYet;
    if (refusal.isEmpty() || !wish) {
      return meaning;
    }
    if (meaning instanceof Interpretation.Addressed(Inbound.MessageEdited _)) {
      return new Interpretation.Noted("an edit that cannot be answered");
    }
    if (meaning instanceof Interpretation.Addressed(Inbound.HomeOpened _)) {
      return new Interpretation.Noted("a home tab that cannot be shown");
    }
    return refusal.get().brief()
        ? new Interpretation.NotYet(refusal.get().reason())
        : givenUp(payload, self, refusal.get().reason());
  }

  private static Interpretation givenUp(JsonNode payload, SlackIdentity.Self self, String reason) {
    Optional<String> user = PayloadReader.author(payload, self);
    return new Interpretation.GivenUp(
        "I did nothing of what you asked for, since Slack would not have let me answer: "
            + reason
            + " If you read this it works again: ask once more.",
        user,
        place(payload, user));
  }

  private static Interpretation unreadable(
      JsonNode payload, SlackIdentity.Self self, String reason) {
    Optional<String> user = PayloadReader.author(payload, self);
    return new Interpretation.Unreadable(reason, user, place(payload, user));
  }

  private static Optional<ConversationRef> place(JsonNode payload, Optional<String> user) {
    return user.map(
        known -> PayloadReader.place(payload).orElseGet(() -> ConversationRef.directWith(known)));
  }

  private void register() {
    on(AppMentionEvent.class, reader::said);
    on(MessageEvent.class, reader::said);
    on(MessageFileShareEvent.class, reader::said);
    on(MessageChangedEvent.class, reader::edited);
    on(MessageThreadBroadcastEvent.class, reader::said);
    on(AppHomeOpenedEvent.class, (payload, self) -> reader.home(payload));
    on(UserChangeEvent.class, (payload, self) -> userChanged(payload));
    on(SubteamCreatedEvent.class, (payload, self) -> groupsChanged());
    on(SubteamUpdatedEvent.class, (payload, self) -> groupsChanged());
    on(SubteamMembersChangedEvent.class, (payload, self) -> groupsChanged());
    on(ChannelSharedEvent.class, (payload, self) -> channelChanged(payload));
    on(ChannelUnsharedEvent.class, (payload, self) -> channelChanged(payload));
    app.blockAction(ANY, (request, context) -> answer((payload, self) -> reader.clicked(payload)));
    app.viewSubmission(
        ANY, (request, context) -> answer((payload, self) -> reader.submitted(payload)));
    app.command(ANY, (request, context) -> answer((payload, self) -> reader.slashed(payload)));
  }

  private <E extends Event> void on(
      Class<E> type, BiFunction<JsonNode, SlackIdentity.Self, Interpretation> read) {
    app.event(type, (event, context) -> answer(read));
  }

  private static Response answer(BiFunction<JsonNode, SlackIdentity.Self, Interpretation> read) {
    Reading reading = READING.get();
    reading.meaning = read.apply(reading.payload, reading.self);
    return Response.ok();
  }

  /** An event has to be for the workspace in which the bot is installed. */
  private static Response sameWorkspace(
      Request<?> request, Response response, MiddlewareChain chain) throws Exception {
    Reading reading = READING.get();
    boolean event = reading.payload.path("type").asText().equals("event_callback");
    if (event && !EventWorkspace.isOurs(reading.payload, reading.self)) {
      reading.meaning = new Interpretation.Ignored(IgnoredReason.OTHER_WORKSPACE);
      return response;
    }
    return chain.next(request);
  }

  private Interpretation userChanged(JsonNode payload) {
    JsonNode user = payload.path("event").path("user");
    Set<String> ids = new HashSet<>();
    ids.add(user.path("id").asText(""));
    ids.add(user.path("enterprise_user").path("id").asText(""));
    directory.forgetUser(ids);
    return new Interpretation.Noted("a person's account has changed");
  }

  private Interpretation groupsChanged() {
    directory.forgetGroups();
    return new Interpretation.Noted("a user group has changed");
  }

  private Interpretation channelChanged(JsonNode payload) {
    directory.forgetChannel(payload.path("event").path("channel").asText());
    return new Interpretation.Noted("a channel's sharing has changed");
  }
}
