package dev.bandmaster.bot;

import dev.bandmaster.bot.chat.Inbound;
import dev.bandmaster.bot.chat.Pace;
import dev.bandmaster.bot.chat.People;
import dev.bandmaster.bot.chat.Person;
import dev.bandmaster.bot.inbox.InboxWorker;
import dev.bandmaster.bot.inbox.Meaning;
import dev.bandmaster.bot.slack.Answer;
import dev.bandmaster.bot.slack.Directory;
import dev.bandmaster.bot.slack.Interpretation;
import dev.bandmaster.bot.slack.SlackBudget;
import dev.bandmaster.bot.slack.SlackInterpreter;
import dev.bandmaster.bot.slack.SlackSettings;
import dev.bandmaster.bot.slack.SocketHealth;
import dev.bandmaster.config.SlackConfig;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Fits what the Slack package offers to the ports that the other rooms own. */
final class SlackParts {
  private SlackParts() {}

  static SlackSettings settings(SlackConfig config) {
    return SlackSettings.of(
        config.appToken().reveal(), config.botToken().reveal(), config.apiUrl());
  }

  static People people(Directory directory) {
    return sender ->
        switch (directory.person(sender)) {
          case Answer.Known<Person>(Person person, var _) -> new People.Known(person);
          case Answer.Unknown<Person>(String reason) -> new People.Unknown(reason);
        };
  }

  static Pace pace(SlackBudget budget) {
    return (item, redraw, important) ->
        budget.ask(
            item, redraw, important ? SlackBudget.Urgency.URGENT : SlackBudget.Urgency.PROGRESS);
  }

  static InboxWorker.Interpreter interpreter(SlackInterpreter slack) {
    return payload ->
        switch (slack.interpret(payload)) {
          case Interpretation.Addressed(Inbound inbound) -> new Meaning.Wish(inbound);
          case Interpretation.HomeOpened _, Interpretation.Noted _, Interpretation.Ignored _ ->
              new Meaning.Nothing();
          case Interpretation.NotYet(String reason) -> new Meaning.NotYet(reason);
          case Interpretation.Unreadable(String reason) -> new Meaning.Unreadable(reason);
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
        + (health.problem().isEmpty() ? "" : ": " + health.problem());
  }
}
