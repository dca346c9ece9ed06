package dev.bandmaster.bot.webhook;

import java.time.Instant;

/** Understands one kind of delivery. Pure. */
sealed interface BodyReader permits AlertmanagerReader, PlainReader, SerfReader {

  /**
   * What it says.
   *
   * @throws BadBody if it is not of this kind
   */
  Told read(Fields body, Instant now) throws BadBody;
}
