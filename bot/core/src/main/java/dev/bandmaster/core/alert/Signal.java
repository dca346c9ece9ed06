package dev.bandmaster.core.alert;

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
  record Fired(GroupKey topic, Optional<String> headline, Alert alert) implements Signal {
    /** With the usual headline. */
    public Fired(GroupKey topic, Alert alert) {
      this(topic, Optional.empty(), alert);
    }

    @Override
    public String key() {
      return alert.key();
    }
  }

  /** It is not wrong any more; nothing if nobody was notified. */
  record Cleared(String key) implements Signal {}
}
