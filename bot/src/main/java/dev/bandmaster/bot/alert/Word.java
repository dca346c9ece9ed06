package dev.bandmaster.bot.alert;

import java.util.List;

/** What is said in the thread of an episode: an edit of the message notifies nobody. */
public sealed interface Word {

  /** More is wrong than people were told. */
  record Added(List<Member> members) implements Word {
    public Added {
      members = List.copyOf(members);
    }
  }

  /** Some of it is well again. */
  record Recovered(List<Member> members, boolean all) implements Word {
    public Recovered {
      members = List.copyOf(members);
    }
  }

  record Acknowledged(Acknowledgement by) implements Word {}

  /** An acknowledgement does not count any more, for this reason. */
  record Lapsed(Acknowledgement by, String reason) implements Word {}

  record Silenced(Silence silence) implements Word {}

  /** The silence is over, and this many alerts still fire. */
  record SilenceOver(int firing) implements Word {}

  /** Nobody has looked after it for long. */
  record Reminder(int firing) implements Word {}

  record Closed(String name) implements Word {}

  /** All names, where the message has room for some. */
  record Everybody(List<String> names) implements Word {
    public Everybody {
      names = List.copyOf(names);
    }
  }
}
