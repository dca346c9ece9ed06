package dev.bandmaster.app.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The bot's metrics in the Prometheus text format. Each is a function that is called on a scrape,
 * so unused metrics cost nothing. An unavailable metric is {@code NaN}.
 */
public final class MetricRegistry {

  /** Where Slack's three seconds for an acknowledgement are worth a closer look. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(1_500),
    Duration.ofSeconds(3)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Something that goes up and down. */
  public void gauge(String name, String help, Supplier<Number> value, String... tags) {
    Gauge.builder(name, () -> orNothing(value))
        .description(help)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  /** Something that only goes up while the process runs. */
  public void counter(String name, String help, Supplier<Number> value, String... tags) {
    // The registry holds what it asks weakly, and the function strongly.
    FunctionCounter.builder(name, this, meters -> orNothing(value))
        .description(help)
        .tags(tags)
        .register(registry);
  }

  /** How long something takes, with how often. */
  public Timer timer(String name, String help) {
    return Timer.builder(name).description(help).serviceLevelObjectives(BUCKETS).register(registry);
  }

  private static double orNothing(Supplier<Number> value) {
    try {
      return value.get().doubleValue();
    } catch (RuntimeException away) {
      return Double.NaN;
    }
  }

  /** All of it, as it is now. */
  public String scrape() {
    return registry.scrape();
  }
}
