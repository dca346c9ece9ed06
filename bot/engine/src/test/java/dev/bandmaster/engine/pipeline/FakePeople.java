package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** People that a test makes, changes, or makes unknowable. */
public final class FakePeople implements FreshDirectory {
  private final Map<UserRef, Person> known = new HashMap<>();

  /** How old the knowledge is that is given. */
  public Duration age = Duration.ofSeconds(3);

  /** Whether nothing can be found out. */
  public boolean away;

  /** A person of the workspace is like this from now on. */
  public Person is(UserRef sender, String name, Person.Kind kind, String... groups) {
    Person person = new Person(sender, name, kind, Set.of(groups));
    known.put(sender, person);
    return person;
  }

  /** Somebody acts under another id, too. */
  void alsoIs(UserRef alias, Person person) {
    known.put(alias, person);
  }

  /** Who somebody is, however old the knowledge. */
  public Person person(UserRef sender) {
    return known.getOrDefault(
        sender, new Person(sender, sender.user(), Person.Kind.MEMBER, Set.of()));
  }

  @Override
  public Seen look(UserRef sender, Duration oldest) {
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
  public Optional<ConversationRef> directWith(UserRef sender) {
    return Optional.of(
        new ConversationRef("D" + sender.user(), ConversationRef.Kind.DIRECT, Optional.empty()));
  }
}
