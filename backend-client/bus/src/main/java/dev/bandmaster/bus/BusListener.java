package dev.bandmaster.bus;

import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.model.WorkEvent;
import java.util.List;

/**
 * Where the bot's bus puts what arrives. Events have one thread, and the replies of each adopted
 * lease have one, so a slow {@link #replies} does not hold up {@link #presence}, and {@link
 * #replies} may be called for several leases at the same time.
 */
public interface BusListener {
  /**
   * Replies in the order in which they arrived, at most 500. They are acknowledged after this
   * returns; when it throws they come again, so a reply may be seen twice. One that makes it throw
   * again and again, while others succeed, is discarded in the end, see {@link #discarded}; as long
   * as none succeeds, none is lost.
   *
   * @param lease the lease to whose address they were sent
   * @throws NotForUs when the lease is not held here: the replies go back to its queue, and this
   *     process takes no more of them
   */
  void replies(String lease, List<TargetReport> batch);

  /** Presence events in the order in which they arrived, at most 500. */
  void presence(List<PresenceEvent> batch);

  /**
   * A node asks to be trusted, and has proven that it holds the key. Asked again whenever the node
   * connects.
   */
  void enrolment(Enrolment enrolment);

  /** A message was dropped. */
  void rejected(RejectedMessage message);

  /**
   * A message was given up that could be read and not be processed: it alone made this listener
   * throw, many times.
   *
   * @param routingKey where it was sent, which names the node
   */
  default void discarded(String routingKey, String reason) {}

  /** The connection came or went. Called by the connection's thread: be quick. */
  void stateChanged(BusState state);

  /**
   * An alert from a node; shared by all replicas: one of them gets it, and again when this throws.
   */
  default void alert(AlertEvent alert) {}

  /** A job's life on a node. */
  default void job(WorkEvent event) {}
}
