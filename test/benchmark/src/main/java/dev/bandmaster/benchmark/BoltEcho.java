package dev.bandmaster.benchmark;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.context.builtin.EventContext;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.methods.SlackApiException;
import com.slack.api.model.event.MessageEvent;
import com.slack.api.socket_mode.SocketModeClient;
import dev.bandmaster.simulator.SlackSimulator;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The smallest bot that Slack's own Bolt makes: it says what it was told, in the thread. */
final class BoltEcho implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BoltEcho.class);

  private final Slack slack;
  private final SocketModeApp socket;

  /** When an event is acknowledged. */
  enum Acknowledging {
    /** At once; the echo is said by another thread. */
    FIRST,
    /** After the echo, as in Bolt's own examples. */
    LAST
  }

  private BoltEcho(Slack slack, SocketModeApp socket) {
    this.slack = slack;
    this.socket = socket;
  }

  /** Connects one to the simulator. */
  static BoltEcho start(SlackSimulator simulator, Acknowledging when) throws Exception {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(simulator.apiUrl());
    Slack slack = Slack.getInstance(config);
    App app =
        new App(
            AppConfig.builder()
                .slack(slack)
                .singleTeamBotToken(simulator.workspace().bot().botToken())
                .build());
    app.event(
        MessageEvent.class,
        (payload, context) -> {
          switch (when) {
            case FIRST -> app.executorService().execute(() -> echo(payload.getEvent(), context));
            case LAST -> echo(payload.getEvent(), context);
          }
          return context.ack();
        });
    SocketModeApp socket =
        new SocketModeApp(
            simulator.workspace().bot().appToken(), SocketModeClient.Backend.JavaWebSocket, app);
    socket.startAsync();
    return new BoltEcho(slack, socket);
  }

  private static void echo(MessageEvent message, EventContext context) {
    try {
      context
          .client()
          .chatPostMessage(request ->
              request
                  .channel(message.getChannel())
                  .threadTs(message.getTs())
                  .text(message.getText()));
    } catch (IOException | SlackApiException e) {
      LOG.warn("The echo could not be said", e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      socket.stop();
      slack.close();
    } catch (Exception e) {
      throw new IOException("the echo did not close cleanly", e);
    }
  }
}
