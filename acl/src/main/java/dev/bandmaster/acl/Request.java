package dev.bandmaster.acl;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A question to the policy. A request that concerns several environments or apps is asked once for
 * each of them.
 *
 * @param action the command, such as {@code codeupdate}; modules after a colon: {@code
 *     adhoc:uptime}
 * @param app the app it is about; empty when about none
 * @param env the environment it is about; empty when about none
 * @param arguments the parsed arguments by name
 * @param targets how many nodes it would touch, once that is known
 */
public record Request(
    Principal principal,
    Channel channel,
    String action,
    String app,
    String env,
    Map<String, String> arguments,
    Optional<Targets> targets,
    Instant time) {
  public Request {
    arguments = Map.copyOf(arguments);
    if (action.isEmpty()) {
      throw new IllegalArgumentException("a request is for an action");
    }
  }

  /** The same question, now that the nodes are known. */
  public Request with(Targets known) {
    return new Request(principal, channel, action, app, env, arguments, Optional.of(known), time);
  }

  /** What is asked, as in a sentence: {@code codeupdate on prod (web)}. */
  public String inWords() {
    return action + (env.isEmpty() ? "" : " on " + env) + (app.isEmpty() ? "" : " (" + app + ")");
  }
}
