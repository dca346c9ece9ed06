package dev.bandmaster.simulator.world;

import dev.bandmaster.simulator.workspace.Group;
import dev.bandmaster.simulator.workspace.Person;

/** Something that happened in the workspace. Told to listeners in the order it happened. */
public sealed interface Change {
  /** A message was written. */
  record Posted(Message message) implements Change {}

  /** A message's text, blocks or files were changed. */
  record Edited(Message before, Message after, String by) implements Change {}

  /** A message was taken away. */
  record Deleted(Message message, String by) implements Change {}

  /** A reaction was added or taken away. */
  record Reacted(Message message, String user, String reaction, boolean added) implements Change {}

  /** Somebody came into a channel. */
  record Joined(String channel, String user) implements Change {}

  /** A channel was shared with another organization, or is no longer. */
  record Shared(String channel, boolean shared) implements Change {}

  /** A view was opened, changed or closed. */
  record ViewChanged(View view) implements Change {}

  /** A person looked at the app's home or messages tab. */
  record HomeOpened(String user, String tab) implements Change {}

  /** A person is not what they were. */
  record PersonChanged(Person person) implements Change {}

  /** A group has another name or other members. */
  record GroupChanged(Group before, Group after) implements Change {}

  /** Everything was put back to the beginning. */
  record Reset() implements Change {}
}
