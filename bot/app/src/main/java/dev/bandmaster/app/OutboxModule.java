package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.outbox.OutboxSender;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from the outbox to the chat. */
final class OutboxModule {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxModule.class);

  private final Store store;
  private final OutboxSender sender;

  OutboxModule(
      BotConfig config,
      StoreModule stores,
      AlertModule alerts,
      ChatModule chat,
      ApiModule api,
      RandomGenerator random,
      Lifecycle lifecycle) {
    store = stores.store();
    sender =
        lifecycle.own(
            new OutboxSender(
                store.outbox(),
                api.before(alerts.watched(chat.platform().chat(), chat::isListening)),
                api.before(chat.platform().limits()),
                config.replica(),
                stores.clock(),
                random));
  }

  void start() {
    store.onShow(sender::wake);
    sender.start();
  }

  /** Waits for what can still be sent. */
  void drain() throws InterruptedException {
    try {
      if (!sender.drain(Bot.PATIENCE_AT_STOP)) {
        LOG.warn("Not everything was sent to the chat in time; the rest follows at the next start");
      }
    } catch (StoreUnavailable e) {
      LOG.warn("The outbox cannot be read at the stop: {}", e.getMessage());
    }
  }

  OutboxSender sender() {
    return sender;
  }
}
