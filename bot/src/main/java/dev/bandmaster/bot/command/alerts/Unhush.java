package dev.bandmaster.bot.command.alerts;

import dev.bandmaster.bot.alert.AlertArtist;
import dev.bandmaster.bot.alert.Silence;
import dev.bandmaster.bot.command.Asker;
import dev.bandmaster.bot.command.Command;
import dev.bandmaster.bot.command.Command.Outcome;
import dev.bandmaster.bot.job.Right;
import dev.bandmaster.bot.store.Alerts;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import java.util.List;
import java.util.Optional;

/** {@code unsilence}: ends a silence or a maintenance before its time. */
final class Unhush implements Command.Doing {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "unsilence",
          List.of(),
          "ends a silence or a maintenance",
          List.of(
              Parameter.positional("silence", new Parameter.Type.Job(), "the silence's number")),
          List.of("unsilence 3"));

  private final Alerts alerts;
  private final AlertArtist artist;

  Unhush(Alerts alerts, AlertArtist artist) {
    this.alerts = alerts;
    this.artist = artist;
  }

  @Override
  public Right right(String permission, Arguments arguments) {
    Optional<Silence> silence = find(arguments);
    return new Right(
        permission,
        silence.map(Unhush::environment).orElse(""),
        silence.map(found -> found.matchers().getOrDefault("app", "")).orElse(""));
  }

  /** A silence of one alert has the environment within its topic. */
  private static String environment(Silence silence) {
    String topic = silence.matchers().get("topic");
    return topic == null
        ? silence.matchers().getOrDefault("env", "")
        : List.of(topic.split("\\|", -1)).get(2);
  }

  @Override
  public Optional<String> missing(Arguments arguments) {
    return find(arguments).isPresent()
        ? Optional.empty()
        : Optional.of(
            "There is no silence %s. 'silences' lists them.".formatted(arguments.word("silence")));
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments) {
    return find(arguments)
        .<Outcome>map(silence ->
            Outcome.done(
                "Ended. It was: " + artist.words(silence), new Change.Unsilenced(silence.number())))
        .orElseGet(() -> new Outcome.Refused("That silence is over already."));
  }

  private Optional<Silence> find(Arguments arguments) {
    return arguments
        .find("silence")
        .filter(word -> word.matches("[0-9]{1,15}"))
        .map(Long::parseLong)
        .flatMap(number ->
            alerts.silences().stream().filter(silence -> silence.number() == number).findFirst());
  }
}
