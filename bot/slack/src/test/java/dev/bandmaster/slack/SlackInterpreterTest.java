package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.simulator.socket.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackInterpreterTest {

  private static final UserRef ANN = new UserRef("T0BAND", "U0ANN");

  private final Stage stage = Stage.connected();
  private final SlackInterpreter interpreter = stage.connection.interpreter();

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  @Test
  void wordsInADirectMessageAreForTheBot() {
    String ts = stage.slack.say("ann", "@bandmaster", "ping web1.example.com");
    assertThat(inbound(1))
        .isInstanceOfSatisfying(
            Inbound.MessageReceived.class,
            said -> {
              assertThat(said.sender()).isEqualTo(ANN);
              assertThat(said.place().kind()).isEqualTo(ConversationRef.Kind.DIRECT);
              assertThat(said.place().thread()).isEmpty();
              assertThat(said.timestamp()).isEqualTo(ts);
              assertThat(said.text()).isEqualTo("ping web1.example.com");
            });
  }

  @Test
  void aMentionInAThreadKeepsTheThreadAndLosesTheMention() {
    String first = stage.slack.say("ann", "#deploys", "who is there?");
    stage.slack.say("ann", "#deploys", "@bandmaster ping", first);
    assertThat(inbound(1))
        .isInstanceOfSatisfying(
            Inbound.MessageReceived.class,
            said -> {
              assertThat(said.text()).isEqualTo("ping");
              assertThat(said.raw()).contains("<@U0BANDMASTER");
              assertThat(said.place()).isEqualTo(Stage.DEPLOYS.inThread(first));
            });
  }

  @Test
  void anExternalPersonKeepsTheirOwnTeamAndTheChannelIsShared() {
    stage.slack.say("eve", "#partners", "@bandmaster ping");
    Inbound inbound = inbound(1);
    assertThat(inbound.sender()).isEqualTo(new UserRef("T0EXT", "W0EVE"));
    assertThat(inbound.place().kind()).isEqualTo(ConversationRef.Kind.SHARED_CHANNEL);
  }

  @Test
  void peopleU8_trap21_anEditedMessageIsAnEditAndNoMessage() {
    String ts = stage.slack.say("ann", "@bandmaster", "ping");
    stage.envelopes(1);
    String channel = stage.slack.people().channelId("ann", "@bandmaster");
    stage.slack.people().edit("ann", channel, ts, "codeupdate prod web");
    assertThat(interpret(stage.envelopes(2).getLast()))
        .isInstanceOfSatisfying(
            Interpretation.Addressed.class,
            addressed ->
                assertThat(addressed.inbound())
                    .isInstanceOfSatisfying(
                        Inbound.MessageEdited.class,
                        edited -> {
                          assertThat(edited.text()).isEqualTo("codeupdate prod web");
                          assertThat(edited.timestamp()).isEqualTo(ts);
                          assertThat(edited.sender()).isEqualTo(ANN);
                        }));
  }

  @Test
  void peopleU8_anEditThatChangesNothingIsNone() {
    String ts = stage.slack.say("ann", "@bandmaster", "ping");
    stage.envelopes(1);
    String channel = stage.slack.people().channelId("ann", "@bandmaster");
    stage.slack.people().edit("ann", channel, ts, "ping");
    assertThat(interpret(stage.envelopes(2).getLast())).isInstanceOf(Interpretation.Ignored.class);
  }

  @Test
  void trap21_theBotsOwnWordsRunNothing() {
    String channel = stage.slack.people().channelId("ann", "@bandmaster");
    ConversationRef place =
        new ConversationRef(channel, ConversationRef.Kind.DIRECT, Optional.empty());
    stage
        .connection
        .chat()
        .send(
            "i",
            new Outbound.ChannelMessage(place, Message.sentence("ping"), false),
            Optional.empty(),
            false);
    stage.slack.say("ann", "@bandmaster", "done");
    stage.envelopes(1);
    Stage.await(() -> stage.inbox.order.stream().anyMatch(each -> each.contains("done")));
    assertThat(stage.inbox.order)
        .filteredOn(each -> interpret(each) instanceof Interpretation.Addressed)
        .hasSize(1);
  }

  @Test
  void aClickNamesItsButtonAndItsThread() {
    String asked = stage.slack.say("ann", "#deploys", "hello");
    String ts =
        stage.buttons(
            asked,
            new Button("approve", "a-1", "A", Button.Style.PLAIN, Optional.empty()),
            new Button("approve", "a-2", "B", Button.Style.PLAIN, Optional.empty()));
    assertThat(stage.slack.click("bob", "#deploys", ts, "approve#2"))
        .isInstanceOf(Delivery.Acknowledged.class);
    assertThat(inbound(1))
        .isInstanceOfSatisfying(
            Inbound.ButtonClick.class,
            clicked -> {
              assertThat(clicked.sender()).isEqualTo(new UserRef("T0BAND", "U0BOB"));
              assertThat(clicked.action()).isEqualTo("approve");
              assertThat(clicked.value()).isEqualTo("a-2");
              assertThat(clicked.message()).isEqualTo(ts);
              assertThat(clicked.place()).isEqualTo(Stage.DEPLOYS.inThread(asked));
              assertThat(clicked.dialog()).isEmpty();
            });
  }

  @Test
  void aSlashCommandIsText() {
    assertThat(stage.slack.slash("ann", "#deploys", "/bandmaster", "ping  “web”"))
        .isInstanceOf(Delivery.Acknowledged.class);
    assertThat(inbound(1))
        .isInstanceOfSatisfying(
            Inbound.SlashCommand.class,
            slashed -> {
              assertThat(slashed.sender()).isEqualTo(ANN);
              assertThat(slashed.text()).isEqualTo("ping  \"web\"");
              assertThat(slashed.place()).isEqualTo(Stage.DEPLOYS);
            });
  }

  @Test
  void peopleU1_aClickOnAMessageOfTheChannelItselfIsAnsweredInTheChannel() {
    stage
        .connection
        .chat()
        .send(
            "alert",
            new Outbound.ChannelMessage(
                Stage.DEPLOYS,
                Message.of(
                    new Message.Buttons(
                        List.of(
                            new Button("ack", "81", "A", Button.Style.PLAIN, Optional.empty())))),
                false),
            Optional.empty(),
            false);
    String alert = stage.slack.messages("#deploys").getFirst().ts();
    stage.slack.say("bob", "#deploys", "I look at it", alert);
    stage.slack.click("ann", "#deploys", alert, "ack");
    assertThat(inbound(1).place())
        .as("Slack names the message as its own thread once it has replies")
        .isEqualTo(Stage.DEPLOYS);
  }

  private Inbound slashedIn(String channel) {
    Interpretation meaning =
        interpret(
            """
            {"type":"slash_commands","envelope_id":"e1","payload":{"command":"/bandmaster",
            "team_id":"T0BAND","user_id":"U0ANN","channel_id":"%s","text":"ping"}}\
            """
                .formatted(channel));
    assertThat(meaning).isInstanceOf(Interpretation.Addressed.class);
    return ((Interpretation.Addressed) meaning).inbound();
  }

  @ParameterizedTest
  @ValueSource(strings = {"D0BOBANDANN", "D0BOB", "D0ANN", "C0SECRET", "G0SEVERAL"})
  void peopleU1_aSlashCommandWhereTheBotIsNotIsAnsweredInDirectMessages(String channel) {
    assertThat(slashedIn(channel).place())
        .isEqualTo(new ConversationRef("D0ANN", ConversationRef.Kind.DIRECT, Optional.empty()));
  }

  @Test
  void peopleU1_aSlashCommandWaitsForSlackWhereItCannotSayWhatTheChannelIs() {
    stage.slack.fault(
        Fault.of(Fault.Kind.RATE_LIMIT).on("conversations.info").lasting(Duration.ofSeconds(30)));
    assertThat(
            interpret(
                """
                {"type":"slash_commands","envelope_id":"e1","payload":{"command":"/bandmaster",
                "team_id":"T0BAND","user_id":"U0ANN","channel_id":"C0DEPLOYS","text":"ping"}}\
                """))
        .as("a rule may depend on it")
        .isInstanceOf(Interpretation.NotYet.class);
    assertThat(slashedIn("C0DEPLOYS").place()).isEqualTo(Stage.DEPLOYS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\\\"v\\\":0}", "not ours"})
  void peopleU1_aDialogThatTheBotCannotReadIsAnsweredInDirectMessages(String metadata) {
    Interpretation meaning =
        interpret(
            """
            {"type":"interactive","envelope_id":"e1","payload":{"type":"view_submission",
            "team":{"id":"T0BAND"},"user":{"id":"U0ANN","team_id":"T0BAND"},
            "view":{"type":"modal","callback_id":"command.form","private_metadata":"%s",
            "state":{"values":{}}}}}\
            """
                .formatted(metadata));
    assertThat(meaning)
        .isEqualTo(
            new Interpretation.Addressed(
                new Inbound.DialogSubmitted(
                    ANN,
                    new ConversationRef("D0ANN", ConversationRef.Kind.DIRECT, Optional.empty()),
                    "",
                    "",
                    Map.of())));
  }

  @Test
  void peopleU1_anUnreadableClickInTheHomeTabHasAnAuthorAndAPlaceToo() {
    assertThat(
            interpret(
                """
                {"type":"interactive","envelope_id":"e1","payload":{"type":"block_actions",
                "user":{"id":"U0ANN"},"view":{"type":"home"},"actions":"broken"}}\
                """))
        .isInstanceOfSatisfying(
            Interpretation.Unreadable.class,
            unreadable ->
                assertThat(unreadable.place()).contains(ConversationRef.directWith("U0ANN")));
  }

  @Test
  void theHomeTabIsKnown() {
    stage.slack.people().openHome("ann", "home");
    assertThat(interpret(stage.envelopes(1).getFirst()))
        .isEqualTo(
            new Interpretation.Addressed(
                new Inbound.HomeOpened(
                    ANN,
                    new ConversationRef("D0ANN", ConversationRef.Kind.DIRECT, Optional.empty()))));
  }

  @Test
  void noEventCostsACallOnceTheWorkspaceIsKnown() {
    stage.slack.say("ann", "@bandmaster", "one");
    stage.slack.say("ann", "@bandmaster", "two");
    for (String envelope : stage.envelopes(2)) {
      interpret(envelope);
    }
    int before = stage.slack.calls().size();
    for (String envelope : stage.envelopes(2)) {
      interpret(envelope);
    }
    assertThat(stage.slack.calls()).hasSize(before);
    assertThat(stage.calls("auth.test")).isEqualTo(1);
  }

  @Test
  void aWorkspaceThatCannotBeAskedIsAskedAgainLater() throws IOException {
    Fault refused = Fault.of(Fault.Kind.AUTH_TEST_NOT_OK).times(2);
    try (Stage bad = Stage.open(refused)) {
      Stage.await(() -> bad.connected(1));
      bad.slack.say("ann", "@bandmaster", "ping");
      String envelope = bad.envelopes(1).getFirst();
      Stage.await(() ->
          bad.connection.interpreter().interpret(envelope) instanceof Interpretation.Addressed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"type\":\"events_api\"}",
        "{\"type\":\"events_api\",\"payload\":null}",
        "{\"type\":\"events_api\",\"payload\":{\"type\":\"event_callback\"}}",
        "{\"type\":\"events_api\",\"payload\":{\"type\":\"event_callback\",\"event\":[]}}",
        "{\"type\":\"events_api\",\"payload\":{\"type\":\"event_callback\",\"team_id\":\"T0BAND\","
            + "\"event\":{\"type\":\"message\",\"text\":{},\"user\":[],\"ts\":7}}}",
        "{\"type\":\"interactive\",\"payload\":{\"type\":\"block_actions\",\"actions\":[]}}",
        "{\"type\":\"slash_commands\",\"payload\":{}}"
      })
  void whatSlackWouldNeverSendIsNoCommandAndNoException(String envelope) {
    assertThat(interpret(envelope)).isNotInstanceOf(Interpretation.Addressed.class);
  }

  private Inbound inbound(int count) {
    Interpretation meaning = interpret(stage.envelopes(count).getLast());
    assertThat(meaning).isInstanceOf(Interpretation.Addressed.class);
    return ((Interpretation.Addressed) meaning).inbound();
  }

  private Interpretation interpret(String envelope) {
    return interpreter.interpret(envelope);
  }

  @Test
  void nobodyWaitsInVain_whoseWordsCannotBeReadIsMadeOutIfPossible() {
    String broken =
        """
        {"type":"slash_commands","envelope_id":"e1","payload":{"command":"/bandmaster",
        "user_id":"U0ANN","channel_id":"C0DEPLOYS","text":["not","a","text"]}}\
        """;
    assertThat(interpret(broken))
        .isInstanceOfSatisfying(
            Interpretation.Unreadable.class,
            unreadable -> {
              assertThat(unreadable.user()).contains("U0ANN");
              assertThat(unreadable.place()).contains(Stage.DEPLOYS);
            });
    assertThat(interpret("no JSON at all"))
        .isInstanceOfSatisfying(
            Interpretation.Unreadable.class, unreadable -> assertThat(unreadable.user()).isEmpty());
  }
}
