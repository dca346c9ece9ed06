package dev.bandmaster.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the bot's workspace takes Slack's modern blocks. Slack brings them to workspaces in
 * phases, and nothing says beforehand whether one has them; so the first message that is refused
 * tells, and for a day nothing more is tried. Safe for use by many threads.
 */
final class BlockSupport {

  /** How long a refusal counts; Slack's roll-outs take weeks. */
  static final Duration REMEMBERED = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(BlockSupport.class);

  private final BlockChoice choice;
  private final InstantSource clock;
  private volatile @Nullable Instant refused;

  BlockSupport(BlockChoice choice, InstantSource clock) {
    this.choice = choice;
    this.clock = clock;
  }

  /** The form in which messages are sent now. */
  BlockForm form() {
    Instant last = refused;
    boolean known = last != null && clock.instant().isBefore(last.plus(REMEMBERED));
    return choice == BlockChoice.CLASSIC || known ? BlockForm.CLASSIC : BlockForm.MODERN;
  }

  /** A message was refused in the modern form and taken in the classic one. */
  synchronized void refused() {
    if (form() == BlockForm.MODERN) {
      refused = clock.instant();
      LOG.info(
          "This workspace does not take Slack's newer blocks yet. Messages use the classic ones for"
              + " the next {} hours.",
          REMEMBERED.toHours());
    }
  }
}
