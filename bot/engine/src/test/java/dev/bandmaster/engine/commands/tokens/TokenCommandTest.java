package dev.bandmaster.engine.commands.tokens;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.api.ApiAuthentication;
import dev.bandmaster.engine.api.ApiCaller;
import dev.bandmaster.engine.api.OneTimeMessages;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
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

/** Tokens, from the command that makes one to the request that shows it. */
class TokenCommandTest {
  private static final ConversationRef DIRECT =
      new ConversationRef("D1", ConversationRef.Kind.DIRECT, Optional.empty());
  private static final Person ANN =
      new Person(new UserRef("T1", "U1"), "ann", Person.Kind.MEMBER, Set.of());
  private static final Person BOB =
      new Person(new UserRef("T1", "U2"), "bob", Person.Kind.MEMBER, Set.of());

  private final SettableClock clock = new SettableClock(NOON);
  @RegisterExtension private final TestStore store = new TestStore(clock);
  private final OneTimeMessages secrets = new OneTimeMessages(clock);
  private final Random random = new Random(7);
  private final List<Message> sent = new ArrayList<>();
  private final Chat chat =
      secrets.before(
          new Chat() {
            @Override
            public Sent send(
                String id, Outbound item, Optional<String> previous, boolean uncertain) {
              sent.add(((Outbound.ChannelMessage) item).message());
              return new Sent.Done("1");
            }

            @Override
            public void retract(String channel, String timestamp) {}
          });

  private Command.Outcome run(Person person, ConversationRef place, String... words) {
    Map<String, List<String>> values = new HashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      values.put(
          equals < 0 ? word : word.substring(0, equals),
          equals < 0 ? List.of() : List.of(word.substring(equals + 1)));
    }
    Command.ActionCommand command =
        (Command.ActionCommand) TokenCommand.of(store, secrets, random::nextBytes, clock);
    Command.Outcome outcome = command.doing().of(new Asker(person, place), new Arguments(values));
    if (outcome instanceof Command.Outcome.Done(Message _, var changes)) {
      store.commit(changes);
    }
    return outcome;
  }

  private Message done(Person person, String... words) {
    return ((Command.Outcome.Done) run(person, DIRECT, words)).message();
  }

  private String refusal(Person person, ConversationRef place, String... words) {
    return ((Command.Outcome.Refused) run(person, place, words)).reason();
  }

  private Chat.Sent show(Message message) {
    return chat.send(
        "answer:1", new Outbound.ChannelMessage(DIRECT, message, false), Optional.empty(), false);
  }

  /** Makes a token and reads it from the chat. */
  private String token(Person person, String... more) {
    List<String> words = new ArrayList<>(List.of("action=create", "for=laptop"));
    words.addAll(List.of(more));
    Message kept = done(person, words.toArray(String[]::new));
    assertThat(PlainText.of(kept)).as("what is stored").doesNotContain("bmt_");
    sent.clear();
    assertThat(show(kept)).isInstanceOf(Chat.Sent.Done.class);
    return sent.getFirst().blocks().stream()
        .filter(Message.Preformatted.class::isInstance)
        .map(block -> ((Message.Preformatted) block).text())
        .findFirst()
        .orElseThrow();
  }

  private Optional<ApiCaller> caller(String token) {
    return new ApiAuthentication(Map.of(), store, clock).callerOf(token);
  }

  @Test
  void apiZ2_aTokenIsShownOnceAndActsAsItsOwner() {
    String token = token(ANN);
    assertThat(token).startsWith("bmt_").hasSizeGreaterThan(40);
    assertThat(caller(token)).contains(new ApiCaller(ANN.sender(), "token 1"));
    assertThat(caller(token + "x")).isEmpty();
    assertThat(store.apiTokens().byNumber(1).orElseThrow().hash()).doesNotContain(token);
    assertThat(store.apiTokens().byNumber(1).orElseThrow().used()).contains(NOON);
  }

  @Test
  void apiZ2_aTokenThatCannotBeShownIsSaidToBeLost() {
    Message kept = done(ANN, "action=create", "for=laptop");
    show(kept);
    sent.clear();
    assertThat(show(kept)).as("another replica may have it").isInstanceOf(Chat.Sent.Later.class);
    clock.advance(Duration.ofMinutes(1));
    assertThat(show(kept)).isInstanceOf(Chat.Sent.Done.class);
    assertThat(sent).containsExactly(kept);
    assertThat(PlainText.of(kept)).contains("was lost", "token revoke 1");
  }

  @Test
  void apiZ2_anExpiredOrRevokedTokenIsNotTaken() {
    String brief = token(ANN, "expires=1h");
    String other = token(ANN);
    clock.advance(Duration.ofHours(1));
    assertThat(caller(brief)).isEmpty();
    assertThat(caller(other)).isPresent();
    assertThat(PlainText.of(done(ANN, "action=revoke", "number=2"))).contains("is revoked");
    assertThat(caller(other)).isEmpty();
    assertThat(refusal(ANN, DIRECT, "action=revoke", "number=2")).contains("no such token");
  }

  @Test
  void apiZ2_nobodySeesOrRevokesTheTokensOfOthersWithoutTheRightForIt() {
    String token = token(ANN);
    assertThat(PlainText.of(done(BOB, "action=list"))).startsWith("No tokens.");
    assertThat(refusal(BOB, DIRECT, "action=revoke", "number=1")).contains("token:others");
    assertThat(caller(token)).isPresent();
    assertThat(PlainText.of(done(BOB, "action=list", "all"))).contains("laptop of ann");
    done(BOB, "action=revoke", "number=1", "all");
    assertThat(caller(token)).isEmpty();
    Command command = TokenCommand.of(store, secrets, random::nextBytes, clock);
    assertThat(command.right(new Arguments(Map.of("all", List.of()))).permission())
        .isEqualTo("token:others");
    assertThat(command.right(new Arguments(Map.of())).permission()).isEqualTo("token");
  }

  @Test
  void apiZ2_aTokenIsMadeInDirectMessagesOnly() {
    ConversationRef channel =
        new ConversationRef("C1", ConversationRef.Kind.CHANNEL, Optional.empty());
    for (ConversationRef place : List.of(channel, ConversationRef.api("r-1"))) {
      assertThat(refusal(ANN, place, "action=create", "for=laptop"))
          .contains("in direct messages only");
    }
    assertThat(refusal(ANN, DIRECT, "action=create")).startsWith("What is the token for?");
    assertThat(refusal(ANN, DIRECT, "action=create", "for=laptop", "expires=400d"))
        .contains("at most 366 days");
  }

  @Test
  void apiZ2_aListSaysUntilWhenATokenIsValidAndWhenItWasUsed() {
    caller(token(ANN));
    token(ANN, "expires=1h");
    clock.advance(Duration.ofHours(2));
    assertThat(PlainText.of(done(ANN, "action=list")))
        .isEqualTo(
            "2 laptop, expired 2026-05-04 13:00 UTC, never used\n"
                + "1 laptop, valid until 2026-08-02 12:00 UTC, last used 2026-05-04 12:00 UTC");
  }
}
