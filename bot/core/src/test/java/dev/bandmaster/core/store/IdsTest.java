package dev.bandmaster.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  @Test
  void idsOfOneMillisecondSortInTheOrderInWhichTheyWereMade() {
    List<String> ids = IntStream.range(0, 1_000).mapToObj(i -> Ids.next(NOON)).toList();
    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void idsSortByTime() {
    List<String> ids = IntStream.range(0, 100).mapToObj(i -> Ids.next(NOON.plusMillis(i))).toList();
    assertThat(ids).isSorted();
  }
}
