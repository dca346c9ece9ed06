package dev.bandmaster.slack;

import dev.bandmaster.acl.IdSyntax;
import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.ChatFigure;
import dev.bandmaster.core.chat.ChatHealth;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.DeliveryMeaning;
import dev.bandmaster.core.chat.Dialogs;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.RateLimiter;
import dev.bandmaster.plugin.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Slack as a chat platform: the connection to it, seen through the ports that core owns. */
public final class SlackPlatform implements ChatPlatform {

  private final SlackConnection slack;
  private final InstantSource clock;
  private final SlackPeople people;

  private SlackPlatform(SlackConnection slack, InstantSource clock) {
    this.slack = slack;
    this.clock = clock;
    this.people = new SlackPeople(slack.directory());
  }

  /** Makes platforms that connect to Slack with these settings. */
  public static Factory with(SlackSettings settings) {
    return new Factory() {
      @Override
      public IdSyntax ids() {
        return SlackIds.SYNTAX;
      }

      @Override
      public ChatPlatform open(Context context) {
        return new SlackPlatform(
            SlackConnection.open(
                settings,
                context.sink(),
                context.triggers(),
                context.listener(),
                context.clock(),
                context.random()),
            context.clock());
      }
    };
  }

  @Override
  public String name() {
    return "Slack";
  }

  @Override
  public IdSyntax ids() {
    return SlackIds.SYNTAX;
  }

  @Override
  public Chat chat() {
    return slack.chat();
  }

  @Override
  public boolean fits(Message message) {
    return SlackConnection.holds(message);
  }

  @Override
  public RateLimiter limits() {
    return slack.budget();
  }

  @Override
  public Dialogs dialogs() {
    return slack.dialogs();
  }

  @Override
  public Directory directory() {
    return people;
  }

  @Override
  public FreshDirectory freshDirectory() {
    return people;
  }

  @Override
  public Interpreter interpreter() {
    return envelope -> meaning(slack.interpreter().interpret(envelope));
  }

  private static DeliveryMeaning meaning(Interpretation interpretation) {
    return switch (interpretation) {
      case Interpretation.Addressed(Inbound inbound) -> new DeliveryMeaning.Wish(inbound);
      case Interpretation.Noted _, Interpretation.Ignored _ -> new DeliveryMeaning.Nothing();
      case Interpretation.NotYet(String reason) -> new DeliveryMeaning.NotYet(reason);
      case Interpretation.GivenUp(
              String sentence,
              Optional<String> user,
              Optional<ConversationRef> place) ->
          new DeliveryMeaning.GivenUp(sentence, author(user, place));
      case Interpretation.Unreadable(
              String reason,
              Optional<String> user,
              Optional<ConversationRef> place) ->
          new DeliveryMeaning.Unreadable(reason, author(user, place));
    };
  }

  private static Optional<DeliveryMeaning.Author> author(
      Optional<String> user, Optional<ConversationRef> place) {
    return user.flatMap(who -> place.map(where -> new DeliveryMeaning.Author(who, where)));
  }

  @Override
  public ChatHealth health() {
    ChatHealth sockets = of(slack.health());
    return slack
        .refusal()
        .map(reason -> new ChatHealth(false, sockets.description() + ": " + reason))
        .orElse(sockets);
  }

  @Override
  public Optional<String> refusal() {
    return slack.refusal();
  }

  /** The health of the sockets, in the words of every platform. */
  static ChatHealth of(SocketHealth health) {
    return new ChatHealth(health.state() == SocketHealth.State.CONNECTED, describe(health));
  }

  private static String describe(SocketHealth health) {
    String sockets = health.sockets() == 1 ? "1 socket" : health.sockets() + " sockets";
    String lastReceived =
        health
            .lastEnvelope()
            .map(at -> ", last heard " + at.truncatedTo(ChronoUnit.SECONDS))
            .orElse("");
    return health.state().name().toLowerCase(Locale.ROOT)
        + ", "
        + sockets
        + lastReceived
        + (health.suspected() == 0
            ? ""
            : ", " + health.suspected() + " replaced after a long silence")
        + (health.problem().isEmpty() ? "" : ": " + health.problem());
  }

  @Override
  public List<ChatFigure> figures() {
    List<ChatFigure> figures = new ArrayList<>();
    figures.add(
        ChatFigure.gauge(
            "sockets", "Open Socket Mode connections.", () -> slack.health().sockets()));
    figures.add(
        ChatFigure.counter(
            "sockets.opened", "Socket Mode connections opened.", () -> slack.health().opened()));
    figures.add(
        ChatFigure.counter(
            "sockets.suspected",
            "Socket Mode connections replaced because they were silent too long.",
            () -> slack.health().suspected()));
    figures.add(
        ChatFigure.gauge(
            "last.message.age.seconds",
            "Seconds since the last message from Slack.",
            () -> slack.health().silence(clock.instant()).map(Duration::toSeconds).orElse(0L)));
    for (IgnoredReason reason : IgnoredReason.values()) {
      figures.add(
          new ChatFigure(
              ChatFigure.Kind.COUNTER,
              "ignored",
              "Deliveries from Slack that were ignored, by reason.",
              () -> slack.ignored(reason),
              Map.of("reason", reason.word())));
    }
    return List.copyOf(figures);
  }

  @Override
  public void start() {
    slack.start();
  }

  @Override
  public void stopReceiving() throws IOException {
    slack.stopReceiving();
  }

  @Override
  public void close() throws IOException {
    slack.close();
  }
}
