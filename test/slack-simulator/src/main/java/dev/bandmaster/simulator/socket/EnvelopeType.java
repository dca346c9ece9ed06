package dev.bandmaster.simulator.socket;

import java.util.Locale;

/** What an envelope carries. */
public enum EnvelopeType {
  /** Something that happened; comes again when it is not acknowledged. */
  EVENTS_API,
  /** A click or a modal; does not come again. */
  INTERACTIVE,
  /** A slash command; does not come again. */
  SLASH_COMMANDS;

  /** The name in the envelope. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
