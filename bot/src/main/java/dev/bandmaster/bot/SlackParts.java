package dev.bandmaster.bot;

import dev.bandmaster.bot.chat.FreshPeople;
import dev.bandmaster.bot.chat.Inbound;
import dev.bandmaster.bot.chat.People;
import dev.bandmaster.bot.chat.Person;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.chat.Sender;
import dev.bandmaster.bot.inbox.InboxWorker;
import dev.bandmaster.bot.inbox.Meaning;
import dev.bandmaster.bot.schedule.ScheduleClock;
import dev.bandmaster.bot.schedule.ScheduledItem;
import dev.bandmaster.bot.slack.Answer;
import dev.bandmaster.bot.slack.Directory;
import dev.bandmaster.bot.slack.Interpretation;
import dev.bandmaster.bot.slack.SlackInterpreter;
import dev.bandmaster.bot.slack.SlackSettings;
import dev.bandmaster.bot.slack.SocketHealth;
import dev.bandmaster.config.SlackConfig;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Fits what the Slack package offers to the ports that the other rooms own. */
final class SlackParts {
  private SlackParts() {}

  static SlackSettings settings(SlackConfig config) {
    return SlackSettings.of(
        config.appToken().reveal(), config.botToken().reveal(), config.apiUrl());
  }

  static People people(Directory directory, AliasRecorder aliases) {
    return sender ->
        switch (directory.person(sender)) {
          case Answer.Known<Person>(Person person, var _) ->
              new People.Known(aliases.record(person));
          case Answer.Unknown<Person>(String reason) -> new People.Unknown(reason);
        };
  }

  static FreshPeople freshPeople(Directory directory, AliasRecorder aliases) {
    return new FreshPeople() {
      @Override
      public Seen look(Sender sender, Duration oldest) {
        return switch (directory.person(sender, oldest)) {
          case Answer.Known<Person>(Person person, Duration age) ->
              new Seen.Known(aliases.record(person), age);
          case Answer.Unknown<Person>(String reason) -> new Seen.Unknown(reason);
        };
      }

      @Override
      public Gathering gather(Set<String> users, Set<String> groups, Duration oldest) {
        return switch (directory.members(users, groups, oldest)) {
          case Answer.Known<Set<Sender>>(Set<Sender> people, var _) -> new Gathering.Known(people);
          case Answer.Unknown<Set<Sender>>(String reason) -> new Gathering.Unknown(reason);
        };
      }

      @Override
      public Optional<Place> directWith(Sender sender) {
        return directory.directWith(sender.user())
                instanceof Answer.Known<Place>(Place place, var _)
            ? Optional.of(place)
            : Optional.empty();
      }
    };
  }

  static InboxWorker.Interpreter interpreter(SlackInterpreter slack) {
    return item ->
        item.kind().equals(ScheduleClock.KIND)
            ? new Meaning.Wish(ScheduledItem.read(item.payload()))
            : meaning(slack.interpret(item.payload()));
  }

  private static Meaning meaning(Interpretation interpretation) {
    return switch (interpretation) {
      case Interpretation.Addressed(Inbound inbound) -> new Meaning.Wish(inbound);
      case Interpretation.Noted _, Interpretation.Ignored _ -> new Meaning.Nothing();
      case Interpretation.NotYet(String reason) -> new Meaning.NotYet(reason);
      case Interpretation.Unreadable(String reason, Optional<String> user, Optional<Place> place) ->
          new Meaning.Unreadable(
              reason, user.flatMap(who -> place.map(where -> new Meaning.Author(who, where))));
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
