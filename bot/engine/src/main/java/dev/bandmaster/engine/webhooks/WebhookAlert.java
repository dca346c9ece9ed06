package dev.bandmaster.engine.webhooks;

import dev.bandmaster.core.alert.Signal;
import java.util.List;
import java.util.Optional;

/**
 * What a delivery says.
 *
 * @param once by which the same is known when another one reports it; empty if that does not matter
 */
record WebhookAlert(List<Signal> signals, Optional<String> once) {
  WebhookAlert {
    signals = List.copyOf(signals);
  }

  static WebhookAlert of(List<Signal> signals) {
    return new WebhookAlert(signals, Optional.empty());
  }

  long firing() {
    return signals.stream().filter(Signal.Fired.class::isInstance).count();
  }

  long resolved() {
    return signals.stream().filter(Signal.Cleared.class::isInstance).count();
  }
}
