package dev.bandmaster.demo.console;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.simulator.workspace.Group;
import dev.bandmaster.simulator.workspace.Workspace;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The people of a workspace file. They never change, so all that is known of them is new. */
record ConsoleDirectory(Workspace workspace) implements Directory, FreshDirectory {

  @Override
  public Lookup find(UserRef sender) {
    return person(sender)
        .<Lookup>map(Directory.Known::new)
        .orElseGet(() -> new Directory.Unknown(nobody(sender)));
  }

  @Override
  public Seen look(UserRef sender, Duration oldest) {
    return person(sender)
        .<Seen>map(person -> new Seen.Known(person, Duration.ZERO))
        .orElseGet(() -> new Seen.Unknown(nobody(sender)));
  }

  @Override
  public Gathering gather(Set<String> users, Set<String> groups, Duration oldest) {
    Stream<String> members =
        groups.stream()
            .flatMap(id -> workspace.group(id).stream())
            .flatMap(group -> group.members().stream());
    return new Gathering.Known(
        Stream.concat(users.stream(), members)
            .map(id -> new UserRef(workspace.team().id(), id))
            .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Optional<ConversationRef> directWith(UserRef sender) {
    return workspace
        .byId(sender.user())
        .map(person ->
            new ConversationRef(
                person.directMessageId(), ConversationRef.Kind.DIRECT, Optional.empty()));
  }

  private Optional<Person> person(UserRef sender) {
    return workspace
        .byId(sender.user())
        .filter(each -> each.teamId().equals(sender.team()))
        .map(each -> new Person(sender, each.realName(), kind(each), groupsOf(each.id())));
  }

  private Set<String> groupsOf(String user) {
    return workspace.groups().stream()
        .filter(group -> group.members().contains(user))
        .map(Group::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Person.Kind kind(dev.bandmaster.simulator.workspace.Person person) {
    return switch (person.standing()) {
      case MEMBER, ADMIN -> Person.Kind.MEMBER;
      case GUEST, SINGLE_CHANNEL_GUEST -> Person.Kind.GUEST;
      case EXTERNAL -> Person.Kind.EXTERNAL;
      case DEACTIVATED -> Person.Kind.DEACTIVATED;
    };
  }

  private static String nobody(UserRef sender) {
    return "The workspace has nobody with the id " + sender.user() + ".";
  }
}
