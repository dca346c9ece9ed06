package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.UserRef;
import java.time.Instant;
import java.util.Optional;

/**
 * A command as it was asked.
 *
 * @param id the inbox item it came with
 * @param sender who asks
 * @param place where the answer goes
 * @param question timestamp of the message that asks, if there is one
 * @param text the words, with the chat service's markup undone
 * @param raw the words exactly as they came
 * @param at when they came
 * @param manner how they came
 * @param instead why it takes the place of an earlier request, where it is asked again
 */
public record CommandRequest(
    String id,
    UserRef sender,
    ConversationRef place,
    Optional<String> question,
    String text,
    String raw,
    Instant at,
    Manner manner,
    Optional<String> instead) {

  /** Something that takes no other's place. */
  public CommandRequest(
      String id,
      UserRef sender,
      ConversationRef place,
      Optional<String> question,
      String text,
      String raw,
      Instant at,
      Manner manner) {
    this(id, sender, place, question, text, raw, at, manner, Optional.empty());
  }

  /** The same, asked by somebody whose canonical ids are these. */
  public CommandRequest by(UserRef canonical) {
    return new CommandRequest(id, canonical, place, question, text, raw, at, manner, instead);
  }

  /** How somebody asks. */
  public enum Manner {
    /** In a message or with the slash command. */
    TYPED,
    /** With a button, or with a dialog that a button opened. */
    CLICKED,
    /** With the button that confirms what was typed before, where it has to be. */
    CONFIRMED,
    /** Earlier, for now. */
    SCHEDULED,
    /** As a step of a runbook that somebody runs. */
    RUNBOOK,
    /** Earlier; what it is about has changed since, and the bot asks for them. */
    RENEWED
  }
}
