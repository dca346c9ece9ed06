package dev.bandmaster.core.chat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Looks people up where it matters that nothing has changed in the meantime. Blocking: the chat
 * service is asked whenever what is remembered is too old.
 */
public interface FreshDirectory {

  /**
   * Who somebody is.
   *
   * @param oldest how old the knowledge may be
   */
  Seen look(UserRef sender, Duration oldest);

  /**
   * People of the own workspace.
   *
   * @param users ids of single people
   * @param groups ids of user groups, all of whose members are meant
   */
  Gathering gather(Set<String> users, Set<String> groups, Duration oldest);

  /** The direct messages with somebody, if they can be found out. */
  Optional<ConversationRef> directWith(UserRef sender);

  /** What looking somebody up gave. */
  sealed interface Seen {
    /**
     * It is known who they are.
     *
     * @param age how old the oldest part of the knowledge is
     */
    record Known(Person person, Duration age) implements Seen {}

    /** It cannot be found out now; the reason is a sentence. */
    record Unknown(String reason) implements Seen {}
  }

  /** What looking for a group's people gave. */
  sealed interface Gathering {
    record Known(Set<UserRef> people) implements Gathering {
      public Known {
        people = Set.copyOf(people);
      }
    }

    /** It cannot be found out now; the reason is a sentence. */
    record Unknown(String reason) implements Gathering {}
  }
}
