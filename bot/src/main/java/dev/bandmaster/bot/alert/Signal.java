package dev.bandmaster.bot.alert;

import java.util.Optional;

/** What somebody who watches something says of it. */
public sealed interface Signal {

  /** By which alert it is known. */
  String key();

  /**
   * Something is wrong, or still is.
   *
   * @param headline what stands above the message; empty for the usual words of the rule
   */
  record Fired(Topic topic, Optional<String> headline, Alert alert) implements Signal {
    /** With the usual headline. */
    public Fired(Topic topic, Alert alert) {
      this(topic, Optional.empty(), alert);
    }

    @Override
    public String key() {
      return alert.key();
    }
  }

  /** It is not wrong any more; nothing if nobody was told so. */
  record Cleared(String key) implements Signal {}
}
