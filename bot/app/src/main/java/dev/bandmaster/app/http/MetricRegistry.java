package dev.bandmaster.app.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The bot's metrics in the Prometheus text format. Each is a function that is called on a scrape,
 * so unused metrics cost nothing. An unavailable metric is {@code NaN}.
 *
 * <p>A metric that was renamed is exported under its former name too. One whose labels were renamed
 * has both labels, so that a sum over it stays what it was.
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

  private final List<RenamedMetric> renamed;

  /** Metrics under their names alone. */
  public MetricRegistry() {
    this(List.of());
  }

  /** Metrics under their names, and those that were renamed under their former names as well. */
  public MetricRegistry(List<RenamedMetric> renamed) {
    this.renamed = List.copyOf(renamed);
  }

  /** Something that goes up and down. */
  public void gauge(String name, String help, Supplier<Number> value, String... tags) {
    forEachName(
        name,
        "",
        help,
        Tags.of(tags),
        (each, text, labels) -> registerGauge(each, text, value, labels));
  }

  private void registerGauge(String name, String help, Supplier<Number> value, Tags tags) {
    Gauge.builder(name, () -> orNothing(value))
        .description(help)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  /** Something that only goes up while the process runs. */
  public void counter(String name, String help, Supplier<Number> value, String... tags) {
    forEachName(
        name,
        "_total",
        help,
        Tags.of(tags),
        (each, text, labels) -> registerCounter(each, text, value, labels));
  }

  private void registerCounter(String name, String help, Supplier<Number> value, Tags tags) {
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

  /** Registers one metric under one of its names. */
  @FunctionalInterface
  private interface Registration {
    void register(String name, String help, Tags labels);
  }

  private void forEachName(
      String name, String suffix, String help, Tags labels, Registration registration) {
    List<RenamedMetric> former =
        renamed.stream().filter(metric -> metric.name().equals(name)).toList();
    Map<String, String> formerLabels = new TreeMap<>();
    former.stream()
        .filter(RenamedMetric::keepsName)
        .forEach(metric -> formerLabels.putAll(metric.formerLabels()));
    String deprecated =
        formerLabels.entrySet().stream()
            .map(label ->
                " The label %s is deprecated: use %s.".formatted(label.getValue(), label.getKey()))
            .collect(Collectors.joining());
    registration.register(
        name, help + deprecated, labels.and(underFormerNames(labels, formerLabels)));
    former.stream()
        .filter(metric -> !metric.keepsName())
        .forEach(metric ->
            registration.register(
                metric.formerName(),
                "Deprecated: use " + name.replace('.', '_') + suffix + ".",
                Tags.of(
                    labels.stream()
                        .map(label -> underFormerName(label, metric.formerLabels()))
                        .toList())));
  }

  private static List<Tag> underFormerNames(Tags labels, Map<String, String> formerLabels) {
    return labels.stream()
        .filter(label -> formerLabels.containsKey(label.getKey()))
        .map(label -> underFormerName(label, formerLabels))
        .toList();
  }

  private static Tag underFormerName(Tag label, Map<String, String> formerLabels) {
    return Tag.of(formerLabels.getOrDefault(label.getKey(), label.getKey()), label.getValue());
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
