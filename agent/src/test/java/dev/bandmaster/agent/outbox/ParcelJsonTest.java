package dev.bandmaster.agent.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.ReportBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParcelJsonTest {

  private static final String HEAD =
      "{\"replyTo\":\"bot-1\",\"request\":\"r-1\",\"node\":\"web1\",\"boot\":\"b-1\",\"sequence\":4,\"sentAt\":1777896000000,";

  @Test
  void storedNames_repliesInTheSpoolOfAReleasedAgentAreReadAndWrittenAlike() throws IOException {
    Set<Class<?>> kinds = new HashSet<>();
    for (String body :
        List.of(
            "\"kind\":\"accepted\",\"heartbeat\":5000}",
            "\"kind\":\"started\"}",
            "\"kind\":\"heartbeat\"}",
            "\"kind\":\"progress\",\"key\":\"fetch\",\"value\":\"done\"}",
            "\"kind\":\"output\",\"stream\":\"stdout\",\"text\":\"hello\"}",
            "\"kind\":\"final\",\"code\":\"LOST\",\"message\":\"gone\",\"exit\":1,\"data\":{\"a\":1}}")) {
      Parcel parcel = ParcelJson.parcel((HEAD + body).getBytes(StandardCharsets.UTF_8));
      assertThat(new String(ParcelJson.bytes(parcel), StandardCharsets.UTF_8))
          .isEqualTo(HEAD + body);
      kinds.add(parcel.reply().body().getClass());
    }
    assertThat(kinds).containsExactlyInAnyOrder(ReportBody.class.getPermittedSubclasses());
  }
}
