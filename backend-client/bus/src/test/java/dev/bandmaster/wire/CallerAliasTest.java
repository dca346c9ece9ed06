package dev.bandmaster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Callers who are known under several ids, on the wire. */
class CallerAliasTest {
  private static Caller caller(List<String> aliases) {
    return new Caller("slack:E1:W1", "ann", "C1", List.of(), List.of(), aliases);
  }

  private static Request of(Caller caller) {
    Request sample = Samples.request("r1");
    return new Request(
        sample.id(),
        sample.idempotencyKey(),
        sample.sentAt(),
        sample.ttl(),
        sample.deadline(),
        sample.sender(),
        caller,
        sample.collective(),
        sample.target(),
        sample.capability(),
        sample.action(),
        sample.arguments(),
        sample.delivery(),
        sample.replyTo(),
        sample.trace());
  }

  @Test
  void trustT1_aliasesTravelWithTheRequest() throws WireException {
    Request request = of(caller(List.of("slack:T1:U1", "slack:T2:U1")));
    assertThat(RequestJson.request(RequestJson.of(request))).isEqualTo(request);
  }

  @Test
  void trustT1_aRequestWithoutAliasesIsWrittenAndReadAsBefore() throws WireException {
    Request request = Samples.request("r1");
    assertThat(RequestJson.of(request).path("caller").has("aliases")).isFalse();
    assertThat(RequestJson.request(RequestJson.of(request)).caller().aliases()).isEmpty();
  }

  @Test
  void trustT1_aliasesAreBounded() {
    List<String> many = Collections.nCopies(Caller.MOST_ALIASES + 1, "slack:T1:U1");
    assertThatThrownBy(() -> caller(many)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> caller(List.of("slack:T1:U1\n")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
