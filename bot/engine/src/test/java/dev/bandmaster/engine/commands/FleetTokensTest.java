package dev.bandmaster.engine.commands;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.EnrolmentToken;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.api.OneTimeMessages;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FleetTokensTest {
  private static final ConversationRef DIRECT =
      new ConversationRef("D1", ConversationRef.Kind.DIRECT, Optional.empty());
  private static final ConversationRef CHANNEL =
      new ConversationRef("C1", ConversationRef.Kind.CHANNEL, Optional.empty());
  private static final Person ANN =
      new Person(new UserRef("T1", "U1"), "ann", Person.Kind.MEMBER, Set.of());

  private final SettableClock clock = new SettableClock(NOON);
  @RegisterExtension private final TestStore store = new TestStore(clock);
  private final OneTimeMessages secrets = new OneTimeMessages(clock);
  private final FleetTokens tokens =
      new FleetTokens(store, secrets, new Random(7)::nextBytes, clock);
  private final List<Message> sent = new ArrayList<>();

  private Outcome run(ConversationRef place, String... words) {
    Map<String, List<String>> values = new HashMap<>();
    for (String word : words) {
      String[] parts = word.split("=", 2);
      values.put(parts[0], List.of(parts[1]));
    }
    Outcome outcome = tokens.of(new Asker(ANN, place), new Arguments(values));
    if (outcome instanceof Outcome.Done(Message _, var changes)) {
      store.commit(changes);
    }
    return outcome;
  }

  private String said(String... words) {
    return switch (run(DIRECT, words)) {
      case Outcome.Done(Message message, var _) -> PlainText.of(message);
      case Outcome.Refused(String reason) -> reason;
      case Outcome other -> other.toString();
    };
  }

  /** What the person reads in place of what is stored. */
  private String shown(Message kept) {
    Chat chat =
        new Chat() {
          @Override
          public Sent send(String id, Outbound item, Optional<String> previous, boolean uncertain) {
            sent.add(((Outbound.ChannelMessage) item).message());
            return new Sent.Done("1");
          }

          @Override
          public void retract(String channel, String timestamp) {}
        };
    secrets
        .before(chat)
        .send("a", new Outbound.ChannelMessage(DIRECT, kept, false), Optional.empty(), false);
    return sent.getLast().blocks().stream()
        .filter(Message.Preformatted.class::isInstance)
        .map(block -> ((Message.Preformatted) block).text())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void trustT4_aTokenIsShownOnceAndKeptAsAHash() {
    Outcome.Done done =
        (Outcome.Done) run(DIRECT, "node=create", "env=staging", "uses=50", "expires=2h");
    String text = shown(done.message());
    assertThat(text).matches("bme_[A-Za-z0-9_-]{43}");
    EnrolmentToken token = store.enrolmentTokens().byHash(EnrolmentToken.hash(text)).orElseThrow();
    assertThat(token.environment()).isEqualTo("staging");
    assertThat(token.uses()).isEqualTo(50);
    assertThat(token.expires()).isEqualTo(NOON.plus(Duration.ofHours(2)));
    assertThat(token.creator()).isEqualTo("slack:T1:U1");
    assertThat(store.committed().toString()).doesNotContain(text);
    assertThat(said("node=list")).contains("1 for staging, by ann, used 0 of 50 times");
  }

  @Test
  void trustT4_aTokenIsRevokedOnce() {
    run(DIRECT, "node=create", "env=staging");
    assertThat(tokens.environmentOf("1")).contains("staging");
    assertThat(said("node=revoke", "fingerprint=1"))
        .contains("Enrolment token 1 (staging) is revoked");
    assertThat(said("node=revoke", "fingerprint=1")).contains("There is no such token");
    assertThat(said("node=revoke", "fingerprint=x")).contains("There is no such token");
    assertThat(said("node=list")).contains("No valid enrolment tokens");
  }

  @Test
  void trustT4_aTokenIsBoundedAndShownInDirectMessagesOnly() {
    assertThat(run(CHANNEL, "node=create", "env=staging"))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("in direct messages only"));
    assertThat(said("node=create")).contains("Whose nodes is the token for?");
    for (String uses : List.of("0", "10001", "many", "-1")) {
      assertThat(said("node=create", "env=staging", "uses=" + uses)).contains("1 to 10,000 nodes");
    }
    assertThat(said("node=create", "env=staging", "expires=91d")).contains("at most 90 days");
    assertThat(said("node=borrow")).contains("What about tokens?");
    assertThat(store.enrolmentTokens().valid(NOON, 9)).isEmpty();
    for (int i = 0; i < 50; i++) {
      run(DIRECT, "node=create", "env=staging");
    }
    assertThat(said("node=create", "env=staging")).contains("50 valid tokens already");
  }
}
