package dev.bandmaster.simulator.api;

import dev.bandmaster.simulator.world.Conversation;
import dev.bandmaster.simulator.world.Conversation.Kind;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Message;
import dev.bandmaster.simulator.world.World;
import java.util.Set;
import java.util.TreeSet;

/** Finds the conversations and messages that calls name, and refuses as Slack does. */
final class Places {
  private final World world;

  Places(World world) {
    this.world = world;
  }

  /** A conversation the bot knows of: private ones only where it is a member. */
  Conversation visible(Arguments arguments) {
    return visible(arguments.required("channel"));
  }

  /** A conversation the bot knows of, by its id or name. */
  Conversation visible(String named) {
    return world
        .resolve(named)
        .filter(found -> found.kind() != Kind.PRIVATE || isMember(found))
        .orElseThrow(() -> new ApiRefusal("channel_not_found"));
  }

  /** A conversation the bot is a member of. */
  Conversation joined(Arguments arguments) {
    Conversation found = visible(arguments);
    if (!isMember(found)) {
      throw new ApiRefusal("not_in_channel");
    }
    return found;
  }

  /** A conversation the bot may write in, by its id or name. */
  Conversation writable(String named) {
    Conversation found = visible(named);
    if (found.archived()) {
      throw new ApiRefusal("is_archived");
    }
    boolean openToAll =
        found.kind() == Kind.PUBLIC
            && world.workspace().bot().scopes().contains("chat:write.public");
    if (!isMember(found) && !openToAll) {
      throw new ApiRefusal("not_in_channel");
    }
    return found;
  }

  /** A message that everybody in the conversation can see. */
  Message message(Conversation conversation, String ts) {
    return world
        .message(conversation.id(), ts)
        .filter(found -> found.ephemeralTo() == null)
        .orElseThrow(() -> new ApiRefusal("message_not_found"));
  }

  /** The scope of one kind of access to this conversation, for example {@code channels:history}. */
  void requireScope(Conversation conversation, String access) {
    String needed = conversation.kind().family() + ":" + access;
    Set<String> granted = new TreeSet<>(world.workspace().bot().scopes());
    if (!granted.contains(needed)) {
      throw new ApiRefusal(
          "missing_scope",
          Json.object().put("needed", needed).put("provided", String.join(",", granted)));
    }
  }

  private boolean isMember(Conversation conversation) {
    return conversation.members().contains(world.workspace().bot().userId());
  }
}
