package dev.bandmaster.slack;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Slack's directory through the ports that core owns. */
record SlackPeople(SlackDirectory directory) implements Directory, FreshDirectory {

  @Override
  public Lookup find(UserRef sender) {
    return switch (directory.person(sender)) {
      case DirectoryAnswer.Known<Person>(Person person, var _) -> new Directory.Known(person);
      case DirectoryAnswer.Unknown<Person>(String reason) -> new Directory.Unknown(reason);
    };
  }

  @Override
  public Seen look(UserRef sender, Duration oldest) {
    return switch (directory.person(sender, oldest)) {
      case DirectoryAnswer.Known<Person>(Person person, Duration age) ->
          new Seen.Known(person, age);
      case DirectoryAnswer.Unknown<Person>(String reason) -> new Seen.Unknown(reason);
    };
  }

  @Override
  public Gathering gather(Set<String> users, Set<String> groups, Duration oldest) {
    return switch (directory.members(users, groups, oldest)) {
      case DirectoryAnswer.Known<Set<UserRef>>(Set<UserRef> people, var _) ->
          new Gathering.Known(people);
      case DirectoryAnswer.Unknown<Set<UserRef>>(String reason) -> new Gathering.Unknown(reason);
    };
  }

  @Override
  public Optional<ConversationRef> directWith(UserRef sender) {
    return directory.directWith(sender.user())
            instanceof DirectoryAnswer.Known<ConversationRef>(ConversationRef place, var _)
        ? Optional.of(place)
        : Optional.empty();
  }
}
