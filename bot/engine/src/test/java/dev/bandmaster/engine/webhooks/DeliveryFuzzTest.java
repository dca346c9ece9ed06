package dev.bandmaster.engine.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.Signal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Damaged deliveries of each kind: each is understood or refused with a sentence. */
class DeliveryFuzzTest {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryFuzzTest.class);
  private static final int ROUNDS = 4_000;

  /** What is put into the middle of what was well. */
  private static final List<String> NASTY =
      List.of(
          "\"",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "null",
          "true",
          "-1e999",
          "1e-9999999",
          "\\u0000",
          "\\ud800",
          "\u202e",
          "\0",
          "<!channel>",
          "%s%n",
          "'; DROP TABLE once;--",
          "{\"a\":".repeat(40),
          "\"labels\":{}",
          "\"status\":\"resolved\"",
          "\"alerts\":[]",
          "9".repeat(200),
          "x".repeat(5_000),
          "=,=,",
          "\uFEFF",
          "|",
          "\"version\":\"4\"");

  private static final Map<BodyReader, List<String>> WELL =
      Map.of(
          SampleDeliveries.alertmanager(), List.of(SampleDeliveries.ALERTMANAGER),
          SampleDeliveries.serf(), List.of(SampleDeliveries.SERF, SampleDeliveries.USER_EVENT),
          SampleDeliveries.plain(), List.of(SampleDeliveries.PLAIN));

  @Test
  void alertA9_aDamagedDeliveryIsUnderstoodOrRefusedAndNothingElse() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    LOG.info("Damaged deliveries with -Dtest.seed={}", seed);
    Random random = new Random(seed);
    int understood = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<BodyReader, List<String>> kind : WELL.entrySet()) {
        String well = kind.getValue().get(random.nextInt(kind.getValue().size()));
        byte[] body = damaged(well, random);
        try {
          check(kind.getKey().read(StrictJson.read(body), SampleDeliveries.NOON));
          understood++;
        } catch (BadBody refused) {
          assertThat(refused.refusal().status()).isIn(400, 413);
          assertThat(refused.refusal().message()).isNotEmpty().hasSizeLessThan(300);
        } catch (RuntimeException fault) {
          throw new AssertionError(
              "seed %d, round %d: %s"
                  .formatted(seed, round, new String(body, StandardCharsets.UTF_8)),
              fault);
        }
      }
    }
    assertThat(understood).as("not everything is broken at once").isPositive();
  }

  private static byte[] damaged(String well, Random random) {
    StringBuilder text = new StringBuilder(well);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, NASTY.get(random.nextInt(NASTY.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
        case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 40)));
        default -> {
          int end = Math.min(text.length(), at + 1 + random.nextInt(8));
          text.replace(at, end, NASTY.get(random.nextInt(NASTY.size())));
        }
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static void check(WebhookAlert received) {
    for (Signal signal : received.signals()) {
      assertThat(signal.key()).startsWith("webhook:").hasSizeLessThan(300);
      if (signal instanceof Signal.Fired fired) {
        Alert alert = fired.alert();
        assertThat(fired.topic().key().split("\\|", -1)).hasSize(4);
        assertThat(alert.name()).isNotBlank().hasSizeLessThanOrEqualTo(200);
        assertThat(alert.text()).hasSizeLessThanOrEqualTo(Alert.LONGEST_TEXT);
        assertThat(alert.labels()).hasSizeLessThanOrEqualTo(31);
        assertThat(alert + fired.topic().key())
            .matches(text ->
                text.codePoints()
                    .noneMatch(each ->
                        Character.isISOControl(each)
                            || Character.getType(each) == Character.SURROGATE));
      }
    }
  }
}
