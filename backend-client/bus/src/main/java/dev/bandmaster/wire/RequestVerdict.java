package dev.bandmaster.wire;

import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.RejectedMessage;

/** What a node made of a request. */
public sealed interface RequestVerdict {
  /** Signed by a trusted bot, within its time, for this node, and every hint around it agrees. */
  record Genuine(Request request) implements RequestVerdict {}

  /** A genuine broadcast whose filter does not hold here: nothing to do and nothing to say. */
  record NotMeant(String request) implements RequestVerdict {}

  /** From a trusted bot, but not to be run; the bot deserves a final with this code and reason. */
  record Refused(String request, String replyTo, FinalCode code, String reason)
      implements RequestVerdict {}

  /** Not to be trusted. */
  record Untrusted(RejectedMessage rejected) implements RequestVerdict {}
}
