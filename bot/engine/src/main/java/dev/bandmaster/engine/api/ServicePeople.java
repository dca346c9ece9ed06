package dev.bandmaster.engine.api;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The services of the configuration among the people of the chat. They are bots without groups: the
 * policy names each by its id, so the chat need not be asked about them.
 */
public final class ServicePeople {

  private final Set<String> names;

  public ServicePeople(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /** The chat's directory, and the services. */
  public Directory with(Directory people) {
    return sender ->
        sender.isService()
            ? find(sender)
                .<Directory.Lookup>map(Directory.Known::new)
                .orElseGet(() -> new Directory.Unknown(unknown(sender)))
            : people.find(sender);
  }

  /** The same where the age of the answer matters. */
  public FreshDirectory with(FreshDirectory people) {
    return new FreshDirectory() {
      @Override
      public Seen look(UserRef sender, Duration oldest) {
        return sender.isService()
            ? find(sender)
                .<Seen>map(service -> new Seen.Known(service, Duration.ZERO))
                .orElseGet(() -> new Seen.Unknown(unknown(sender)))
            : people.look(sender, oldest);
      }

      @Override
      public Gathering gather(Set<String> users, Set<String> groups, Duration oldest) {
        return people.gather(users, groups, oldest);
      }

      @Override
      public Optional<ConversationRef> directWith(UserRef sender) {
        return sender.isService() ? Optional.empty() : people.directWith(sender);
      }
    };
  }

  private Optional<Person> find(UserRef sender) {
    return names.contains(sender.user())
        ? Optional.of(new Person(sender, sender.user(), Person.Kind.BOT, Set.of()))
        : Optional.empty();
  }

  private static String unknown(UserRef sender) {
    return "The configuration has no service '%s' any more.".formatted(sender.user());
  }
}
