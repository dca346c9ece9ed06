package dev.bandmaster.app;

import dev.bandmaster.app.oncall.CalendarDuty;
import dev.bandmaster.app.oncall.CommandDuty;
import dev.bandmaster.app.oncall.Contacts;
import dev.bandmaster.app.oncall.RotaDuty;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.config.OnCallConfig;
import dev.bandmaster.engine.oncall.OnCall;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Who is on call, as the configuration says. */
final class OnCallModule {
  private OnCallModule() {}

  /**
   * All teams; nothing is asked yet.
   *
   * @param isPerson whether a text is the id of a person
   */
  static OnCall of(BotConfig config, Predicate<String> isPerson, InstantSource clock) {
    Map<String, OnCall.Team> teams = new HashMap<>();
    config.oncall().forEach((name, team) -> teams.put(name, team(config, team, isPerson)));
    return new OnCall(teams, clock);
  }

  private static OnCall.Team team(BotConfig config, OnCallConfig team, Predicate<String> isPerson) {
    Map<String, String> people = new HashMap<>();
    team.people().forEach(contact -> people.put(contact.name(), contact.id()));
    Contacts contacts = new Contacts(people, isPerson);
    if (!team.rota().isEmpty()) {
      return new OnCall.Team(
          new RotaDuty(team.rota(), team.shift(), team.starts().orElseThrow(), config.timeZone()),
          Duration.ZERO,
          team.otherwise());
    }
    return new OnCall.Team(
        team.calendar().isPresent()
            ? new CalendarDuty(
                URI.create(team.calendar().get().reveal()),
                team.timeout(),
                config.timeZone(),
                contacts,
                CalendarDuty.standardClient())
            : new CommandDuty(team.command(), team.timeout(), contacts),
        team.refresh(),
        team.otherwise());
  }
}
