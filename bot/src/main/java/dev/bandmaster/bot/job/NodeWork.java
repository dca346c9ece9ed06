package dev.bandmaster.bot.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import java.time.Duration;

/**
 * One node's part in a job.
 *
 * @param outcome what people see of it
 * @param boot which start of the agent was heard last, or empty
 * @param sequence number of the newest reply of that boot, or zero
 */
public record NodeWork(NodeOutcome outcome, String boot, long sequence) {

  /**
   * Most characters of output kept for a node. Agents bound theirs at 1 MiB; a node that does not
   * keep to that is cut off here, visibly.
   */
  public static final int OUTPUT_LIMIT = 1024 * 1024 + 1024;

  private static final String CUT = "\n… cut off: the node sent more than 1 MiB\n";

  /** A node that has not been heard. */
  public static NodeWork waiting(String node) {
    return new NodeWork(
        new NodeOutcome(node, NodeStatus.WAITING, "", "", MissingNode.getInstance(), Duration.ZERO),
        "",
        0);
  }

  public NodeStatus status() {
    return outcome.status();
  }

  NodeWork with(NodeStatus status, String message, JsonNode data, Duration latency) {
    return new NodeWork(
        new NodeOutcome(outcome.node(), status, message, outcome.output(), data, latency),
        boot,
        sequence);
  }

  /** The bot's own conclusion about the node. */
  NodeWork concluded(NodeStatus status, String message, Duration latency) {
    return with(status, message, outcome.data(), latency);
  }

  NodeWork printed(String text) {
    String before = outcome.output();
    if (before.length() >= OUTPUT_LIMIT) {
      return this;
    }
    String after = before + text;
    if (after.length() >= OUTPUT_LIMIT) {
      after = after.substring(0, OUTPUT_LIMIT - CUT.length()) + CUT;
    }
    return new NodeWork(
        new NodeOutcome(
            outcome.node(),
            outcome.status(),
            outcome.message(),
            after,
            outcome.data(),
            outcome.latency()),
        boot,
        sequence);
  }

  NodeWork heard(String newBoot, long newSequence) {
    return new NodeWork(outcome, newBoot, newSequence);
  }
}
