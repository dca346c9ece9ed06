package dev.bandmaster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.WireNamed;
import dev.bandmaster.model.WorkEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WireNamesTest {

  private static <E extends Enum<E> & WireNamed> Stream<String> names(Class<E> type) {
    return Stream.of(type.getEnumConstants()).map(WireNamed::wireName);
  }

  @Test
  void storedNames_namesInMessagesAndFilesNeverChange() {
    assertThat(names(FinalCode.class))
        .containsExactlyInAnyOrder(
            "OK",
            "FAILED",
            "TIMEOUT",
            "DENIED",
            "INVALID",
            "EXPIRED",
            "LOST",
            "DUPLICATE",
            "CANCELLED",
            "UNKNOWN_ACTION");
    assertThat(names(Delivery.class)).containsExactlyInAnyOrder("live", "queue");
    assertThat(names(WorkEvent.Kind.class))
        .containsExactlyInAnyOrder("accepted", "started", "finished");
    assertThat(names(AlertEvent.Severity.class))
        .containsExactlyInAnyOrder("info", "warning", "critical");
    assertThat(WireNamed.find(FinalCode.class, "LOST")).isEqualTo(FinalCode.LOST);
    assertThatThrownBy(() -> WireNamed.find(FinalCode.class, "lost"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
