package dev.bandmaster.engine.webhooks;

import static dev.bandmaster.engine.webhooks.SampleDeliveries.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.engine.webhooks.WebhookEndpoint.Post;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is believed. */
class DeliveryGuardTest {
  private static final String BODY = "{\"dedupe_key\":\"k\"}";
  private static final DeliveryGuard TOKEN = new DeliveryGuard.Token(SampleDeliveries.TOKEN);
  private static final DeliveryGuard SIGNED =
      new DeliveryGuard.Signed(
          new DeliverySignature(SampleDeliveries.SECRET), Duration.ofMinutes(5));

  private static String check(DeliveryGuard guard, Map<String, String> headers, String body) {
    Post post = SampleDeliveries.post("any", body, headers);
    return guard
        .checkHeaders(post, NOON)
        .or(() -> guard.checkBody(post, body.getBytes(StandardCharsets.UTF_8)))
        .map(refusal -> {
          assertThat(refusal.status()).isEqualTo(401);
          return refusal.error();
        })
        .orElse("");
  }

  @Test
  void alertA9_whoShowsTheTokenIsBelieved() {
    assertThat(check(TOKEN, Map.of("Authorization", "Bearer " + SampleDeliveries.TOKEN), BODY))
        .isEmpty();
    assertThat(check(TOKEN, Map.of(), BODY)).isEqualTo("no_token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer a-token-that-nobody-guesse",
        "Bearer a-token-that-nobody-guessesx",
        "Basic a-token-that-nobody-guesses",
        "a-token-that-nobody-guesses"
      })
  void anythingElseIsNotTheToken(String shown) {
    assertThat(check(TOKEN, Map.of("Authorization", shown), BODY)).isEqualTo("wrong_token");
  }

  @Test
  void alertA9_whatIsSignedIsBelieved() {
    assertThat(check(SIGNED, SampleDeliveries.signed(BODY, NOON), BODY)).isEmpty();
    assertThat(check(SIGNED, Map.of(), BODY)).isEqualTo("not_signed");
    assertThat(check(SIGNED, Map.of(DeliverySignature.HEADER, "v1=00"), BODY))
        .isEqualTo("not_signed");
    assertThat(check(SIGNED, Map.of(DeliverySignature.TIME_HEADER, "1777896000"), BODY))
        .isEqualTo("not_signed");
    assertThat(check(SIGNED, SampleDeliveries.signed(BODY, NOON), BODY + " "))
        .isEqualTo("wrong_signature");
  }

  @ParameterizedTest
  @CsvSource({
    "1777895999, wrong_signature",
    "-1777896000, bad_time",
    "1777896000.0, bad_time",
    "' 1777896000', bad_time",
    "noon, bad_time",
    "99999999999, wrong_time",
    "999999999999, bad_time"
  })
  void theTimeIsSignedToo(String time, String error) {
    Map<String, String> headers = new HashMap<>(SampleDeliveries.signed(BODY, NOON));
    headers.put(DeliverySignature.TIME_HEADER, time);
    assertThat(check(SIGNED, headers, BODY)).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource({
    "-301, wrong_time",
    "-300, ''",
    "300, ''",
    "301, wrong_time",
    "-86400, wrong_time",
    "86400, wrong_time"
  })
  void whatWasSignedLongAgoOrWillBeIsNotTaken(long seconds, String error) {
    assertThat(check(SIGNED, SampleDeliveries.signed(BODY, NOON.plusSeconds(seconds)), BODY))
        .isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource({"v1=", "v1=00", "v0=", "'', ", "sha256="})
  void anotherSignatureIsNone(String prefix) {
    Map<String, String> headers = new HashMap<>(SampleDeliveries.signed(BODY, NOON));
    String right = headers.get(DeliverySignature.HEADER);
    headers.put(DeliverySignature.HEADER, prefix + String.valueOf(right).substring(5));
    assertThat(check(SIGNED, headers, BODY)).isEqualTo("wrong_signature");
  }

  /** Made with {@code openssl dgst -sha256 -hmac}; so others can check theirs. */
  @Test
  void theSignatureIsAsTheHowToSays() {
    assertThat(
            new DeliverySignature("a-secret-that-nobody-guesses")
                .of("1777896000", "{\"dedupe_key\":\"k\"}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v1=108b43c9b334622877cd566c0d3b98e4d7872c54bf51a2601b06aa92e4989cb7");
  }

  @Test
  void aMarkOutlivesTheTimeInWhichTheSameCouldCome() {
    Post post =
        SampleDeliveries.post(
            "any", BODY, SampleDeliveries.signed(BODY, NOON.plus(Duration.ofMinutes(5))));
    Optional<Instant> until = SIGNED.mark(post).map(DeliveryGuard.Mark::until);
    assertThat(until).contains(NOON.plus(Duration.ofMinutes(15)));
    assertThat(TOKEN.mark(post)).isEmpty();
  }

  @Test
  void noSecretIsPrinted() {
    assertThat(TOKEN.toString() + SIGNED)
        .doesNotContain(SampleDeliveries.TOKEN)
        .doesNotContain(SampleDeliveries.SECRET);
  }
}
