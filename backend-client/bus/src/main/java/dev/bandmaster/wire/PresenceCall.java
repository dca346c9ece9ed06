package dev.bandmaster.wire;

import dev.bandmaster.model.PresenceEvent;

/**
 * The one request that every node understands whatever it offers: "show yourselves". A node answers
 * with its key and an {@link PresenceEvent.Update}, not with replies. A bot sends it when it starts
 * and whenever it was away, since presence that was told meanwhile is gone.
 */
public final class PresenceCall {
  public static final String CAPABILITY = "presence";
  public static final String ACTION = "announce";

  private PresenceCall() {}

  public static boolean is(Request request) {
    return request.capability().equals(CAPABILITY) && request.action().equals(ACTION);
  }
}
