package dev.bandmaster.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetricRegistryTest {
  private final MetricRegistry meters = new MetricRegistry();

  @Test
  void aFigureIsStillThereWhenNobodyElseHoldsOn() {
    AtomicLong seven = new AtomicLong(7);
    meters.counter("bandmaster.things", "Things.", () -> seven.get());
    meters.gauge("bandmaster.level", "A level.", () -> seven.get());
    System.gc();
    assertThat(meters.scrape())
        .contains("bandmaster_things_total 7.0")
        .contains("bandmaster_level 7.0");
  }

  @Test
  void aFigureThatCannotBeHadStopsNoOther() {
    meters.gauge(
        "bandmaster.away",
        "Away.",
        () -> {
          throw new IllegalStateException("the store is away");
        });
    meters.gauge("bandmaster.here", "Here.", () -> 1);
    assertThat(meters.scrape()).contains("bandmaster_here 1.0");
  }
}
