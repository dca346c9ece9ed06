package dev.bandmaster.core.job;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One node's part in a job.
 *
 * @param node its name
 * @param status how far it is
 * @param message the node's own sentence, or the bot's about its silence; may be empty
 * @param data structured results; nothing where there are none
 * @param latency from the broker's confirm to the newest reply
 * @param request the wave it has its work from, or empty before its turn
 * @param boot which start of the agent was seen last, or empty
 * @param sequence number of the newest reply of that boot, or zero
 * @param lastSeen when it was last seen, or got its turn
 * @param heartbeat how often it said that it will give a sign of life; zero for never
 * @param output what is kept of what it printed
 * @param steps what it has reported of its work, in the order in which it began
 */
public record NodeWork(
    String node,
    NodeStatus status,
    String message,
    Data data,
    Duration latency,
    String request,
    String boot,
    long sequence,
    Instant lastSeen,
    Duration heartbeat,
    Excerpt output,
    List<NodeStep> steps) {

  public NodeWork {
    steps = List.copyOf(steps);
  }

  /**
   * Most characters of output taken from a node. Agents bound theirs at 1 MiB; what a node sends
   * beyond that is cut off, visibly.
   */
  public static final int OUTPUT_LIMIT = 1024 * 1024 + 1024;

  static final String CUT = "\n… cut off: the node sent more than 1 MiB\n";

  /** A node whose turn has not come. */
  public static NodeWork waiting(String node) {
    return new NodeWork(
        node,
        NodeStatus.WAITING,
        "",
        Data.none(),
        Duration.ZERO,
        "",
        "",
        0,
        Instant.EPOCH,
        Duration.ZERO,
        Excerpt.EMPTY,
        List.of());
  }

  /** What people see of it. */
  public NodeOutcome outcome() {
    return new NodeOutcome(node, status, message, output.text(), data, latency);
  }

  /** Its turn: the node starts again with this request; what it printed before stays. */
  NodeWork turn(String newRequest, Instant at) {
    return new NodeWork(
        node,
        NodeStatus.WAITING,
        "",
        Data.none(),
        Duration.ZERO,
        newRequest,
        "",
        0,
        at,
        Duration.ZERO,
        output,
        List.of());
  }

  NodeWork with(NodeStatus newStatus, String newMessage, Data newData, Duration newLatency) {
    return new NodeWork(
        node,
        newStatus,
        newMessage,
        newData,
        newLatency,
        request,
        boot,
        sequence,
        lastSeen,
        heartbeat,
        output,
        steps);
  }

  /** The bot's own conclusion about the node. */
  NodeWork concluded(NodeStatus conclusion, String newMessage, Duration newLatency) {
    return with(conclusion, newMessage, data, newLatency);
  }

  NodeWork received(String newBoot, long newSequence, Instant at) {
    return new NodeWork(
        node,
        status,
        message,
        data,
        latency,
        request,
        newBoot,
        newSequence,
        at,
        heartbeat,
        output,
        steps);
  }

  NodeWork lastSeenAt(Instant at) {
    return received(boot, sequence, at);
  }

  NodeWork beating(Duration often) {
    return new NodeWork(
        node, status, message, data, latency, request, boot, sequence, lastSeen, often, output,
        steps);
  }

  /** The node has reported a step of its work. */
  NodeWork reported(String step, String note, Duration at) {
    return new NodeWork(
        node,
        status,
        message,
        data,
        latency,
        request,
        boot,
        sequence,
        lastSeen,
        heartbeat,
        output,
        NodeStep.reported(steps, step, note, at));
  }

  /** When it counts as lost unless it is seen before. */
  Optional<Instant> lostAt() {
    return heartbeat.isZero()
        ? Optional.empty()
        : Optional.of(lastSeen.plus(heartbeat.multipliedBy(JobRules.MISSED_BEATS)));
  }

  NodeWork printed(String piece) {
    return new NodeWork(
        node,
        status,
        message,
        data,
        latency,
        request,
        boot,
        sequence,
        lastSeen,
        heartbeat,
        output.and(piece),
        steps);
  }

  /** As much of a piece of output as there is room for. */
  String roomFor(String piece) {
    long room = OUTPUT_LIMIT - output.length();
    if (room <= 0) {
      return "";
    }
    return piece.length() < room
        ? piece
        : piece.substring(0, (int) Math.max(room - CUT.length(), 0)) + CUT;
  }
}
