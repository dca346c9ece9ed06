package dev.bandmaster.bot.command;

import dev.bandmaster.bot.chat.FreshPeople;
import dev.bandmaster.bot.chat.Person;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.chat.Sender;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** People that a test makes, changes, or makes unknowable. */
final class FakePeople implements FreshPeople {
  private final Map<Sender, Person> known = new HashMap<>();

  /** How old the knowledge is that is given. */
  Duration age = Duration.ofSeconds(3);

  /** Whether nothing can be found out. */
  boolean away;

  /** A person of the workspace is like this from now on. */
  Person is(Sender sender, String name, Person.Kind kind, String... groups) {
    Person person = new Person(sender, name, kind, Set.of(groups));
    known.put(sender, person);
    return person;
  }

  /** Somebody acts under another id, too. */
  void alsoIs(Sender alias, Person person) {
    known.put(alias, person);
  }

  /** Who somebody is, however old the knowledge. */
  Person person(Sender sender) {
    return known.getOrDefault(
        sender, new Person(sender, sender.user(), Person.Kind.MEMBER, Set.of()));
  }

  @Override
  public Seen look(Sender sender, Duration oldest) {
    return away || age.compareTo(oldest) > 0
        ? new Seen.Unknown("Slack does not answer.")
        : new Seen.Known(person(sender), age);
  }

  @Override
  public Gathering gather(Set<String> users, Set<String> groups, Duration oldest) {
    return away || age.compareTo(oldest) > 0
        ? new Gathering.Unknown("Slack does not answer.")
        : new Gathering.Known(
            known.values().stream()
                .filter(person ->
                    users.contains(person.sender().user())
                        || person.groups().stream().anyMatch(groups::contains))
                .map(Person::sender)
                .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Optional<Place> directWith(Sender sender) {
    return Optional.of(new Place("D" + sender.user(), Place.Kind.DIRECT, Optional.empty()));
  }
}
