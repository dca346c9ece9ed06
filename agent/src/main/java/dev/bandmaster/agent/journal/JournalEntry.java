package dev.bandmaster.agent.journal;

import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.WireNamed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the journal knows of one request.
 *
 * @param id the request's id
 * @param replyTo where its replies go; empty for a tombstone
 * @param what capability and action, such as {@code deploy.deploy}; empty for a tombstone
 * @param until when it may be forgotten: no copy of the request would be accepted after that
 * @param state how far it is
 * @param result the final, once it is finished
 */
public record JournalEntry(
    String id,
    String replyTo,
    String what,
    Instant until,
    State state,
    ReportBody.@Nullable Final result) {

  /** How far a request is. */
  public enum State implements WireNamed {
    /** Promised, not ended. After a restart: interrupted. */
    ACCEPTED("ACCEPTED"),
    /** Ended; the asker may not know yet. */
    FINISHED("FINISHED"),
    /** Ended, and the final is with the broker or in the spool. */
    REPORTED("REPORTED"),
    /** Never seen, but cancelled in advance: refused when it comes. */
    CANCELLED("CANCELLED");

    private final String wireName;

    State(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  JournalEntry finished(ReportBody.Final end) {
    return new JournalEntry(id, replyTo, what, until, State.FINISHED, end);
  }

  JournalEntry reported() {
    return new JournalEntry(id, replyTo, what, until, State.REPORTED, result);
  }
}
