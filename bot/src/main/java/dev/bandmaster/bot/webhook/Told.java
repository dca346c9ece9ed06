package dev.bandmaster.bot.webhook;

import dev.bandmaster.bot.alert.Signal;
import java.util.List;
import java.util.Optional;

/**
 * What a delivery says.
 *
 * @param once by which the same is known when it is told by another one; empty if that does not
 *     matter
 */
record Told(List<Signal> signals, Optional<String> once) {
  Told {
    signals = List.copyOf(signals);
  }

  static Told of(List<Signal> signals) {
    return new Told(signals, Optional.empty());
  }

  long firing() {
    return signals.stream().filter(Signal.Fired.class::isInstance).count();
  }

  long resolved() {
    return signals.stream().filter(Signal.Cleared.class::isInstance).count();
  }
}
