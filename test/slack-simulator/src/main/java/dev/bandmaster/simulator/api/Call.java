package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A Web API call that was answered, without its tokens.
 *
 * @param at when it came
 * @param method the method's name
 * @param arguments its arguments; tokens are cut short
 * @param status the HTTP status of the answer; 0 where the connection was dropped
 * @param result the body of the answer
 * @param millis how long it took, in milliseconds
 */
public record Call(
    Instant at, String method, ObjectNode arguments, int status, ObjectNode result, double millis) {
  public Call {
    arguments = arguments.deepCopy();
    result = result.deepCopy();
  }
}
