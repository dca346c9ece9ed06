package dev.bandmaster.core.chat;

/**
 * Stores envelopes before they are acknowledged to the chat service. Called by the platform's
 * threads; must be safe for use by many threads.
 */
public interface EnvelopeSink {

  /**
   * Keeps an envelope for good before it returns.
   *
   * @param dedupeKey the same for every delivery of the same event; at most 400 characters
   * @param id the envelope's id, one for each delivery
   * @param rawEnvelope the envelope as it came, JSON
   * @throws RuntimeException if it could not be stored; it is then not acknowledged
   */
  Stored store(String dedupeKey, Kind kind, String id, String rawEnvelope);

  /** Whether it was new. */
  enum Stored {
    STORED,
    DUPLICATE
  }

  /** The sort of envelope. */
  enum Kind {
    EVENT,
    INTERACTION,
    SLASH
  }
}
