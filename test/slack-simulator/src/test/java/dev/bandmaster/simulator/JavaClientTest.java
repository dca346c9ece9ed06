package dev.bandmaster.simulator;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.event.MessageEvent;
import com.slack.api.socket_mode.SocketModeClient;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.socket.Delivery;
import dev.bandmaster.simulator.workspace.Workspace;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slack's own Java client, unchanged, against the simulator. */
final class JavaClientTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final SlackSimulator simulator =
      SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults());
  private final Slack slack = Slack.getInstance(config(simulator));

  private static SlackConfig config(SlackSimulator simulator) {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(simulator.apiUrl());
    return config;
  }

  @AfterEach
  void stop() throws Exception {
    slack.close();
    simulator.close();
  }

  private MethodsClient methods() {
    return slack.methods("xoxb-simulator-bot-token");
  }

  @Test
  void postsUpdatesAndReacts() throws Exception {
    ChatPostMessageResponse posted =
        methods().chatPostMessage(request -> request.channel("#ops").text("hello"));
    assertThat(posted.isOk()).isTrue();
    assertThat(posted.getChannel()).isEqualTo("C0OPS");
    methods()
        .chatUpdate(request -> request.channel("C0OPS").ts(posted.getTs()).text("hello again"));
    methods()
        .reactionsAdd(request -> request.channel("C0OPS").timestamp(posted.getTs()).name("eyes"));
    SeenMessage seen = simulator.messages("ops").getFirst();
    assertThat(seen.text()).isEqualTo("hello again");
    assertThat(seen.edits()).isEqualTo(1);
    assertThat(seen.reactions()).containsExactly("eyes");
  }

  @Test
  void authTestSaysWhoTheBotIs() throws Exception {
    var answer = methods().authTest(request -> request);
    assertThat(answer.getUserId()).isEqualTo("U0BANDMASTER");
    assertThat(answer.getHttpResponseHeaders().get("x-oauth-scopes"))
        .first(as(STRING))
        .contains("chat:write");
  }

  @Test
  void uploadsAFileThatAppearsAMomentLater() throws Exception {
    var uploaded =
        methods()
            .filesUploadV2(request ->
                request
                    .channel("C0OPS")
                    .filename("output.txt")
                    .content("line 1\nline 2\n")
                    .title("Output"));
    assertThat(uploaded.isOk()).isTrue();
    var shown = simulator.await("ops", message -> !message.files().isEmpty(), SOON).orElseThrow();
    assertThat(shown.files().getFirst().path("title").asText()).isEqualTo("Output");
  }

  @Test
  void boltAnswersMentionsDirectMessagesCommandsAndClicks() throws Exception {
    App app =
        new App(
            AppConfig.builder()
                .slack(slack)
                .singleTeamBotToken("xoxb-simulator-bot-token")
                .build());
    app.event(
        AppMentionEvent.class,
        (payload, context) -> {
          say(context.client(), payload.getEvent().getChannel(), payload.getEvent().getTs());
          return context.ack();
        });
    app.event(
        MessageEvent.class,
        (payload, context) -> {
          say(context.client(), payload.getEvent().getChannel(), payload.getEvent().getTs());
          return context.ack();
        });
    app.command(
        "/bandmaster",
        (request, context) -> context.ack("you said " + request.getPayload().getText()));
    app.blockAction(
        "go",
        (request, context) -> {
          context
              .client()
              .chatUpdate(update ->
                  update
                      .channel(request.getPayload().getChannel().getId())
                      .ts(request.getPayload().getMessage().getTs())
                      .blocksAsString("[]")
                      .text("clicked by " + request.getPayload().getUser().getId()));
          return context.ack();
        });
    SocketModeApp socket =
        new SocketModeApp("xapp-simulator-app-token", SocketModeClient.Backend.JavaWebSocket, app);
    try {
      socket.startAsync();
      String mention = simulator.say("ann", "#ops", "@bandmaster ping web1.example.com");
      SeenMessage answer =
          simulator
              .await(
                  "ops",
                  message ->
                      mention.equals(message.threadTs()) && message.user().equals("U0BANDMASTER"),
                  SOON)
              .orElseThrow();
      assertThat(answer.text()).isEqualTo("pong");

      simulator.say("bob", "@bob", "ping");
      assertThat(simulator.await("@bob", message -> message.text().equals("pong"), SOON))
          .isPresent();

      Delivery command = simulator.slash("ann", "ops", "/bandmaster", "status");
      assertThat(command).isInstanceOf(Delivery.Acknowledged.class);
      assertThat(simulator.messages("ops").getLast().text()).isEqualTo("you said status");
      assertThat(simulator.messages("ops").getLast().ephemeralTo()).isEqualTo("U0ANN");

      Delivery click = simulator.click("bob", "ops", answer.ts(), "go");
      assertThat(click).isInstanceOf(Delivery.Acknowledged.class);
      assertThat(simulator.await("ops", message -> message.text().equals("clicked by U0BOB"), SOON))
          .isPresent();
    } finally {
      socket.stop();
    }
  }

  private static void say(MethodsClient client, String channel, String thread)
      throws IOException, SlackApiException {
    client.chatPostMessage(request ->
        request
            .channel(channel)
            .threadTs(thread)
            .text("pong")
            .blocksAsString(
                """
                [{"type":"section","text":{"type":"mrkdwn","text":"*pong*"},
                  "accessory":{"type":"button","action_id":"go",
                               "text":{"type":"plain_text","text":"Go"}}}]
                """));
  }
}
