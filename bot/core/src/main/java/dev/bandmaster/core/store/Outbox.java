package dev.bandmaster.core.store;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.SendMethod;
import dev.bandmaster.core.store.Change.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the chat is to show. An item has the content that is wanted and a version of it; anyone who
 * sends it notes which version is there. Any number of redraws between two sendings are one.
 *
 * <p>An item is claimed before it is sent, and what became of it is noted only by the one that
 * still holds that claim. So several senders may work on one outbox: at worst something is sent
 * twice, and what the chat shows in the end is the newest content. A claim that ran out without a
 * word leaves a doubt: the item may have been posted, so it is looked for before it is posted
 * again.
 */
public interface Outbox {

  /**
   * Items whose newest version is not there yet, which may be tried now and which nobody is
   * sending, the urgent first. Only a look: somebody else may claim them in the meantime.
   */
  default List<Item> due(Instant now, int limit) {
    return due(now, Held.NOTHING, limit, limit);
  }

  /**
   * The same without what could not be sent now, and fairly: of each lane at most so many, and of
   * none a second item before the first one of every other. What is held costs nothing, however
   * much of it waits. An item that cannot be read is parked and is not among them.
   *
   * @param held what would have to wait
   * @param perLane items of one lane and urgency
   */
  List<Item> due(Instant now, Held held, int perLane, int limit);

  /**
   * Claims those of the given items that are still due.
   *
   * @param holder who sends them; at most 200 characters
   * @param lease for how long nobody else may send them
   */
  List<Claim> claim(String holder, Instant now, Duration lease, List<String> ids);

  /**
   * Gives back what somebody had claimed who is known to be dead; where only one process can use
   * the store at a time, whatever anybody had claimed. It is due at once.
   */
  void releaseClaims(String holder);

  /** The next moment from which an item may be tried that may not be tried now. */
  Optional<Instant> nextAttempt(Instant now);

  /**
   * This version is there. If the claim was lost in the meantime, the item is drawn once more,
   * since it is not known who came last.
   *
   * @param timestamp where it is shown, or empty where the item has none
   */
  Settled sent(Claim claim, String timestamp);

  /** It did not work; try again at the given time. */
  void postpone(Claim claim, Instant next, boolean uncertain, String reason);

  /** The message is gone from the chat: post it again. */
  void repost(Claim claim);

  /**
   * It will never work in this form; it is kept for inspection, and tried again once redrawn.
   *
   * @param word what somebody is to be told of it
   */
  void park(Claim claim, String reason, Optional<Change.PostMessage> word);

  /** What an item is to show now; empty if it is not kept. */
  Optional<Outbound> content(String id);

  /** The id of the item that is shown in a channel under a timestamp; empty if none is known. */
  Optional<String> at(String channel, String timestamp);

  /** Where an item is shown, for what belongs under it. */
  Shown shown(String id);

  /** Where an item is shown. */
  sealed interface Shown {
    record At(String timestamp) implements Shown {}

    /** It is still to be sent. */
    record NotYet() implements Shown {}

    /** It was given up or forgotten. */
    record Never() implements Shown {}
  }

  /** Where an item is shown, as far as it is known. */
  default Optional<String> timestamp(String id) {
    return shown(id) instanceof Shown.At(String timestamp)
        ? Optional.of(timestamp)
        : Optional.empty();
  }

  /** Whether all of these wait, and nobody has begun to send any of them. */
  boolean areUntouched(List<String> ids);

  /** How many items wait. */
  long waiting();

  /** How many items were given up. */
  long parked();

  /** What shares the limits of the chat service: what goes to one channel by one method. */
  record Lane(SendMethod method, String channel) {
    /** Of an item as it is to be sent now. */
    public static Lane of(Item item) {
      Outbound content = item.content();
      return new Lane(SendMethod.of(content, item.timestamp().isPresent()), content.channel());
    }
  }

  /**
   * What has to wait now, and is not worth reading.
   *
   * @param methods that have to wait in every channel, and from which urgency on
   * @param lanes that have to wait, and from which urgency on
   */
  record Held(Map<SendMethod, Urgency> methods, Map<Lane, Urgency> lanes) {
    /** All may be sent. */
    public static final Held NOTHING = new Held(Map.of(), Map.of());

    public Held {
      methods = Map.copyOf(methods);
      lanes = Map.copyOf(lanes);
    }

    /** Whether everything of a method and an urgency has to wait. */
    public boolean holds(SendMethod method, Urgency urgency) {
      Urgency from = methods.get(method);
      return from != null && urgency.compareTo(from) >= 0;
    }

    /** Whether what goes this way with this urgency has to wait. */
    public boolean holds(Lane lane, Urgency urgency) {
      Urgency from = lanes.get(lane);
      return holds(lane.method(), urgency) || (from != null && urgency.compareTo(from) >= 0);
    }
  }

  /**
   * An item to be sent.
   *
   * @param version grows with each redraw
   * @param timestamp where it is shown already
   * @param attempts failed ones since the last success
   * @param uncertain whether an earlier attempt may have been received
   */
  record Item(
      String id,
      Outbound content,
      Urgency urgency,
      long version,
      Optional<String> timestamp,
      int attempts,
      boolean uncertain) {}

  /**
   * The right to send an item and to note what became of it.
   *
   * @param number how often the item has been claimed, this one included
   */
  record Claim(Item item, String holder, long number) {}

  /**
   * How a note was taken.
   *
   * @param held whether the claim was still held
   * @param surplus the timestamp of a message that was posted although another sender had posted it
   */
  record Settled(boolean held, Optional<String> surplus) {}
}
