package dev.bandmaster.app;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.store.AlreadyRecorded;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.plugin.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies the bot's operators, in the log and in their channel. */
final class OperatorNotifier {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorNotifier.class);

  private final Optional<String> channel;
  private final Store store;
  private final InstantSource clock;

  /**
   * @param channel id of the channel, if there is one
   */
  OperatorNotifier(Optional<String> channel, Store store, InstantSource clock) {
    this.channel = channel;
    this.store = store;
    this.clock = clock;
  }

  void send(String sentence) {
    LOG.info("For the operators: {}", sentence);
    // Every replica has this to say; within an hour it is one message.
    message(clock.instant().truncatedTo(ChronoUnit.HOURS) + sentence, sentence)
        .ifPresent(store::commit);
  }

  /**
   * The same, unless it was said before, by whichever replica.
   *
   * @param mark what tells it from everything else in its scope
   * @param memory how long it is remembered that it was said
   */
  void sendOnce(String scope, String mark, Duration memory, String sentence) {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.IdempotencyKey("owners:" + scope, mark, clock.instant().plus(memory)));
    message(scope + mark, sentence).ifPresent(changes::add);
    try {
      store.commit(changes);
      LOG.info("For the operators: {}", sentence);
    } catch (AlreadyRecorded saidBefore) {
      LOG.debug("Said before: {}", sentence);
    }
  }

  private Optional<Change> message(String identity, String sentence) {
    return channel.map(id ->
        new Change.PostMessage(
            "owners:" + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)),
            new Outbound.ChannelMessage(
                new ConversationRef(id, ConversationRef.Kind.CHANNEL, Optional.empty()),
                Message.sentence(sentence),
                false),
            Urgency.SOON));
  }
}
