package dev.bandmaster.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.control.Submission;
import dev.bandmaster.simulator.time.ManualTime;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.simulator.world.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a connected app gets to answer with: triggers, modals and addresses for answers. */
@Timeout(60)
final class AppTest {
  private static final String VIEW =
      """
      {'type':'modal','title':{'type':'plain_text','text':'Deploy'},
       'submit':{'type':'plain_text','text':'Run'},'external_id':'deploy-1',
       'blocks':[{'type':'input','block_id':'app','label':{'type':'plain_text','text':'App'},
                  'element':{'type':'plain_text_input','action_id':'name'}}]}
      """;

  private final ManualTime time = new ManualTime();
  private final SlackSimulator simulator =
      SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults().withTime(time, time));
  private final Door door = new Door(simulator);
  private final AppSocket app;

  AppTest() throws Exception {
    app = AppSocket.connect(simulator, door, AppTest::answer);
  }

  @AfterEach
  void stop() {
    app.close();
    door.close();
    simulator.close();
  }

  /** Refuses the app "bad" in a modal; otherwise acknowledges with nothing. */
  private static JsonNode answer(JsonNode payload) {
    if (!Json.text(payload, "type").equals("view_submission")) {
      return MissingNode.getInstance();
    }
    String name = Json.text(payload.at("/view/state/values/app/name"), "value");
    return name.equals("bad")
        ? Json.parse("{\"response_action\":\"errors\",\"errors\":{\"app\":\"no such app\"}}")
            .orElseThrow()
        : MissingNode.getInstance();
  }

  private JsonNode command() {
    simulator.slash("ann", "ops", "/bandmaster", "form");
    return app.payloads.getLast();
  }

  private String open(String trigger) throws Exception {
    return Json.text(
        door.api("views.open", "{'trigger_id':'" + trigger + "','view':" + VIEW + "}"), "error");
  }

  @Test
  void aTriggerOpensOneModalWithinThreeSeconds() throws Exception {
    String trigger = Json.text(command(), "trigger_id");
    time.pass(Duration.ofSeconds(3));
    assertThat(open(trigger)).isEmpty();
    assertThat(open(trigger)).isEqualTo("exchanged_trigger_id");
    String late = Json.text(command(), "trigger_id");
    time.pass(Duration.ofMillis(3_001));
    assertThat(open(late)).isEqualTo("expired_trigger_id");
    assertThat(simulator.interactions().views("ann")).hasSize(1);
    assertThat(simulator.interactions().views("bob")).isEmpty();
  }

  private JsonNode publish(String type, String block, int blocks, String more) throws Exception {
    String all = String.join(",", Collections.nCopies(blocks, block));
    return door.api(
        "views.publish",
        "{'user_id':'U0ANN','view':{'type':'" + type + "','blocks':[" + all + "]}" + more + "}");
  }

  @Test
  void aHomeTabHasSlacksLimits() throws Exception {
    String divider = "{'type':'divider'}";
    JsonNode published = publish("home", divider, 100, "");
    assertThat(published.path("ok").asBoolean()).isTrue();
    String hash = Json.text(published.path("view"), "hash");
    assertThat(Json.text(publish("home", divider, 101, ""), "error"))
        .isEqualTo("invalid_arguments");
    String long3000 =
        "{'type':'section','text':{'type':'plain_text','text':'" + "x".repeat(3_000) + "'}}";
    assertThat(Json.text(publish("home", long3000, 90, ""), "error")).isEqualTo("view_too_large");
    assertThat(Json.text(publish("modal", divider, 1, ""), "error")).isEqualTo("invalid_arguments");
    assertThat(publish("home", divider, 1, ",'hash':'" + hash + "'").path("ok").asBoolean())
        .isTrue();
    assertThat(Json.text(publish("home", divider, 1, ",'hash':'" + hash + "'"), "error"))
        .isEqualTo("hash_conflict");
  }

  @Test
  void aModalStaysWithItsErrorsAndGoesWhenItIsTaken() throws Exception {
    open(Json.text(command(), "trigger_id"));
    String view = Json.text(simulator.interactions().views("ann").getFirst(), "id");
    assertThat(simulator.submit("ann", view, named("bad"))).isInstanceOf(Submission.Errors.class);
    assertThat(simulator.interactions().views("ann")).hasSize(1);
    assertThat(simulator.submit("ann", view, named("web"))).isInstanceOf(Submission.Accepted.class);
    assertThat(simulator.interactions().views("ann")).isEmpty();
  }

  @Test
  void aModalThatLacksSomethingRequiredIsNotSentAtAll() throws Exception {
    open(Json.text(command(), "trigger_id"));
    String view = Json.text(simulator.interactions().views("ann").getFirst(), "id");
    int before = app.payloads.size();
    assertThat(simulator.submit("ann", view, named("  ")))
        .isEqualTo(
            new Submission.Errors(
                Json.object().put("app", "Please complete this required field.")));
    assertThat(app.payloads).hasSize(before);
  }

  @Test
  void aNameOfAModalIsTakenWhileItIsOpen() throws Exception {
    assertThat(open(Json.text(command(), "trigger_id"))).isEmpty();
    assertThat(open(Json.text(command(), "trigger_id"))).isEqualTo("duplicate_external_ids");
  }

  @Test
  void aModalWithInputsHasAButtonThatSendsIt() throws Exception {
    String trigger = Json.text(command(), "trigger_id");
    String without = VIEW.replace("'submit':{'type':'plain_text','text':'Run'},", "");
    String refused =
        Json.text(
            door.api("views.open", "{'trigger_id':'" + trigger + "','view':" + without + "}"),
            "error");
    assertThat(refused).isEqualTo("invalid_arguments");
  }

  @Test
  void aRequiredMenuIsFilledInByAChoice() throws Exception {
    String menu =
        VIEW.replace(
            "{'type':'plain_text_input','action_id':'name'}",
            "{'type':'static_select','action_id':'name','options':"
                + "[{'text':{'type':'plain_text','text':'web'},'value':'web'}]}");
    String trigger = Json.text(command(), "trigger_id");
    door.api("views.open", "{'trigger_id':'" + trigger + "','view':" + menu + "}");
    String view = Json.text(simulator.interactions().views("ann").getFirst(), "id");
    assertThat(simulator.submit("ann", view, named(""))).isInstanceOf(Submission.Errors.class);
    assertThat(simulator.submit("ann", view, named("web"))).isEqualTo(new Submission.Accepted());
  }

  private static JsonNode named(String name) {
    return Json.parse("{\"app\":{\"name\":\"" + name + "\"}}").orElseThrow();
  }

  private HttpResponse<String> respond(String url, String json) throws Exception {
    int slash = url.lastIndexOf('/') + 1;
    return door.post(url.substring(0, slash), url.substring(slash), json);
  }

  @Test
  void anAddressForAnswersWorksFiveTimes() throws Exception {
    String url = Json.text(command(), "response_url");
    for (int i = 0; i < 5; i++) {
      assertThat(respond(url, "{'text':'answer'}").statusCode()).isEqualTo(200);
    }
    HttpResponse<String> sixth = respond(url, "{'text':'answer'}");
    assertThat(sixth.statusCode()).isEqualTo(404);
    assertThat(Json.text(Door.body(sixth), "error")).isEqualTo("used_url");
    assertThat(simulator.messages("ops"))
        .hasSize(5)
        .extracting(SeenMessage::ephemeralTo)
        .containsOnly("U0ANN");
  }

  @Test
  void anAddressForAnswersLivesHalfAnHour() throws Exception {
    String url = Json.text(command(), "response_url");
    time.pass(Duration.ofMinutes(30));
    assertThat(respond(url, "{'text':'for all','response_type':'in_channel'}").statusCode())
        .isEqualTo(200);
    assertThat(simulator.messages("ops").getFirst().ephemeralTo()).isNull();
    time.pass(Duration.ofSeconds(1));
    assertThat(Json.text(Door.body(respond(url, "{'text':'late'}")), "error"))
        .isEqualTo("expired_url");
  }

  @Test
  void aClickMayReplaceOrDeleteItsMessage() throws Exception {
    door.api(
        "chat.postMessage",
        "{'channel':'C0OPS','text':'choose','blocks':[{'type':'actions','elements':"
            + "[{'type':'button','action_id':'go','value':'7',"
            + "'text':{'type':'plain_text','text':'Go'}}]}]}");
    String ts = simulator.messages("ops").getFirst().ts();
    simulator.click("bob", "ops", ts, "go");
    JsonNode click = app.payloads.getLast();
    assertThat(Json.text(click.at("/actions/0"), "value")).isEqualTo("7");
    assertThat(Json.text(click.path("user"), "id")).isEqualTo("U0BOB");
    String url = Json.text(click, "response_url");
    respond(url, "{'replace_original':true,'text':'chosen'}");
    assertThat(simulator.messages("ops").getFirst().text()).isEqualTo("chosen");
    assertThat(simulator.messages("ops").getFirst().actionIds()).isEmpty();
    respond(url, "{'delete_original':true}");
    assertThat(simulator.messages("ops")).isEmpty();
  }
}
