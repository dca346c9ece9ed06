package dev.bandmaster.slack;

import com.slack.api.Slack;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.listener.EnvelopeListener;
import com.slack.api.socket_mode.listener.WebSocketCloseListener;
import com.slack.api.socket_mode.listener.WebSocketErrorListener;
import com.slack.api.socket_mode.listener.WebSocketMessageListener;
import com.slack.api.socket_mode.queue.SocketModeMessageQueue;
import com.slack.api.socket_mode.request.EventsApiEnvelope;
import com.slack.api.socket_mode.request.InteractiveEnvelope;
import com.slack.api.socket_mode.request.SlashCommandsEnvelope;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The part of the SDK's interface that exposes the internals of its own clients: queues, executors,
 * addresses. This client has none of them to give away, so what can be asked is answered and what
 * would change it is refused.
 */
abstract class FixedClientProperties implements SocketModeClient {

  private final List<WebSocketMessageListener> messageListeners = new CopyOnWriteArrayList<>();
  private final List<WebSocketErrorListener> errorListeners = new CopyOnWriteArrayList<>();
  private final List<WebSocketCloseListener> closeListeners = new CopyOnWriteArrayList<>();
  private final List<EnvelopeListener<EventsApiEnvelope>> eventListeners =
      new CopyOnWriteArrayList<>();
  private final List<EnvelopeListener<InteractiveEnvelope>> interactiveListeners =
      new CopyOnWriteArrayList<>();
  private final List<EnvelopeListener<SlashCommandsEnvelope>> slashListeners =
      new CopyOnWriteArrayList<>();

  @Override
  public List<WebSocketMessageListener> getWebSocketMessageListeners() {
    return messageListeners;
  }

  @Override
  public List<WebSocketErrorListener> getWebSocketErrorListeners() {
    return errorListeners;
  }

  @Override
  public List<WebSocketCloseListener> getWebSocketCloseListeners() {
    return closeListeners;
  }

  @Override
  public List<EnvelopeListener<EventsApiEnvelope>> getEventsApiEnvelopeListeners() {
    return eventListeners;
  }

  @Override
  public List<EnvelopeListener<InteractiveEnvelope>> getInteractiveEnvelopeListeners() {
    return interactiveListeners;
  }

  @Override
  public List<EnvelopeListener<SlashCommandsEnvelope>> getSlashCommandsEnvelopeListeners() {
    return slashListeners;
  }

  /** True: the client reconnects until it is closed. */
  @Override
  public boolean isAutoReconnectEnabled() {
    return true;
  }

  /** Accepts only what holds anyway, because the SDK's app says so after each start. */
  @Override
  public void setAutoReconnectEnabled(boolean enabled) {
    if (!enabled) {
      throw fixed("reconnects until it is closed");
    }
  }

  @Override
  public boolean isAutoReconnectOnCloseEnabled() {
    return true;
  }

  @Override
  public void setAutoReconnectOnCloseEnabled(boolean enabled) {
    setAutoReconnectEnabled(enabled);
  }

  @Override
  public boolean isSessionMonitorEnabled() {
    return true;
  }

  @Override
  public void setSessionMonitorEnabled(boolean enabled) {
    throw fixed("always monitors its socket");
  }

  @Override
  public Optional<ScheduledExecutorService> getSessionMonitorExecutor() {
    return Optional.empty();
  }

  @Override
  public void setSessionMonitorExecutor(Optional<ScheduledExecutorService> executor) {
    throw fixed("monitors its socket on its own thread");
  }

  @Override
  public SocketModeMessageQueue getMessageQueue() {
    throw fixed("has no queue to poll");
  }

  @Override
  public void setMessageQueue(SocketModeMessageQueue queue) {
    throw fixed("has no queue to poll");
  }

  @Override
  public ScheduledExecutorService getMessageProcessorExecutor() {
    throw fixed("forwards envelopes on one thread per socket");
  }

  @Override
  public void setMessageProcessorExecutor(ScheduledExecutorService executor) {
    throw fixed("forwards envelopes on one thread per socket");
  }

  @Override
  public Slack getSlack() {
    throw fixed("opens its sockets itself");
  }

  @Override
  public void setSlack(Slack slack) {
    throw fixed("opens its sockets itself");
  }

  @Override
  public String getAppToken() {
    throw fixed("does not expose its token");
  }

  @Override
  public void setAppToken(String token) {
    throw fixed("does not expose its token");
  }

  @Override
  public URI getWssUri() {
    throw fixed("requests a new URL from Slack each time");
  }

  @Override
  public void setWssUri(URI address) {
    throw fixed("requests a new URL from Slack each time");
  }

  private static UnsupportedOperationException fixed(String what) {
    return new UnsupportedOperationException("This client " + what + ".");
  }
}
