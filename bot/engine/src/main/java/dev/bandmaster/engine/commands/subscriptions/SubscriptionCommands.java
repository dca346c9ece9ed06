package dev.bandmaster.engine.commands.subscriptions;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Interests;
import dev.bandmaster.core.store.Interests.Subscription;
import dev.bandmaster.engine.commands.EndByNumber;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code subscribe}, {@code unsubscribe} and {@code subscriptions}. */
public final class SubscriptionCommands {

  /** All that there can be: each is looked at when a job ends. */
  private static final int MOST = 200;

  private static final String THING = "subscription";

  private static final CommandDeclaration SUBSCRIBE =
      new CommandDeclaration(
          "subscribe",
          List.of(),
          "posts in a channel how deploys end",
          List.of(
              Parameter.positional(
                      "channel", new Parameter.Type.Word(), "the channel (default: this one)")
                  .optional(),
              Parameter.named("env", new Parameter.Type.Environment(), "only this environment"),
              Parameter.named("app", new Parameter.Type.Application(), "only this application")),
          List.of("subscribe #shop-deploys app=web env=prod", "subscribe env=prod"),
          CommandTraits.STANDARD.about(Topic.JOBS));

  private static final CommandDeclaration SUBSCRIPTIONS =
      new CommandDeclaration(
          "subscriptions",
          List.of(),
          "lists the channels that are told how deploys end",
          List.of(),
          List.of("subscriptions"),
          CommandTraits.STANDARD.about(Topic.JOBS));

  private SubscriptionCommands() {}

  /** The commands. */
  public static List<Command> all(Interests interests, InstantSource clock) {
    return List.of(
        new Command.ActionCommand(
            SUBSCRIBE, (asker, arguments) -> subscribe(interests, clock, asker, arguments)),
        new Command.ActionCommand(
            EndByNumber.declaration("unsubscribe", "ends a subscription", THING),
            new EndByNumber<>(
                THING,
                "To list them: `subscriptions`.",
                number ->
                    interests.all().stream().filter(made -> made.number() == number).findFirst(),
                made -> new Right("", made.environment(), made.application()),
                made ->
                    Outcome.done(
                        "Subscription %d has ended.".formatted(made.number()),
                        new Change.Unsubscribe(made.number())))),
        new Command.BuiltIn(SUBSCRIPTIONS, (asker, arguments) -> list(interests.all())));
  }

  private static Outcome subscribe(
      Interests interests, InstantSource clock, Asker asker, Arguments arguments) {
    Optional<String> channel =
        arguments
            .find("channel")
            .<Optional<String>>map(SubscriptionCommands::id)
            .orElseGet(() -> here(asker.place()));
    if (channel.isEmpty()) {
      return new Outcome.Refused(
          "Which channel? Name it as `#shop-deploys`, or ask in the channel itself.");
    }
    String environment = arguments.find("env").orElse("");
    String application = arguments.find("app").orElse("");
    List<Subscription> all = interests.all();
    boolean known =
        all.stream()
            .anyMatch(made ->
                made.channel().equals(channel.get())
                    && made.environment().equals(environment)
                    && made.application().equals(application));
    if (known) {
      return new Outcome.Refused("That channel is subscribed already. To list: `subscriptions`.");
    }
    if (all.size() >= MOST) {
      return new Outcome.Refused(
          "There are %d subscriptions, which is the limit. End some first: `subscriptions`."
              .formatted(all.size()));
    }
    Subscription made =
        new Subscription(
            interests.nextNumber(),
            channel.get(),
            environment,
            application,
            asker.person().sender().principal(),
            asker.person().name(),
            clock.instant());
    return new Outcome.Done(
        Message.of(
            new Message.Paragraph(
                Text.plain("Subscribed: ")
                    .and(line(made))
                    .and(". I have to be a member of that channel. To end it: ")
                    .code("unsubscribe " + made.number())
                    .and("."))),
        List.of(new Change.Subscribe(made)));
  }

  /** A channel as it is mentioned. */
  private static Optional<String> id(String word) {
    return word.matches("#[A-Z0-9]{2,30}") ? Optional.of(word.substring(1)) : Optional.empty();
  }

  private static Optional<String> here(ConversationRef place) {
    return switch (place.kind()) {
      case CHANNEL, SHARED_CHANNEL -> Optional.of(place.channel());
      case DIRECT, API -> Optional.empty();
    };
  }

  private static Text line(Subscription made) {
    return Text.EMPTY
        .channel(made.channel())
        .and(
            " is told how deploys of %s %s end"
                .formatted(
                    made.application().isEmpty() ? "all applications" : made.application(),
                    made.environment().isEmpty() ? "everywhere" : "in " + made.environment()));
  }

  private static Message list(List<Subscription> all) {
    return all.isEmpty()
        ? Message.sentence("No subscriptions. To make one: `subscribe #channel app=web env=prod`.")
        : new Message(
            all.stream()
                .<Block>map(made ->
                    new Message.Paragraph(
                        Text.EMPTY
                            .bold(Long.toString(made.number()))
                            .and(" ")
                            .and(line(made))
                            .and(", by " + made.ownerName())))
                .toList());
  }
}
