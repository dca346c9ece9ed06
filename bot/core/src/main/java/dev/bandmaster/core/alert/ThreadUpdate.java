package dev.bandmaster.core.alert;

import java.util.List;

/** What is said in the thread of an episode: an edit of the message notifies nobody. */
public sealed interface ThreadUpdate {

  /** More is wrong than people were notified of. */
  record Added(List<GroupedAlert> members) implements ThreadUpdate {
    public Added {
      members = List.copyOf(members);
    }
  }

  /** Some of it is well again. */
  record Recovered(List<GroupedAlert> members, boolean all) implements ThreadUpdate {
    public Recovered {
      members = List.copyOf(members);
    }
  }

  record Acknowledged(Acknowledgement by) implements ThreadUpdate {}

  /** An acknowledgement does not count any more, for this reason. */
  record Lapsed(Acknowledgement by, String reason) implements ThreadUpdate {}

  record Silenced(Silence silence) implements ThreadUpdate {}

  /** The silence is over, and this many alerts still fire. */
  record SilenceOver(int firing) implements ThreadUpdate {}

  /** Nobody has looked after it for long. */
  record Reminder(int firing) implements ThreadUpdate {}

  record Closed(String name) implements ThreadUpdate {}

  /** All names, where the message has room for some. */
  record Everybody(List<String> names) implements ThreadUpdate {
    public Everybody {
      names = List.copyOf(names);
    }
  }
}
