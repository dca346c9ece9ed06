package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BlockSupportTest {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

  @Test
  void peopleU15_aRefusalIsRememberedForADay() {
    BlockSupport support = new BlockSupport(BlockChoice.AUTO, now::get);
    assertThat(support.form()).isEqualTo(BlockForm.MODERN);
    support.refused();
    now.set(NOON.plus(Duration.ofHours(23)));
    assertThat(support.form()).isEqualTo(BlockForm.CLASSIC);
    support.refused();
    now.set(NOON.plus(Duration.ofDays(1)));
    assertThat(support.form()).isEqualTo(BlockForm.MODERN);
  }

  @Test
  void peopleU15_theConfigurationMayLeaveThemOut() {
    assertThat(new BlockSupport(BlockChoice.CLASSIC, now::get).form()).isEqualTo(BlockForm.CLASSIC);
  }
}
