package dev.bandmaster.app;

import dev.bandmaster.config.SlackConfig;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.engine.inbox.DeliveryMeaning;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.engine.schedules.ScheduleClock;
import dev.bandmaster.engine.schedules.ScheduledItem;
import dev.bandmaster.slack.DirectoryAnswer;
import dev.bandmaster.slack.Interpretation;
import dev.bandmaster.slack.SlackDirectory;
import dev.bandmaster.slack.SlackInterpreter;
import dev.bandmaster.slack.SlackSettings;
import dev.bandmaster.slack.SocketHealth;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Fits what the Slack package offers to the ports that the other rooms own. */
final class SlackModule {
  private SlackModule() {}

  static SlackSettings settings(SlackConfig config) {
    return SlackSettings.of(
        config.appToken().reveal(), config.botToken().reveal(), config.apiUrl());
  }

  static Directory people(SlackDirectory directory, AliasRecorder aliases) {
    return sender ->
        switch (directory.person(sender)) {
          case DirectoryAnswer.Known<Person>(Person person, var _) ->
              new Directory.Known(aliases.record(person));
          case DirectoryAnswer.Unknown<Person>(String reason) -> new Directory.Unknown(reason);
        };
  }

  static FreshDirectory freshPeople(SlackDirectory directory, AliasRecorder aliases) {
    return new FreshDirectory() {
      @Override
      public Seen look(UserRef sender, Duration oldest) {
        return switch (directory.person(sender, oldest)) {
          case DirectoryAnswer.Known<Person>(Person person, Duration age) ->
              new Seen.Known(aliases.record(person), age);
          case DirectoryAnswer.Unknown<Person>(String reason) -> new Seen.Unknown(reason);
        };
      }

      @Override
      public Gathering gather(Set<String> users, Set<String> groups, Duration oldest) {
        return switch (directory.members(users, groups, oldest)) {
          case DirectoryAnswer.Known<Set<UserRef>>(Set<UserRef> people, var _) ->
              new Gathering.Known(people);
          case DirectoryAnswer.Unknown<Set<UserRef>>(String reason) ->
              new Gathering.Unknown(reason);
        };
      }

      @Override
      public Optional<ConversationRef> directWith(UserRef sender) {
        return directory.directWith(sender.user())
                instanceof DirectoryAnswer.Known<ConversationRef>(ConversationRef place, var _)
            ? Optional.of(place)
            : Optional.empty();
      }
    };
  }

  static InboxWorker.Interpreter interpreter(SlackInterpreter slack) {
    return item ->
        item.kind().equals(ScheduleClock.KIND)
            ? new DeliveryMeaning.Wish(ScheduledItem.read(item.payload()))
            : meaning(slack.interpret(item.payload()));
  }

  private static DeliveryMeaning meaning(Interpretation interpretation) {
    return switch (interpretation) {
      case Interpretation.Addressed(Inbound inbound) -> new DeliveryMeaning.Wish(inbound);
      case Interpretation.Noted _, Interpretation.Ignored _ -> new DeliveryMeaning.Nothing();
      case Interpretation.NotYet(String reason) -> new DeliveryMeaning.NotYet(reason);
      case Interpretation.Unreadable(
              String reason,
              Optional<String> user,
              Optional<ConversationRef> place) ->
          new DeliveryMeaning.Unreadable(
              reason,
              user.flatMap(who -> place.map(where -> new DeliveryMeaning.Author(who, where))));
    };
  }

  static String describe(SocketHealth health) {
    String sockets = health.sockets() == 1 ? "1 socket" : health.sockets() + " sockets";
    String heard =
        health
            .lastEnvelope()
            .map(at -> ", last heard " + at.truncatedTo(ChronoUnit.SECONDS))
            .orElse("");
    return health.state().name().toLowerCase(Locale.ROOT)
        + ", "
        + sockets
        + heard
        + (health.suspected() == 0
            ? ""
            : ", " + health.suspected() + " replaced after a long silence")
        + (health.problem().isEmpty() ? "" : ": " + health.problem());
  }
}
