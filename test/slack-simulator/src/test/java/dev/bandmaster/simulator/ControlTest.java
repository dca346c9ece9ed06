package dev.bandmaster.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.simulator.time.ManualTime;
import dev.bandmaster.simulator.workspace.Bot;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.simulator.world.Json;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control interface as scripts see it, and the events that follow from what people do. */
@Timeout(60)
final class ControlTest {
  private final ManualTime time = new ManualTime();
  private final SlackSimulator simulator =
      SlackSimulator.start(
          receivingChannels(Workspace.defaults()),
          SimulatorOptions.defaults().withTime(time, time));
  private final Door door = new Door(simulator);

  private static Workspace receivingChannels(Workspace workspace) {
    Bot bot = workspace.bot();
    Set<String> events = new HashSet<>(bot.events());
    events.add("message.channels");
    return workspace.withBot(bot.withEvents(events));
  }

  @AfterEach
  void stop() {
    door.close();
    simulator.close();
  }

  private List<JsonNode> payloads() throws Exception {
    return door.sim("envelopes")
        .path("envelopes")
        .valueStream()
        .map(envelope -> envelope.path("payload"))
        .toList();
  }

  @Test
  void whatIsSaidIsSeen() throws Exception {
    JsonNode said = door.sim("say", "{'as':'ann','channel':'#ops','text':'@bandmaster hi'}");
    assertThat(said.path("ok").asBoolean()).isTrue();
    assertThat(Json.text(said, "channel")).isEqualTo("C0OPS");
    JsonNode message = door.sim("messages?channel=ops").at("/messages/0");
    assertThat(Json.text(message, "ts")).isEqualTo(Json.text(said, "ts"));
    assertThat(Json.text(message, "user_name")).isEqualTo("ann");
    assertThat(Json.text(message, "text")).isEqualTo("<@U0BANDMASTER> hi");
    for (String list : List.of("blocks", "reactions", "files")) {
      assertThat(message.path(list).isArray()).as(list).isTrue();
    }
    JsonNode waited = door.sim("wait?channel=ops&contains=hi&timeout_ms=0");
    assertThat(waited.path("message")).isEqualTo(message);
    assertThat(Json.text(door.sim("wait?channel=ops&contains=no&timeout_ms=0"), "error"))
        .isEqualTo("timeout");
  }

  @Test
  void aMentionComesTwiceWithDifferentIds() throws Exception {
    door.sim("say", "{'as':'ann','channel':'ops','text':'@bandmaster hi'}");
    List<JsonNode> both = payloads();
    assertThat(both)
        .extracting(each -> Json.text(each.path("event"), "type"))
        .containsExactly("app_mention", "message");
    assertThat(both).extracting(each -> Json.text(each, "event_id")).doesNotHaveDuplicates();
    assertThat(both)
        .extracting(each -> Json.text(each.path("event"), "ts"))
        .containsOnly(simulator.messages("ops").getFirst().ts());
    door.sim("say", "{'as':'ann','channel':'ops','text':'<@U0BANDMASTERS> hi','raw':true}");
    assertThat(payloads()).as("somebody with a longer id").hasSize(3);
  }

  @Test
  void somebodyOfAnotherOrganisationIsMarkedInTheEvent() throws Exception {
    door.sim("say", "{'as':'eve','channel':'partners','text':'@bandmaster hi'}");
    JsonNode event = payloads().getFirst().path("event");
    assertThat(Json.text(event, "user_team")).isEqualTo("T0EXT");
    assertThat(payloads().getFirst().path("is_ext_shared_channel").asBoolean()).isTrue();
  }

  @Test
  void editsReactionsAndDeletionsAreSent() throws Exception {
    String ts = simulator.say("ann", "ops", "one");
    String where = "'as':'ann','channel':'ops','ts':'" + ts + "'";
    door.sim("edit", "{" + where + ",'text':'two'}");
    assertThat(door.sim("react", "{" + where + ",'name':'eyes'}").path("changed").asBoolean())
        .isTrue();
    JsonNode message = door.sim("messages?channel=ops").at("/messages/0");
    assertThat(Json.text(message, "text")).isEqualTo("two");
    assertThat(message.path("edits").asInt()).isEqualTo(1);
    assertThat(Json.text(message.at("/reactions/0"), "name")).isEqualTo("eyes");
    assertThat(door.post("delete", "{" + where.replace("ann", "bob") + "}").statusCode())
        .as("bob did not say it")
        .isEqualTo(400);
    door.sim("delete", "{" + where + "}");
    assertThat(payloads())
        .extracting(each -> Json.text(each.path("event"), "subtype"))
        .containsExactly("", "message_changed", "message_deleted");
  }

  @Test
  void commandsAndClicksSayHowTheyWereDelivered() throws Exception {
    JsonNode command =
        door.sim("slash", "{'as':'ann','channel':'ops','command':'/bandmaster','text':'x'}");
    assertThat(Json.text(command, "delivery")).isEqualTo("nobody_there");
    assertThat(command.path("ok").asBoolean()).isFalse();
    assertThat(simulator.messages("ops").getFirst().text()).contains("dispatch_failed");
    door.api(
        "chat.postMessage",
        "{'channel':'C0OPS','text':'t','blocks':[{'type':'actions','elements':[{'type':'button',"
            + "'action_id':'go','text':{'type':'plain_text','text':'Go'}}]}]}");
    String ts = simulator.messages("ops").getLast().ts();
    String click = "{'as':'ann','channel':'ops','ts':'" + ts + "','action_id':'go'}";
    assertThat(Json.text(door.sim("click", click), "delivery")).isEqualTo("nobody_there");
    HttpResponse<String> wrong = door.post("click", click.replace("'go'", "'stop'"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(Json.text(Door.body(wrong), "error")).contains("'stop'", "[go]");
  }

  @Test
  void callsAreRememberedWithoutTheirTokens() throws Exception {
    door.api("chat.postMessage", "{'channel':'C0OPS','text':'t'}");
    door.api("users.list", "{}");
    JsonNode calls = door.sim("calls?method=chat.postMessage").path("calls");
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("time", "method", "arguments", "status", "result", "millis");
    assertThat(calls.toString()).doesNotContain("xoxb-simulator-bot-token");
  }

  @Test
  void envelopesShowTheirAttempts() throws Exception {
    simulator.say("ann", "@ann", "hi");
    JsonNode envelope = door.sim("envelopes").at("/envelopes/0");
    assertThat(Json.text(envelope, "type")).isEqualTo("events_api");
    assertThat(envelope.path("acked").asBoolean()).isFalse();
    assertThat(envelope.path("sent")).as("no socket is open").isEmpty();
    assertThat(Json.text(envelope.at("/payload/event"), "channel_type")).isEqualTo("im");
  }

  @Test
  void faultsAreSetListedAndCleared() throws Exception {
    JsonNode fault =
        door.sim("fault", "{'kind':'rate_limit','method':'users.list','retry_after':5}")
            .path("fault");
    assertThat(fault.path("ms").asInt()).isEqualTo(5_000);
    assertThat(fault.path("count").asInt()).isEqualTo(1);
    assertThat(door.sim("fault").path("faults")).containsExactly(fault);
    String id = Json.text(fault, "id");
    assertThat(door.sim("fault", "{'kind':'clear','id':'" + id + "'}").path("faults")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          say | {'as':'nobody','channel':'ops','text':'x'} | There is no person 'nobody'. Available: [ann, bob
          say | {'as':'dan','channel':'ops','text':'x'} | deactivated
          say | {'as':'ann','channel':'nowhere','text':'x'} | There is no conversation 'nowhere'
          say | {'as':'eve','channel':'random','text':'x'} | eve is not in #random
          say | {'as':'ann'} | The field 'channel' is missing
          say | [1] | not a JSON object
          slash | {'as':'ann','channel':'ops','command':'/other'} | There is no command '/other'
          fault | {'kind':'flood'} | There is no fault 'flood'
          fault | {'kind':'redeliver_last'} | No event has been sent yet
          person | {'user':'nobody'} | There is no person 'nobody'
          person | {'user':'ann','standing':'boss'} | There is no account type 'boss'
          group | {'group':'sre','members':['nobody']} | There is no person 'nobody'
          group | {'group':'sre','members':'ann'} | not an array of names or ids
          group | {'group':'none'} | There is no group 'none'
          """)
  void aWrongRequestIsAnsweredWithASentence(String name, String request, String sentence)
      throws Exception {
    HttpResponse<String> answer = door.post(name, request);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Json.text(Door.body(answer), "error")).contains(sentence);
  }

  @Test
  void aPersonCanBecomeSomethingElseAndTheAppReceivesIt() throws Exception {
    JsonNode changed = door.sim("person", "{'user':'gus','standing':'deactivated'}");
    assertThat(changed.path("changed").asBoolean()).isTrue();
    assertThat(door.sim("person", "{'user':'gus','standing':'deactivated'}").path("changed"))
        .as("already so")
        .isEqualTo(Json.parse("false").orElseThrow());
    JsonNode event = payloads().getFirst().path("event");
    assertThat(payloads()).hasSize(1);
    assertThat(Json.text(event, "type")).isEqualTo("user_change");
    assertThat(Json.text(event.path("user"), "id")).isEqualTo("U0GUS");
    assertThat(event.path("user").path("deleted").asBoolean()).isTrue();
    assertThat(door.api("users.info", "{'user':'U0GUS'}").path("user").path("deleted").asBoolean())
        .isTrue();
    assertThat(door.post("say", "{'as':'gus','channel':'ops','text':'x'}").statusCode())
        .isEqualTo(400);
    door.sim("reset", "{}");
    assertThat(door.post("say", "{'as':'gus','channel':'ops','text':'x'}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aGroupCanGetOtherMembersAndTheAppReceivesWhoCameAndWent() throws Exception {
    door.sim("group", "{'group':'sre','members':['ann','gus']}");
    List<JsonNode> events = payloads().stream().map(each -> each.path("event")).toList();
    assertThat(events)
        .extracting(event -> Json.text(event, "type"))
        .containsExactly("subteam_members_changed", "subteam_updated");
    assertThat(events.getFirst().path("added_users"))
        .isEqualTo(Json.strings(List.of("U0ANN", "U0GUS")));
    assertThat(events.getFirst().path("removed_users")).isEqualTo(Json.strings(List.of("U0BOB")));
    assertThat(events.getLast().at("/subteam/users"))
        .isEqualTo(Json.strings(List.of("U0ANN", "U0GUS")));
    assertThat(door.api("usergroups.users.list", "{'usergroup':'S0SRE'}").path("users"))
        .isEqualTo(Json.strings(List.of("U0ANN", "U0GUS")));
    door.sim("group", "{'group':'sre','name':'Reliability'}");
    assertThat(payloads())
        .extracting(each -> Json.text(each.path("event"), "type"))
        .containsExactly("subteam_members_changed", "subteam_updated", "subteam_updated");
  }
}
