package dev.bandmaster.engine.pipeline;

import dev.bandmaster.acl.Channel;
import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Principal;
import dev.bandmaster.acl.Request;
import java.util.Optional;

/** The policy in force, whichever that is at the moment of the question. */
public interface AccessRules {

  /** Decides. Never throws; what cannot be decided is denied. */
  Decision decide(Request request);

  /** Whether any rule could allow the action here, for some environment and application. */
  boolean couldEverAllow(Principal principal, Channel channel, String action);

  /**
   * Whether any rule could allow the action here, in this environment and on this application;
   * empty for any.
   */
  boolean couldEverAllow(
      Principal principal,
      Channel channel,
      String action,
      Optional<String> env,
      Optional<String> app);

  /**
   * The id of a channel in which the rules allow what they deny here, perhaps once others approve;
   * empty if it is denied for another reason than the place.
   */
  default Optional<String> elsewhere(Request denied) {
    return Optional.empty();
  }
}
