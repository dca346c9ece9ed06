package dev.bandmaster.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.agent.journal.JournalEntry.State;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalJsonTest {

  /** Lines as released agents have written them. */
  private static final Map<State, String> LINES =
      Map.of(
          State.ACCEPTED,
          "{\"id\":\"r-1\",\"state\":\"ACCEPTED\",\"replyTo\":\"bot-1\",\"what\":\"deploy.install\",\"until\":1777896000000}\n",
          State.FINISHED,
          "{\"id\":\"r-1\",\"state\":\"FINISHED\",\"replyTo\":\"bot-1\",\"what\":\"deploy.install\",\"until\":1777896000000,\"final\":{\"code\":\"FAILED\",\"message\":\"no disk\",\"exit\":3,\"data\":{\"a\":1}}}\n",
          State.REPORTED,
          "{\"id\":\"r-1\",\"state\":\"REPORTED\",\"replyTo\":\"bot-1\",\"what\":\"deploy.install\",\"until\":1777896000000,\"final\":{\"code\":\"UNKNOWN_ACTION\",\"message\":\"none\",\"data\":null}}\n",
          State.CANCELLED,
          "{\"id\":\"r-1\",\"state\":\"CANCELLED\",\"replyTo\":\"bot-1\",\"what\":\"deploy.install\",\"until\":1777896000000}\n");

  private static String line(State state) {
    return Objects.requireNonNull(LINES.get(state));
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void storedNames_aJournalOfAReleasedAgentIsReadAndWrittenAlike(State state) throws IOException {
    JournalEntry entry = JournalJson.entry(line(state));
    assertThat(entry.state()).isEqualTo(state);
    assertThat(JournalJson.line(entry)).isEqualTo(line(state));
  }

  @Test
  void isolation_aStateThatIsNotKnownIsNoEntry() {
    assertThatThrownBy(() -> JournalJson.entry(line(State.ACCEPTED).replace("ACCEPTED", "ASLEEP")))
        .isInstanceOf(IOException.class);
  }
}
