package dev.bandmaster.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.simulator.fault.Fault.Kind;
import dev.bandmaster.simulator.time.ManualTime;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.simulator.world.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Web API over HTTP: limits, faults and refusals. */
@Timeout(60)
final class WebApiTest {
  private final ManualTime time = new ManualTime();
  private final SlackSimulator simulator =
      SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults().withTime(time, time));
  private final Door door = new Door(simulator);

  @AfterEach
  void stop() {
    door.close();
    simulator.close();
  }

  private static String text(String channel, String text) {
    return "{'channel':'" + channel + "','text':'" + text + "'}";
  }

  private List<String> texts() {
    return simulator.messages("ops").stream().map(SeenMessage::text).toList();
  }

  @Test
  void aChannelTakesTenMessagesAtOnceThenOneASecond() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(door.call("chat.postMessage", text(i % 2 == 0 ? "C0OPS" : "#ops", "x")))
          .returns(200, HttpResponse::statusCode);
    }
    HttpResponse<String> refused = door.call("chat.postMessage", text("C0OPS", "x"));
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(Json.text(Door.body(refused), "error")).isEqualTo("ratelimited");
    assertThat(door.call("chat.postMessage", text("C0DEPLOYS", "x")).statusCode()).isEqualTo(200);
    time.pass(Duration.ofSeconds(1));
    assertThat(door.call("chat.postMessage", text("C0OPS", "x")).statusCode()).isEqualTo(200);
    assertThat(door.call("chat.postMessage", text("C0OPS", "x")).statusCode()).isEqualTo(429);
    assertThat(texts()).hasSize(11);
  }

  @Test
  void aTierTwoMethodTakesTwentyCallsAMinute() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(door.call("users.list", "{}").statusCode()).isEqualTo(200);
    }
    HttpResponse<String> refused = door.call("users.list", "{}");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("3");
  }

  @Test
  void faultsAnswerInsteadOfTheMethod() throws Exception {
    simulator.fault(
        Fault.of(Kind.RATE_LIMIT).on("chat.postMessage").lasting(Duration.ofSeconds(7)));
    HttpResponse<String> limited = door.call("chat.postMessage", text("C0OPS", "x"));
    assertThat(limited.headers().firstValue("Retry-After")).contains("7");
    simulator.fault(Fault.of(Kind.HTTP_STATUS).answering(503).times(2));
    assertThat(door.call("chat.postMessage", text("C0OPS", "x")).statusCode()).isEqualTo(503);
    assertThat(door.call("users.list", "{}").statusCode()).isEqualTo(503);
    simulator.fault(Fault.of(Kind.MISSING_SCOPE).on("users.list"));
    JsonNode missing = door.api("users.list", "{}");
    assertThat(Json.text(missing, "error")).isEqualTo("missing_scope");
    assertThat(Json.text(missing, "needed")).isEqualTo("users:read");
    simulator.fault(Fault.of(Kind.AUTH_TEST_NOT_OK));
    assertThat(door.api("auth.test", "{}").path("ok").asBoolean()).isFalse();
    assertThat(door.api("auth.test", "{}").path("ok").asBoolean()).isTrue();
    assertThat(texts()).isEmpty();
    assertThat(simulator.lab().faults()).isEmpty();
  }

  @Test
  void aDroppedCallWasCarriedOutAndItsClientIdShowsTheDuplicate() throws Exception {
    simulator.fault(Fault.of(Kind.DROP_AFTER_RECEIVING).on("chat.postMessage"));
    String call =
        "{'channel':'C0OPS','text':'once','client_msg_id':'5f0f6f0a-0000-4000-8000-000000000001'}";
    assertThatThrownBy(() -> door.call("chat.postMessage", call)).isInstanceOf(IOException.class);
    assertThat(texts()).containsExactly("once");
    JsonNode again = door.api("chat.postMessage", call);
    assertThat(again.path("ok").asBoolean()).isTrue();
    assertThat(Json.text(again, "ts")).isEqualTo(simulator.messages("ops").getFirst().ts());
    assertThat(texts()).containsExactly("once");
    assertThat(Json.text(door.api("chat.postMessage", call.replace("OPS", "DEPLOYS")), "error"))
        .isEqualTo("duplicate_channel_not_found");
  }

  @Test
  void longTextsAreSplitAndTooLongOnesRefused() throws Exception {
    door.api("chat.postMessage", text("C0OPS", "x".repeat(4_040)));
    assertThat(texts()).hasSize(1);
    door.api("chat.postMessage", text("C0OPS", "y".repeat(8_500)));
    assertThat(texts()).extracting(String::length).containsExactly(4_040, 4_000, 4_000, 500);
    assertThat(Json.text(door.api("chat.postMessage", text("C0OPS", "x".repeat(40_001))), "error"))
        .isEqualTo("msg_too_long");
    String ts = simulator.messages("ops").getFirst().ts();
    String update = "{'channel':'C0OPS','ts':'" + ts + "','text':'" + "z".repeat(4_001) + "'}";
    assertThat(Json.text(door.api("chat.update", update), "error")).isEqualTo("msg_too_long");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          chat.postMessage | {'text':'x'} | invalid_arguments
          chat.postMessage | {'channel':'C0NONE','text':'x'} | channel_not_found
          chat.postMessage | {'channel':'C0RANDOM','text':'x'} | not_in_channel
          chat.postMessage | {'channel':'C0OPS'} | no_text
          chat.postMessage | {'channel':'C0OPS','text':'x','thread_ts':'1.2'} | thread_not_found
          chat.postMessage | {'channel':'C0OPS','blocks':'{'} | invalid_arguments
          chat.postMessage | {'channel':'C0OPS','blocks':[{'type':'no'}]} | invalid_blocks
          chat.postEphemeral | {'channel':'C0DEPLOYS','user':'W0EVE','text':'x'} | user_not_in_channel
          chat.update | {'channel':'C0OPS','ts':'1.2','text':'x'} | message_not_found
          reactions.add | {'channel':'C0OPS','timestamp':'1.2','name':'eyes'} | message_not_found
          users.info | {'user':'U0NOBODY'} | user_not_found
          usergroups.users.list | {'usergroup':'S0NONE'} | no_such_subteam
          views.open | {'trigger_id':'1','view':{'type':'modal','title':{'type':'plain_text','text':'t'},'blocks':[]}} | invalid_trigger_id
          files.completeUploadExternal | {'files':[{'id':'F1'}],'channel_id':'C0OPS'} | file_not_found
          no.such | {} | unknown_method
          """)
  void refusalsAreSlacksWords(String method, String call, String error) throws Exception {
    assertThat(Json.text(door.api(method, call), "error")).isEqualTo(error);
  }

  @Test
  void tokensAreChecked() throws Exception {
    assertThat(error("users.list", "")).isEqualTo("not_authed");
    assertThat(error("users.list", "xoxb-wrong-token-of-length")).isEqualTo("invalid_auth");
    assertThat(error("users.list", "xapp-simulator-app-token")).isEqualTo("not_allowed_token_type");
    assertThat(error("apps.connections.open", "xoxb-simulator-bot-token"))
        .isEqualTo("not_allowed_token_type");
    assertThat(simulator.calls())
        .allSatisfy(
            call -> assertThat(call.arguments().toString()).doesNotContain("simulator-bot"));
  }

  private String error(String method, String token) throws Exception {
    return Json.text(Door.body(door.call(method, "{}", token)), "error");
  }

  @Test
  void anEphemeralMessageIsSeenByOnePersonAndNotByTheApi() throws Exception {
    simulator.say("ann", "ops", "hello");
    JsonNode sent =
        door.api("chat.postEphemeral", "{'channel':'C0OPS','user':'U0ANN','text':'psst'}");
    assertThat(simulator.people().messages("ops", null, "ann")).hasSize(2);
    assertThat(simulator.people().messages("ops", null, "bob")).hasSize(1);
    assertThat(door.api("conversations.history", "{'channel':'C0OPS'}").path("messages"))
        .as("needs channels:history, which the bot has")
        .hasSize(1);
    String ts = Json.text(sent, "message_ts");
    String update = "{'channel':'C0OPS','ts':'" + ts + "','text':'x'}";
    assertThat(Json.text(door.api("chat.update", update), "error")).isEqualTo("message_not_found");
    assertThat(simulator.envelopes()).as("nobody is told").isEmpty();
  }

  private JsonNode whisper(String channel, String thread) throws Exception {
    return door.api(
        "chat.postEphemeral",
        "{'channel':'%s','user':'U0ANN','text':'psst','thread_ts':'%s'}"
            .formatted(channel, thread));
  }

  @ParameterizedTest
  @CsvSource({"ops,C0OPS", "@ann,D0ANN"})
  void simulatorM4_anEphemeralMessageInAThreadWithoutRepliesIsTakenAndNobodySeesIt(
      String channel, String id) throws Exception {
    String asked = simulator.say("ann", channel, "hello");
    JsonNode sent = whisper(id, asked);
    assertThat(sent.path("ok").asBoolean()).as("Slack takes it all the same").isTrue();
    String ts = Json.text(sent, "message_ts");
    assertThat(simulator.people().messages(channel, asked, "ann")).hasSize(1);
    assertThat(simulator.people().messages(channel, null, "ann")).hasSize(1);
    assertThat(simulator.thread(channel, asked)).hasSize(1);
    assertThat(simulator.people().everything(channel)).hasSize(1);
    assertThat(simulator.await(channel, message -> message.ts().equals(ts), Duration.ZERO))
        .isEmpty();
    assertThat(door.sim("messages?channel=" + id + "&all=true").path("messages")).hasSize(1);
    assertThat(simulator.messages(channel).getFirst().replyCount()).isZero();
    assertThat(replies(id, asked)).hasSize(1);
    assertThat(simulator.people().hidden()).extracting(SeenMessage::ts).containsExactly(ts);
    assertThat(simulator.people().hidden(channel)).hasSize(1);
    assertThat(door.sim("hidden").path("messages")).hasSize(1);
    simulator.say("ann", channel, "anybody?", asked);
    assertThat(simulator.people().messages(channel, asked, "ann"))
        .as("a reply afterwards does not bring it back")
        .hasSize(2);
  }

  private JsonNode replies(String channel, String thread) throws Exception {
    return door.api("conversations.replies", "{'channel':'" + channel + "','ts':'" + thread + "'}")
        .path("messages");
  }

  @Test
  void simulatorM4_anEphemeralMessageInAnActiveThreadIsSeenThere() throws Exception {
    String asked = simulator.say("ann", "ops", "hello");
    String reply = simulator.say("bob", "ops", "yes?", asked);
    String ts = Json.text(whisper("C0OPS", reply), "message_ts");
    assertThat(simulator.people().messages("ops", asked, "ann"))
        .extracting(SeenMessage::ts)
        .containsExactly(asked, reply, ts);
    assertThat(simulator.people().messages("ops", null, "ann")).hasSize(1);
    assertThat(simulator.people().messages("ops", asked, "bob")).hasSize(2);
    assertThat(replies("C0OPS", asked)).hasSize(2);
    assertThat(simulator.people().hidden()).isEmpty();
  }

  @Test
  void simulatorM4_anotherEphemeralMessageMakesNoThreadActive() throws Exception {
    String asked = simulator.say("ann", "ops", "hello");
    String reply = simulator.say("bob", "ops", "yes?", asked);
    String first = Json.text(whisper("C0OPS", asked), "message_ts");
    simulator.people().delete("bob", "ops", reply);
    whisper("C0OPS", asked);
    assertThat(simulator.people().hidden()).as("the only reply is for one person").hasSize(1);
    String inIt = "{'channel':'C0OPS','text':'x','thread_ts':'" + first + "'}";
    assertThat(Json.text(door.api("chat.postMessage", inIt), "error"))
        .isEqualTo("thread_not_found");
    String read = "{'channel':'C0OPS','ts':'" + first + "'}";
    assertThat(Json.text(door.api("conversations.replies", read), "error"))
        .isEqualTo("thread_not_found");
  }

  @Test
  void simulatorM4_aReloadTakesEphemeralMessagesAway() throws Exception {
    door.api("chat.postEphemeral", "{'channel':'C0OPS','user':'U0ANN','text':'psst'}");
    door.api("chat.postEphemeral", "{'channel':'C0OPS','user':'U0BOB','text':'psst'}");
    door.sim("reload", "{'as':'ann'}");
    assertThat(simulator.people().messages("ops", null, "ann")).isEmpty();
    assertThat(simulator.people().messages("ops", null, "bob")).hasSize(1);
  }

  @Test
  void simulatorM4_whoIsNotInTheChannelGetsNoEphemeralMessage() throws Exception {
    for (String channel : List.of("C0DEPLOYS", "D0ANN")) {
      String toEve = "{'channel':'" + channel + "','user':'W0EVE','text':'x'}";
      assertThat(Json.text(door.api("chat.postEphemeral", toEve), "error"))
          .isEqualTo("user_not_in_channel");
    }
    String whereTheBotIsNot = "{'channel':'C0RANDOM','user':'U0ANN','text':'x'}";
    assertThat(Json.text(door.api("chat.postEphemeral", whereTheBotIsNot), "error"))
        .isEqualTo("not_in_channel");
  }

  @Test
  void externalsGuestsAndFormerMembersLookLikeThem() throws Exception {
    JsonNode eve = user("W0EVE");
    assertThat(eve.path("is_stranger").asBoolean()).isTrue();
    assertThat(Json.text(eve, "team_id")).isEqualTo("T0EXT");
    assertThat(user("U0GUS").path("is_restricted").asBoolean()).isTrue();
    assertThat(user("U0GUS").path("is_ultra_restricted").asBoolean()).isFalse();
    assertThat(user("U0DAN").path("deleted").asBoolean()).isTrue();
    assertThat(user("U0BOB").path("is_admin").asBoolean()).isTrue();
    assertThat(user("U0ANN").has("is_stranger")).isFalse();
  }

  private JsonNode user(String id) throws Exception {
    return door.api("users.info", "{'user':'" + id + "'}").path("user");
  }

  @Test
  void aFileAppearsAMomentAfterItsUpload() throws Exception {
    JsonNode completed = door.upload("out.txt", "line", "C0OPS");
    assertThat(completed.path("ok").asBoolean()).isTrue();
    String id = Json.text(completed.at("/files/0"), "id");
    assertThat(completed.at("/files/0/shares")).isEmpty();
    assertThat(simulator.messages("ops")).isEmpty();
    time.pass(Duration.ofMillis(300));
    assertThat(simulator.messages("ops").getFirst().files()).hasSize(1);
    JsonNode info = door.api("files.info", "{'file':'" + id + "'}");
    assertThat(Json.text(info.at("/file/shares/public/C0OPS/0"), "ts"))
        .isEqualTo(simulator.messages("ops").getFirst().ts());
  }

  @Test
  void simulatorM4_anEditHasItsOwnTime() throws Exception {
    JsonNode posted = door.api("chat.postMessage", "{'channel':'ops','text':'one'}");
    String ts = Json.text(posted, "ts");
    JsonNode after = door.api("chat.update", "{'channel':'ops','ts':'" + ts + "','text':'two'}");
    assertThat(Json.text(after.path("message").path("edited"), "ts")).isGreaterThan(ts);
  }

  @Test
  void simulatorM4_brokenJsonIsInvalidJson() throws Exception {
    assertThat(Json.text(door.api("chat.postMessage", "{'channel':"), "error"))
        .isEqualTo("invalid_json");
  }

  @Test
  void simulatorM4_anotherNameNeedsItsScope() throws Exception {
    JsonNode refused =
        door.api("chat.postMessage", "{'channel':'ops','text':'x','username':'Not me'}");
    assertThat(Json.text(refused, "error")).isEqualTo("missing_scope");
    assertThat(Json.text(refused, "needed")).isEqualTo("chat:write.customize");
  }
}
