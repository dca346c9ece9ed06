package dev.bandmaster.plugin;

import dev.bandmaster.model.Data;
import java.time.Duration;

/**
 * What is known of one node's part in a job.
 *
 * @param node the node's name
 * @param status how far it has come
 * @param message the node's own sentence, or empty
 * @param output what its processes printed, bounded by the agent
 * @param data structured results of the action; nothing where there are none
 * @param latency from dispatch to the newest reply
 */
public record NodeOutcome(
    String node, NodeStatus status, String message, String output, Data data, Duration latency) {}
