package dev.bandmaster.core.chat;

import java.util.Arrays;
import java.util.Optional;

/** What a button of the bot's does. Each kind of message has an enum of its own. */
public interface ButtonAction {

  /**
   * Runs a command in a channel: the value is the channel's id, a space and the command. The place
   * of such a click is that channel, as the chat service knows it.
   */
  String RUN_IN = "command.run-in";

  /** The action's id in the chat service; the same for ever, for messages stay where they are. */
  String id();

  /** The action with this id, among those of a kind. */
  static <A extends Enum<A> & ButtonAction> Optional<A> find(Class<A> kind, String id) {
    return Arrays.stream(kind.getEnumConstants())
        .filter(action -> action.id().equals(id))
        .findFirst();
  }
}
