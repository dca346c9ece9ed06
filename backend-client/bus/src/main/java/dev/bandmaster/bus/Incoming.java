package dev.bandmaster.bus;

import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.wire.Request;

/** What the bus made of a delivery. Whatever it is, it has to be acknowledged. */
public sealed interface Incoming {
  Acknowledgement acknowledgement();

  /**
   * Signed by a trusted bot, within its time, meant for this node (for a broadcast: the filter
   * holds), and every hint around it agrees. Whether its id was seen before is for the receiver to
   * say.
   *
   * @param redelivered the broker may have delivered it before
   */
  record Genuine(Request request, boolean redelivered, Acknowledgement acknowledgement)
      implements Incoming {}

  /**
   * From a trusted bot, but not to be run: {@code EXPIRED} or {@code INVALID}. The bot deserves a
   * final with this code and reason.
   */
  record Refused(
      String request,
      String replyTo,
      FinalCode code,
      String reason,
      Acknowledgement acknowledgement)
      implements Incoming {}

  /**
   * Not to be trusted: no answer, since nobody knows who would get it, but an alert when it is
   * suspicious.
   */
  record Untrusted(RejectedMessage rejected, Acknowledgement acknowledgement) implements Incoming {}
}
