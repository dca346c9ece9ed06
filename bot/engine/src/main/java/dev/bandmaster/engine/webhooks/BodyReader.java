package dev.bandmaster.engine.webhooks;

import java.time.Instant;

/** Understands one kind of delivery. Pure. */
public sealed interface BodyReader permits AlertmanagerReader, PlainReader, SerfReader {

  /**
   * What it says.
   *
   * @throws BadBody if it is not of this kind
   */
  WebhookAlert read(JsonFields body, Instant now) throws BadBody;
}
