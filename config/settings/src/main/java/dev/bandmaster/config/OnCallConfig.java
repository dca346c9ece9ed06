package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * How a team says who is on call: exactly one of a rota, a program and a calendar.
 *
 * @param rota ids of people who take turns
 * @param shift how long a turn is
 * @param starts when the first one's first turn began, in the bot's time zone
 * @param command an absolute path, and its arguments as they are; no shell sees them
 * @param timeout how long a run of the program, or the calendar's server, may take
 * @param calendar address of a calendar in the iCalendar format; a secret, because anyone who knows
 *     it can read it
 * @param people whom the names and mail addresses mean that the program or the calendar uses
 * @param refresh how often the program or the calendar is asked
 * @param otherwise id of the user group that is mentioned while nobody is known to be on call
 */
public record OnCallConfig(
    List<String> rota,
    Duration shift,
    Optional<LocalDateTime> starts,
    List<String> command,
    Duration timeout,
    Optional<Secret> calendar,
    List<Contact> people,
    Duration refresh,
    Optional<String> otherwise) {

  /** How a mention of a team's person on call begins. */
  public static final String MENTION = "oncall:";

  public OnCallConfig {
    rota = List.copyOf(rota);
    command = List.copyOf(command);
    people = List.copyOf(people);
  }

  /**
   * Who is meant by a name.
   *
   * @param name as the program or the calendar has it, whatever the case of its letters
   * @param id of the person
   */
  public record Contact(String name, String id) {
    static Contact read(Section section, ChatIds ids) {
      return new Contact(
          section.text("name", "A name or a mail address.").required(),
          section.field("id", ids.user().kind(), "The person.").required());
    }
  }

  static OnCallConfig read(Section section, ChatIds ids) {
    OnCallConfig config =
        new OnCallConfig(
            section
                .list("rota", ids.user().kind(), "The people who take turns, in their order.")
                .orDefault(List.of()),
            section
                .duration(
                    "shift",
                    Duration.ofHours(1),
                    Duration.ofDays(60),
                    "How long a turn of the rota is; whole days change at the same time of day, "
                        + "also when clocks change.")
                .orDefault(Duration.ofDays(7)),
            section
                .field(
                    "starts",
                    Kinds.of(
                        "a date and a time such as 2026-01-05T09:00",
                        LocalDateTime.of(2026, 1, 5, 9, 0),
                        OnCallConfig::time),
                    "When the first turn of the first person began, in `time_zone`. Required with "
                        + "`rota`.")
                .optional(),
            section
                .list(
                    "command",
                    Kinds.text(),
                    "Absolute path of a program, and its arguments. It runs without a shell and "
                        + "prints who is on call, one in each line.")
                .orDefault(List.of()),
            section
                .duration(
                    "timeout",
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(1),
                    "Maximum time of the program or of the calendar's server.")
                .orDefault(Duration.ofSeconds(10)),
            section
                .secret(
                    "calendar",
                    "Address of a calendar in the iCalendar format, `https:` or `http:`. Who is on "
                        + "call is the attendee, or else the title, of the event that is on.")
                .where(OnCallConfig::isAddress, "must be an http or https address")
                .optional(),
            section
                .list(
                    "people",
                    Kinds.section(inner -> Contact.read(inner, ids)),
                    "Who is meant by a name or a mail address that the program or the calendar "
                        + "uses; ids of people need no entry.")
                .orDefault(List.of()),
            section
                .duration(
                    "refresh",
                    Duration.ofMinutes(1),
                    Duration.ofHours(6),
                    "How often the program or the calendar is asked.")
                .orDefault(Duration.ofMinutes(5)),
            section
                .field(
                    "otherwise",
                    ids.group().kind(),
                    "The user group that is mentioned while nobody is known to be on call.")
                .optional());
    long ways =
        List.of(
                !config.rota().isEmpty(),
                !config.command().isEmpty(),
                config.calendar().isPresent())
            .stream()
            .filter(way -> way)
            .count();
    if (ways != 1) {
      section.refuse("needs exactly one of: rota, command, calendar");
    }
    if (!config.rota().isEmpty() && config.starts().isEmpty()) {
      section.refuse("has a 'rota' and needs 'starts'");
    }
    if (!config.command().isEmpty() && !config.command().getFirst().startsWith("/")) {
      section.refuse("command", "must begin with an absolute path");
    }
    return config;
  }

  private static Optional<LocalDateTime> time(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
