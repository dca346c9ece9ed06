package dev.bandmaster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.wire.ReplayCache.Verdict;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ReplayCacheTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Samples.NOW);
  private final ReplayCache cache = new ReplayCache(2, now::get);

  @Test
  void trap6_eachIdIsFreshOnce() {
    assertThat(cache.see(Samples.request("a"))).isEqualTo(Verdict.FRESH);
    assertThat(cache.see(Samples.request("a"))).isEqualTo(Verdict.REPLAYED);
    assertThat(cache.see(Samples.request("b"))).isEqualTo(Verdict.FRESH);
  }

  @Test
  void aFullCacheRefusesRatherThanForgets() {
    cache.see(Samples.request("a"));
    cache.see(Samples.request("b"));
    assertThat(cache.see(Samples.request("c"))).isEqualTo(Verdict.FULL);
    assertThat(cache.see(Samples.request("a"))).isEqualTo(Verdict.REPLAYED);
  }

  @Test
  void idsAreForgottenWhenTheirRequestsCouldNotBeAcceptedAnyMore() {
    cache.see(Samples.request("a"));
    cache.see(Samples.request("b"));
    now.set(Samples.NOW.plus(Samples.TTL).plusMillis(1));
    assertThat(cache.see(Samples.request("c"))).isEqualTo(Verdict.FRESH);
  }
}
