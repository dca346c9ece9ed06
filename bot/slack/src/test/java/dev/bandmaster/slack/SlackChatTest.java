package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.Chat.Sent;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackChatTest {

  private final Stage stage = Stage.connected();
  private final Chat chat = stage.connection.chat();
  private final String asked = stage.slack.say("ann", "#deploys", "hello");
  private final ConversationRef thread = Stage.DEPLOYS.inThread(asked);

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  @Test
  void trap25_answersFilesAndRedrawingsStayInTheThread() {
    String posted = done(send("i1", shown("working")));
    Sent redrawn = chat.send("i1", shown("done"), Optional.of(posted), false);
    assertThat(redrawn).isEqualTo(new Sent.Done(posted));
    String file =
        done(send("i2", new Outbound.FileAttachment(thread, "job-1.txt", "Job 1", "ö\n`x`")));
    assertThat(stage.slack.thread("#deploys", asked))
        .extracting(SeenMessage::ts)
        .containsExactly(asked, posted, file);
    SeenMessage message = stage.slack.thread("#deploys", asked).get(1);
    assertThat(message.shown()).isEqualTo("done");
    assertThat(message.edits()).isEqualTo(1);
    assertThat(stage.slack.messages("#deploys")).hasSize(1);
  }

  @Test
  void aFileForAPersonGoesIntoTheirDirectMessages() {
    Outbound file =
        new Outbound.FileAttachment(ConversationRef.directWith("U0ANN"), "a.txt", "All of it", "x");
    String timestamp = done(send("f1", file));
    assertThat(stage.slack.messages("@ann")).extracting(SeenMessage::ts).contains(timestamp);
  }

  @Test
  void aHomeTabIsPublishedAndItsNewestContentStays() {
    done(send("h1", new Outbound.HomeTab("U0ANN", Message.sentence("one"))));
    done(send("h1", new Outbound.HomeTab("U0ANN", Message.sentence("two"))));
    assertThat(stage.slack.interactions().views("ann"))
        .hasSize(1)
        .allSatisfy(view -> assertThat(view.at("/blocks/0/text/text").asText()).isEqualTo("two"));
    assertThat(stage.slack.interactions().views("bob")).isEmpty();
  }

  @Test
  void reactionsReplaceEachOtherAndMayBeRepeated() {
    Outbound eyes = new Outbound.Reaction("C0DEPLOYS", asked, "eyes", "");
    Outbound mark = new Outbound.Reaction("C0DEPLOYS", asked, "white_check_mark", "eyes");
    String shown = done(send("r", eyes));
    assertThat(done(send("r", eyes))).isEqualTo(shown);
    for (int i = 0; i < 2; i++) {
      assertThat(chat.send("r", mark, Optional.of(shown), false)).isEqualTo(new Sent.Done(shown));
    }
    assertThat(stage.slack.messages("#deploys").getFirst().reactions())
        .containsExactly("white_check_mark");
  }

  @Test
  void whatWasNeverShownIsNotTakenAway() {
    Outbound mark = new Outbound.Reaction("C0DEPLOYS", asked, "white_check_mark", "eyes");
    done(send("r", mark));
    assertThat(stage.slack.calls())
        .extracting(call -> call.method())
        .contains("reactions.add")
        .doesNotContain("reactions.remove");
    done(chat.send("r", mark, Optional.empty(), true));
    assertThat(stage.slack.calls()).extracting(call -> call.method()).contains("reactions.remove");
  }

  @Test
  void aWhisperIsForOnePersonAndInADirectMessageItIsAMessage() {
    Message denial = Message.sentence("You may not do that.");
    done(send("w1", new Outbound.Ephemeral(thread, "U0ANN", denial)));
    SeenMessage seen =
        stage
            .slack
            .await("#deploys", each -> each.ephemeralTo() != null, Stage.LIMIT)
            .orElseThrow();
    assertThat(seen.ephemeralTo()).isEqualTo("U0ANN");
    String channel = stage.slack.people().channelId("ann", "@bandmaster");
    ConversationRef direct =
        new ConversationRef(channel, ConversationRef.Kind.DIRECT, Optional.empty());
    String posted = done(send("w2", new Outbound.Ephemeral(direct, "U0ANN", denial)));
    assertThat(stage.slack.messages(channel)).extracting(SeenMessage::ts).contains(posted);
  }

  private SeenMessage whispered(ConversationRef place) {
    done(send("w", new Outbound.Ephemeral(place, "U0ANN", Message.sentence("No. Ask bob."))));
    assertThat(stage.slack.people().hidden()).isEmpty();
    return stage.slack.people().everything("#deploys").stream()
        .filter(message -> "U0ANN".equals(message.ephemeralTo()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void peopleU1_whereNoThreadIsActiveARefusalIsShownInTheChannel() {
    assertThat(whispered(thread).threadTs()).isNull();
    assertThat(stage.slack.people().messages("#deploys", null, "ann")).hasSize(2);
    assertThat(stage.slack.people().messages("#deploys", null, "bob")).hasSize(1);
  }

  @Test
  void peopleU1_inAnActiveThreadARefusalIsShownThere() {
    stage.slack.say("bob", "#deploys", "what is it?", asked);
    assertThat(whispered(thread).threadTs()).isEqualTo(asked);
  }

  @Test
  void peopleU1_aThreadWhoseOnlyReplyWasDeletedIsNotActive() {
    String reply = stage.slack.say("bob", "#deploys", "what is it?", asked);
    stage.slack.people().delete("bob", "#deploys", reply);
    assertThat(whispered(thread).threadTs()).isNull();
  }

  @Test
  void peopleU1_aRefusalInAThreadThatIsGoneIsShownInTheChannel() {
    stage.slack.say("bob", "#deploys", "what is it?", asked);
    stage.slack.people().delete("ann", "#deploys", asked);
    assertThat(whispered(thread).threadTs()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"RATE_LIMIT", "MISSING_SCOPE", "HTTP_STATUS", "DROP_AFTER_RECEIVING"})
  void peopleU1_whereSlackDoesNotSayWhetherTheThreadIsActiveARefusalIsShownInTheChannel(
      Fault.Kind kind) {
    stage.slack.say("bob", "#deploys", "what is it?", asked);
    stage.slack.fault(Fault.of(kind).on("conversations.replies"));
    assertThat(whispered(thread).threadTs()).isNull();
  }

  @Test
  void peopleU1_aRefusalInAThreadOfDirectMessagesIsAnOrdinaryMessage() {
    String question = stage.slack.say("ann", "@bandmaster", "pnig");
    ConversationRef place =
        new ConversationRef("D0ANN", ConversationRef.Kind.DIRECT, Optional.of(question));
    String posted =
        done(send("w", new Outbound.Ephemeral(place, "U0ANN", Message.sentence("No."))));
    assertThat(stage.slack.thread("@ann", question))
        .filteredOn(message -> message.ephemeralTo() == null)
        .extracting(SeenMessage::ts)
        .containsExactly(question, posted);
  }

  @ParameterizedTest
  @CsvSource({
    "C0DEPLOYS, W0EVE, user_not_in_channel",
    "C0RANDOM, U0ANN, not_in_channel",
    "C0SECRET, U0ANN, channel_not_found"
  })
  void peopleU1_whereSlackTakesNoEphemeralMessageItIsThePlaceThatRefuses(
      String channel, String user, String error) {
    ConversationRef place =
        new ConversationRef(channel, ConversationRef.Kind.CHANNEL, Optional.empty());
    assertThat(send("w", new Outbound.Ephemeral(place, user, Message.sentence("No."))))
        .isInstanceOfSatisfying(
            Sent.Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).contains(error);
              assertThat(rejected.place()).as("so it is said elsewhere").isTrue();
            });
  }

  @Test
  void aPostWhoseAnswerIsLostIsFoundAgainInsteadOfPostedTwice() {
    stage.slack.fault(Fault.of(Fault.Kind.DROP_AFTER_RECEIVING).on("chat.postMessage"));
    assertThat(send("i9", shown("once"))).isInstanceOf(Sent.Uncertain.class);
    Sent second = chat.send("i9", shown("once"), Optional.empty(), true);
    assertThat(stage.slack.thread("#deploys", asked)).hasSize(2);
    assertThat(second)
        .isEqualTo(new Sent.Done(stage.slack.thread("#deploys", asked).getLast().ts()));
    assertThat(stage.calls("chat.postMessage")).isEqualTo(1);
  }

  @Test
  void reliabilityR3_aPostThatIsFoundAgainIsBroughtUpToDate() {
    stage.slack.fault(Fault.of(Fault.Kind.DROP_AFTER_RECEIVING).on("chat.postMessage"));
    assertThat(send("i9", shown("working"))).isInstanceOf(Sent.Uncertain.class);
    assertThat(chat.send("i9", shown("done"), Optional.empty(), true))
        .isInstanceOf(Sent.Done.class);
    assertThat(stage.slack.thread("#deploys", asked))
        .hasSize(2)
        .last()
        .satisfies(message -> assertThat(message.shown()).contains("done"));
  }

  @Test
  void aPostOutsideOfThreadsIsFoundAgainToo() {
    Outbound item = new Outbound.ChannelMessage(Stage.DEPLOYS, Message.sentence("alert"), false);
    stage.slack.fault(Fault.of(Fault.Kind.DROP_AFTER_RECEIVING).on("chat.postMessage"));
    assertThat(send("a1", item)).isInstanceOf(Sent.Uncertain.class);
    assertThat(chat.send("a1", item, Optional.empty(), true)).isInstanceOf(Sent.Done.class);
    assertThat(stage.slack.messages("#deploys")).hasSize(2);
  }

  @Test
  void aFileWhoseAnswerIsLostIsFoundAgain() {
    Outbound item = new Outbound.FileAttachment(thread, "job-7.txt", "Job 7", "output");
    stage.slack.fault(Fault.of(Fault.Kind.DROP_AFTER_RECEIVING).on("files.completeUploadExternal"));
    assertThat(send("f1", item)).isInstanceOf(Sent.Uncertain.class);
    assertThat(stage.slack.await("#deploys", each -> !each.files().isEmpty(), Stage.LIMIT))
        .isPresent();
    assertThat(chat.send("f1", item, Optional.empty(), true)).isInstanceOf(Sent.Done.class);
    assertThat(stage.slack.thread("#deploys", asked)).hasSize(2);
  }

  @Test
  void whatWasNeverReceivedIsPostedAfterTheSearch() {
    assertThat(chat.send("i3", shown("late"), Optional.empty(), true))
        .isInstanceOf(Sent.Done.class);
    assertThat(stage.slack.thread("#deploys", asked)).hasSize(2);
  }

  @Test
  void trap33_aLimitIsAPauseAndNothingElse() {
    stage.slack.fault(
        Fault.of(Fault.Kind.RATE_LIMIT).on("chat.postMessage").lasting(Duration.ofSeconds(7)));
    assertThat(send("i4", shown("x")))
        .isEqualTo(new Sent.Limited(Duration.ofSeconds(7), "Slack limits chat.postMessage."));
    assertThat(stage.slack.thread("#deploys", asked)).hasSize(1);
  }

  @Test
  void trap34_whereTheBotIsNotTheAnswerSaysHowToFixIt() {
    ConversationRef elsewhere =
        new ConversationRef("C0RANDOM", ConversationRef.Kind.CHANNEL, Optional.empty());
    assertThat(send("i5", new Outbound.ChannelMessage(elsewhere, Message.sentence("x"), false)))
        .isInstanceOfSatisfying(
            Sent.Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).contains("Invite the bot with /invite");
              assertThat(rejected.place()).isTrue();
            });
  }

  @Test
  void nobodyWaitsInVain_whatBelongsIntoADeletedThreadIsSaidInItsChannel() {
    String answer = done(send("i6", shown("working")));
    stage.slack.people().delete("ann", "#deploys", asked);
    String second = done(send("i7", shown("hello?")));
    assertThat(stage.slack.messages("#deploys")).extracting(SeenMessage::ts).contains(second);
    String file = done(send("i8", new Outbound.FileAttachment(thread, "job-1.txt", "Job 1", "x")));
    assertThat(file).isNotEmpty();
    chat.retract(Stage.DEPLOYS.channel(), answer);
    assertThat(chat.send("i6", shown("done"), Optional.of(answer), false))
        .isEqualTo(new Sent.Gone());
    assertThat(send("i6", shown("done"))).isInstanceOf(Sent.Done.class);
    // After a doubt it is looked for where it may be.
    assertThat(chat.send("i7", shown("hello?"), Optional.empty(), true))
        .isEqualTo(new Sent.Done(second));
  }

  @Test
  void nobodyWaitsInVain_aMessageToAPersonByIdIsADirectMessageAndIsRedrawnThere() {
    ConversationRef toAnn = ConversationRef.directWith("U0ANN");
    Outbound apology = new Outbound.ChannelMessage(toAnn, Message.sentence("I could not"), false);
    String posted = done(send("apology:i1", apology));
    String channel = stage.slack.people().channelId("ann", "@bandmaster");
    assertThat(stage.slack.messages(channel)).extracting(SeenMessage::ts).contains(posted);
    Outbound newer =
        new Outbound.ChannelMessage(toAnn, Message.sentence("I still could not"), false);
    assertThat(chat.send("apology:i1", newer, Optional.of(posted), false))
        .isEqualTo(new Sent.Done(posted));
    assertThat(chat.send("apology:i1", newer, Optional.empty(), true))
        .isEqualTo(new Sent.Done(posted));
  }

  @Test
  void outboxR6_whatWasPostedTwiceCanBeTakenAway() {
    String posted = done(send("i6", shown("twice")));
    chat.retract(Stage.DEPLOYS.channel(), posted);
    assertThat(stage.slack.thread("#deploys", asked)).hasSize(1);
    chat.retract(Stage.DEPLOYS.channel(), posted);
  }

  @Test
  void aMessageThatIsGoneIsSaidToBeGone() {
    assertThat(chat.send("i6", shown("x"), Optional.of("1.000001"), false))
        .isEqualTo(new Sent.Gone());
  }

  @Test
  void anErrorOfSlacksServersIsUncertainForAPostAndTriedAgainForTheRest() {
    stage.slack.fault(Fault.of(Fault.Kind.HTTP_STATUS).times(0));
    assertThat(send("i7", shown("x"))).isInstanceOf(Sent.Uncertain.class);
    assertThat(send("i8", new Outbound.Reaction("C0DEPLOYS", asked, "eyes", "")))
        .isInstanceOf(Sent.Later.class);
    assertThat(send("i9", new Outbound.FileAttachment(thread, "a.txt", "A", "x")))
        .isInstanceOf(Sent.Later.class);
  }

  private Outbound.ChannelMessage shown(String text) {
    return new Outbound.ChannelMessage(thread, Message.sentence(text), false);
  }

  private Sent send(String id, Outbound item) {
    return chat.send(id, item, Optional.empty(), false);
  }

  private static String done(Sent sent) {
    assertThat(sent).isInstanceOf(Sent.Done.class);
    return ((Sent.Done) sent).timestamp();
  }

  private Message decorated() {
    return new Message(
        List.of(
            new Message.Header("Job 7"),
            new Message.Paragraph(Text.plain("web1 is <done> & well"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_blocks", "invalid_blocks_format", "msg_too_long"})
  void slackK5_whatSlackRefusesToShowComesAsPlainText(String error) {
    Outbound item = new Outbound.ChannelMessage(thread, decorated(), false);
    stage.slack.fault(Fault.of(Fault.Kind.ERROR).saying(error).on("chat.postMessage"));
    String posted = done(send("i1", item));
    SeenMessage plain = stage.slack.thread("#deploys", asked).getLast();
    assertThat(plain.text()).isEqualTo("Job 7\nweb1 is &lt;done&gt; &amp; well");
    assertThat(plain.blocks()).isEmpty();
    stage.slack.fault(Fault.of(Fault.Kind.ERROR).saying(error).on("chat.update"));
    assertThat(chat.send("i1", item, Optional.of(posted), false)).isEqualTo(new Sent.Done(posted));
    stage.slack.fault(Fault.of(Fault.Kind.ERROR).saying(error).on("chat.postEphemeral"));
    done(send("i2", new Outbound.Ephemeral(Stage.DEPLOYS, "U0ANN", decorated())));
    stage.slack.fault(Fault.of(Fault.Kind.ERROR).saying(error).on("views.publish"));
    done(send("i3", new Outbound.HomeTab("U0ANN", decorated())));
  }

  private static Message rich() {
    return Message.of(
        new Message.Table(
            "Jobs",
            List.of("Job", "State"),
            List.of(List.of(Text.plain("81"), Text.plain("ok"))),
            List.of(new Message.Paragraph(Text.plain("job 81: ok")))));
  }

  private static String type(SeenMessage message) {
    return message.blocks().get(0).path("type").asText();
  }

  private SeenMessage last() {
    return stage.slack.thread("#deploys", asked).getLast();
  }

  @Test
  void peopleU15_modernBlocksAreUsedWhereTheWorkspaceTakesThem() {
    String posted = done(send("i1", new Outbound.ChannelMessage(thread, rich(), false)));
    assertThat(type(last())).isEqualTo("data_table");
    Outbound again = new Outbound.ChannelMessage(thread, rich(), false);
    assertThat(chat.send("i1", again, Optional.of(posted), false)).isEqualTo(new Sent.Done(posted));
    assertThat(type(last())).isEqualTo("data_table");
    assertThat(stage.calls("chat.postMessage") + stage.calls("chat.update")).isEqualTo(2);
  }

  @Test
  void peopleU15_refusedModernBlocksGoOutInTheClassicFormAtOnceAndAreNotTriedAgain() {
    stage.slack.fault(Fault.of(Fault.Kind.ERROR).saying("invalid_blocks").on("chat.postMessage"));
    done(send("i1", new Outbound.ChannelMessage(thread, rich(), false)));
    assertThat(type(last())).isEqualTo("section");
    assertThat(stage.calls("chat.postMessage")).isEqualTo(2);
    done(send("i2", new Outbound.ChannelMessage(thread, rich(), false)));
    assertThat(type(last())).isEqualTo("section");
    assertThat(stage.calls("chat.postMessage")).isEqualTo(3);
  }

  @Test
  void peopleU15_whatIsRefusedInBothFormsComesAsTextAndSaysNothingAboutTheWorkspace() {
    Fault refusal = Fault.of(Fault.Kind.ERROR).saying("invalid_blocks").on("chat.postMessage");
    stage.slack.fault(refusal.times(2));
    done(send("i1", new Outbound.ChannelMessage(thread, rich(), false)));
    assertThat(last().blocks()).isEmpty();
    assertThat(last().text()).isEqualTo("job 81: ok");
    done(send("i2", new Outbound.ChannelMessage(thread, rich(), false)));
    assertThat(type(last())).isEqualTo("data_table");
  }

  @Test
  void slackK5_whatIsRefusedInEveryFormIsRejectedWithItsReason() {
    stage.slack.fault(Fault.of(Fault.Kind.ERROR).saying("msg_too_long").times(2));
    assertThat(send("i1", shown("long")))
        .isInstanceOfSatisfying(
            Sent.Rejected.class, no -> assertThat(no.reason()).contains("msg_too_long"));
  }

  static Stream<Fault> answersThatSayNothing() {
    return Stream.of(
        Fault.of(Fault.Kind.HTML_BODY),
        Fault.of(Fault.Kind.HTML_BODY).answering(403),
        Fault.of(Fault.Kind.HTML_BODY).answering(503),
        Fault.of(Fault.Kind.HTTP_STATUS).answering(408),
        Fault.of(Fault.Kind.REDIRECT),
        Fault.of(Fault.Kind.EMPTY_BODY),
        Fault.of(Fault.Kind.BAD_JSON));
  }

  @ParameterizedTest
  @MethodSource("answersThatSayNothing")
  void slackK5_anAnswerThatIsNotSlacksIsTriedAgain(Fault fault) {
    stage.slack.fault(fault.on("chat.postMessage"));
    assertThat(send("i1", shown("x"))).isInstanceOf(Sent.Uncertain.class);
    String posted = done(chat.send("i1", shown("x"), Optional.empty(), true));
    stage.slack.fault(fault.on("chat.update"));
    assertThat(chat.send("i1", shown("y"), Optional.of(posted), false))
        .isInstanceOf(Sent.Later.class);
    assertThat(stage.slack.thread("#deploys", asked)).as("once, and the question").hasSize(2);
  }

  @Test
  void slackK8_aLimitWithoutATimeIsGuessedShort() {
    for (Fault.Kind kind :
        new Fault.Kind[] {Fault.Kind.RATE_LIMIT_WITHOUT_HEADER, Fault.Kind.RATELIMITED}) {
      stage.slack.fault(Fault.of(kind).on("chat.postMessage"));
      assertThat(send("i1", shown("x")))
          .isInstanceOfSatisfying(
              Sent.Limited.class, limit -> assertThat(limit.delay()).hasSeconds(1));
      done(send("i1", shown("x")));
    }
  }
}
