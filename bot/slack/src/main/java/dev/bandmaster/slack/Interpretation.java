package dev.bandmaster.slack;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Inbound;
import java.util.Optional;

/** What a stored envelope turned out to be. */
public sealed interface Interpretation {

  /** Somebody wants something of the bot. */
  record Addressed(Inbound inbound) implements Interpretation {}

  /** Something changed in the workspace; the directory has been told, there is no more to do. */
  record Noted(String what) implements Interpretation {}

  /** Nothing for the bot: somebody else's message, an edit, the bot's own words. */
  record Ignored(IgnoredReason reason) implements Interpretation {}

  /** Slack has to be asked something first and did not answer. To be tried again. */
  record NotYet(String reason) implements Interpretation {}

  /**
   * Somebody wanted something, and it will not be done.
   *
   * @param sentence for the person: why not, and what to do
   */
  record GivenUp(String sentence, Optional<String> user, Optional<ConversationRef> place)
      implements Interpretation {}

  /**
   * Not what Slack sends. Trying again does not help; somebody should look at it.
   *
   * @param user the id of the person who did it, if that can be made out
   * @param place where, if that can be made out
   */
  record Unreadable(String reason, Optional<String> user, Optional<ConversationRef> place)
      implements Interpretation {}
}
