package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.DialogTriggers;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.simulator.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** For which workspace an event is, and that nothing disappears without being counted. */
class SharedChannelTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stage stage = Stage.in(Workspace.grid());

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  private Interpretation interpret(JsonNode envelope) {
    return stage.connection.interpreter().interpret(envelope.toString());
  }

  private ObjectNode envelope(int number) throws IOException {
    return (ObjectNode) JSON.readTree(stage.envelopes(number).get(number - 1));
  }

  private static ObjectNode payload(JsonNode envelope) {
    return (ObjectNode) envelope.path("payload");
  }

  private long ignored(IgnoredReason reason) {
    return stage.connection.ignored(reason);
  }

  @Test
  void slackK1_aMentionInAChannelThatAnotherOrganizationHostsArrives() throws IOException {
    stage.slack.say("ann", "#joint", "@bandmaster ping");
    stage.slack.say("eve", "#joint", "@bandmaster ping");
    assertThat(payload(envelope(1)).path("team_id").asText()).isEqualTo("T0EXT");
    assertThat(interpret(envelope(1)))
        .isInstanceOfSatisfying(
            Interpretation.Addressed.class,
            addressed -> {
              assertThat(addressed.inbound().sender()).isEqualTo(new UserRef("E0BAND", "W0ANN"));
              assertThat(addressed.inbound().place().kind())
                  .isEqualTo(ConversationRef.Kind.SHARED_CHANNEL);
            });
    assertThat(interpret(envelope(2)))
        .as("the policy speaks, not silence")
        .isInstanceOfSatisfying(
            Interpretation.Addressed.class,
            addressed ->
                assertThat(addressed.inbound().sender()).isEqualTo(new UserRef("T0EXT", "W0EVE")));
    stage.slack.say("bob", "#lab", "@bandmaster ping");
    assertThat(interpret(envelope(3)))
        .as("hosted by another workspace of the organization")
        .isInstanceOf(Interpretation.Addressed.class);
    assertThat(ignored(IgnoredReason.OTHER_WORKSPACE)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // authorizations[0]: team, enterprise, org-wide; context team; outer team; ours?
        "T0BAND, E0BAND, false, -, T0EXT, true",
        "T0BAND, -, false, T0EXT, T0EXT, true",
        "E0BAND, E0BAND, true, -, T0EXT, true",
        "-, E0BAND, true, -, T0EXT, true",
        "T0LAB, E0BAND, true, -, T0EXT, true",
        "T0LAB, E0BAND, false, T0BAND, T0BAND, false",
        "T0EXT, -, false, T0BAND, T0BAND, false",
        "-, E0OTHER, true, T0BAND, T0BAND, false",
        "-, -, false, T0BAND, T0BAND, false"
      })
  void slackK1_theFirstAuthorizationDecides(
      String team, String enterprise, boolean orgWide, String context, String outer, boolean ours)
      throws IOException {
    stage.slack.say("ann", "#deploys", "@bandmaster ping");
    ObjectNode envelope = envelope(1);
    ObjectNode authorization = (ObjectNode) payload(envelope).path("authorizations").path(0);
    authorization.put("team_id", team).put("enterprise_id", enterprise);
    authorization.put("is_enterprise_install", orgWide);
    payload(envelope).put("context_team_id", context).put("team_id", outer);
    assertThat(interpret(envelope) instanceof Interpretation.Addressed).isEqualTo(ours);
    assertThat(ignored(IgnoredReason.OTHER_WORKSPACE)).isEqualTo(ours ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"T0BAND, T0EXT, true", "T0EXT, T0BAND, false", "-, T0BAND, true", "-, -, true"})
  void slackK1_withoutAuthorizationsTheContextDecides(String context, String outer, boolean ours)
      throws IOException {
    stage.slack.say("ann", "#deploys", "@bandmaster ping");
    ObjectNode envelope = envelope(1);
    payload(envelope).remove(List.of("authorizations", "context_enterprise_id", "enterprise_id"));
    payload(envelope).put("context_team_id", context).put("team_id", outer);
    assertThat(interpret(envelope) instanceof Interpretation.Addressed).isEqualTo(ours);
  }

  @Test
  void slackK1_changesInASharedChannelAreReceivedToo() throws IOException {
    assertThat(stage.connection.directory().kind("C0LAB"))
        .isInstanceOfSatisfying(
            DirectoryAnswer.Known.class,
            known -> assertThat(known.value()).isEqualTo(ConversationRef.Kind.CHANNEL));
    stage.slack.people().share("#lab", true);
    assertThat(payload(envelope(1)).path("team_id").asText()).isEqualTo("T0LAB");
    assertThat(interpret(envelope(1))).isInstanceOf(Interpretation.Noted.class);
    assertThat(stage.connection.directory().kind("C0LAB"))
        .isInstanceOfSatisfying(
            DirectoryAnswer.Known.class,
            known -> assertThat(known.value()).isEqualTo(ConversationRef.Kind.SHARED_CHANNEL));
    stage.slack.people().share("#lab", false);
    assertThat(interpret(envelope(2))).isInstanceOf(Interpretation.Noted.class);
    for (String event : List.of("user_change", "subteam_updated", "subteam_members_changed")) {
      ObjectNode changed = envelope(1);
      payload(changed).put("team_id", "T0EXT");
      ((ObjectNode) payload(changed).path("event")).put("type", event);
      assertThat(interpret(changed)).as(event).isInstanceOf(Interpretation.Noted.class);
    }
  }

  /** Makes one delivery that is ignored for a reason. */
  private void cause(IgnoredReason reason) throws IOException {
    switch (reason) {
      case OTHER_WORKSPACE ->
          event(payload -> {
            payload.remove("context_enterprise_id");
            ((ObjectNode) payload.path("authorizations").path(0))
                .put("team_id", "T0EXT")
                .putNull("enterprise_id");
          });
      case UNKNOWN_EVENT ->
          event(payload -> ((ObjectNode) payload.path("event")).put("type", "emoji_changed"));
      case UNKNOWN_PAYLOAD -> interpret(JSON.createObjectNode().put("type", "something_new"));
      case NOT_A_NEW_MESSAGE ->
          event(payload ->
              ((ObjectNode) payload.path("event"))
                  .put("type", "message")
                  .put("subtype", "message_changed"));
      case BOT_MESSAGE ->
          event(payload -> ((ObjectNode) payload.path("event")).put("bot_id", "B0OTHER"));
      case NOT_ADDRESSED ->
          event(payload -> ((ObjectNode) payload.path("event")).put("text", "good morning"));
      case OTHER_TAB ->
          event(payload ->
              ((ObjectNode) payload.path("event"))
                  .put("type", "app_home_opened")
                  .put("tab", "messages"));
      case CLICK_ELSEWHERE ->
          interaction(
              "{'type':'block_actions','user':{'id':'U0ANN'},'actions':[{'type':'button','action_id':'a','block_id':'b'}]}");
      case DIALOG_NOT_OURS ->
          // Of a person it would be answered: it has expired.
          interaction(
              "{'type':'view_submission','user':{},'view':{'id':'V1','type':'modal','callback_id':'x'}}");
      case SLASH_WITHOUT_SENDER ->
          interpret(
              JSON.readTree(
                  "{\"type\":\"slash_commands\",\"envelope_id\":\"e\",\"payload\":{\"command\":\"/b\"}}"));
      case UNKNOWN_ENVELOPE, ENVELOPE_TOO_LONG, ENVELOPE_NOT_JSON, DIALOG_INVALID -> {
        // At the socket, and in a dialog: see the tests below.
      }
    }
  }

  private void event(Consumer<ObjectNode> change) throws IOException {
    stage.slack.say("ann", "#deploys", "@bandmaster ping");
    ObjectNode envelope = envelope(1);
    change.accept(payload(envelope));
    assertThat(interpret(envelope)).isInstanceOf(Interpretation.Ignored.class);
  }

  private void interaction(String payload) throws IOException {
    interpret(
        JSON.readTree(
            "{\"type\":\"interactive\",\"envelope_id\":\"e\",\"payload\":%s}"
                .formatted(payload.replace('\'', '"'))));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNKNOWN_ENVELOPE", "ENVELOPE_TOO_LONG", "ENVELOPE_NOT_JSON", "DIALOG_INVALID"})
  void slackK1_whatIsIgnoredIsCountedByItsReason(IgnoredReason reason) throws IOException {
    cause(reason);
    for (IgnoredReason each : IgnoredReason.values()) {
      assertThat(ignored(each)).as(each.word()).isEqualTo(each == reason ? 1 : 0);
    }
  }

  /** A client that nobody connects. */
  private SocketClient socket() {
    OkHttpClient http = SlackHttp.client(Duration.ofSeconds(5));
    SlackCalls calls =
        new SlackCalls(
            SlackHttp.methods(http, URI.create(stage.slack.apiUrl())),
            stage.slack.workspace().bot()::appToken);
    return new SocketClient(
        new SocketOpener(calls),
        http,
        Stage.TIMINGS,
        InstantSource.system(),
        new Random(1),
        took -> {},
        () -> true,
        reason -> {});
  }

  @Test
  void slackK1_whatIsIgnoredAtTheSocketIsCountedToo() {
    IgnoredCounts counts = new IgnoredCounts();
    EnvelopeReceiver door =
        new EnvelopeReceiver(
            socket(),
            stage.inbox,
            new ModalOpener(DialogTriggers.NONE, stage.connection.dialogs()),
            counts);
    door.handle("x".repeat(EnvelopeReceiver.LONGEST + 1));
    door.handle("{");
    door.handle("{\"type\":\"something_new\",\"envelope_id\":\"e\"}");
    door.handle("{\"type\":\"hello\"}");
    door.handle("{\"type\":\"disconnect\"}");
    assertThat(
            Arrays.stream(IgnoredReason.values()).filter(reason -> counts.of(reason) > 0).toList())
        .containsExactly(
            IgnoredReason.UNKNOWN_ENVELOPE,
            IgnoredReason.ENVELOPE_TOO_LONG,
            IgnoredReason.ENVELOPE_NOT_JSON);
    assertThat(counts.of(IgnoredReason.UNKNOWN_ENVELOPE)).isEqualTo(1);
  }

  @Test
  void slackK1_everyReasonHasAWordAndASentenceOfItsOwn() {
    assertThat(Arrays.stream(IgnoredReason.values()).map(IgnoredReason::sentence))
        .doesNotHaveDuplicates()
        .allMatch(sentence -> !sentence.isBlank());
  }

  @Test
  void simulatorM1_slackK1_aSlashCommandInASharedChannelArrives() throws IOException {
    stage.slack.slash("ann@T0LAB", "#joint", "/bandmaster", "ping");
    assertThat(interpret(envelope(1)))
        .isInstanceOfSatisfying(
            Interpretation.Addressed.class,
            addressed ->
                assertThat(addressed.inbound())
                    .isInstanceOfSatisfying(
                        Inbound.SlashCommand.class,
                        slashed ->
                            assertThat(slashed.sender())
                                .isEqualTo(new UserRef("E0BAND", "W0ANN"))));
  }
}
