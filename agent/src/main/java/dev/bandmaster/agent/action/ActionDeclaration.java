package dev.bandmaster.agent.action;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * One action as the agent offers it.
 *
 * @param name what a request calls it
 * @param summary one line for people
 * @param weight whether it changes the node or takes time
 * @param schema JSON Schema (2020-12) of the arguments, always an object
 * @param timeout how long it may run at most; a request's own deadline can only shorten it
 * @param handler what it does
 */
public record ActionDeclaration(
    String name,
    String summary,
    Weight weight,
    JsonNode schema,
    Duration timeout,
    ActionHandler handler) {

  /** How much ceremony an action needs. */
  public enum Weight {
    /**
     * Changes nothing and answers at once: one final reply, remembered in memory only, so that a
     * thousand nodes answer a ping with a thousand messages and no disk waits.
     */
    QUICK,
    /** Anything else: journalled before it is accepted, supervised, reported step by step. */
    JOB
  }

  /** Time that is plenty for what answers at once. */
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  /** An action that changes nothing and answers at once. */
  public static ActionDeclaration quick(
      String name, String summary, JsonNode schema, ActionHandler handler) {
    return new ActionDeclaration(name, summary, Weight.QUICK, schema, AT_ONCE, handler);
  }

  public ActionDeclaration {
    if (!schema.isObject()) {
      throw new IllegalArgumentException("The schema of " + name + " is not a JSON object.");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("The action " + name + " has no time limit.");
    }
  }
}
