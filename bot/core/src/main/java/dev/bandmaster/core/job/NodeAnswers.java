package dev.bandmaster.core.job;

import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.plugin.NodeStatus;
import java.time.Duration;

/** What a node's answer makes of its part in a job. Pure. */
final class NodeAnswers {
  private NodeAnswers() {}

  /** The part after an answer; what was printed is added by the one that keeps it. */
  static NodeWork advance(NodeWork work, ReportBody body, Duration latency) {
    boolean concluded = work.status().isFinal();
    return switch (body) {
      case ReportBody.Accepted(Duration heartbeat) ->
          concluded ? work : running(work, work.message(), latency).beating(heartbeat);
      case ReportBody.Started(), ReportBody.Heartbeat() ->
          concluded ? work : running(work, work.message(), latency);
      case ReportBody.Output _ -> concluded ? work : running(work, work.message(), latency);
      case ReportBody.Progress(String key, String value) ->
          concluded
              ? work
              : running(work, value.isEmpty() ? key : key + ": " + value, latency)
                  .reported(key, value, latency);
      case ReportBody.Final end -> ended(work, end, latency);
    };
  }

  private static NodeWork running(NodeWork work, String message, Duration latency) {
    return work.with(NodeStatus.RUNNING, message, work.data(), latency);
  }

  /** A duplicate stands for the end it carries; without one, that end is on its way. */
  private static NodeWork ended(NodeWork work, ReportBody.Final end, Duration latency) {
    if (end.code() == FinalCode.DUPLICATE) {
      return end.stored()
          .map(stored -> work.with(status(stored.code()), stored.message(), stored.data(), latency))
          .orElse(work);
    }
    return work.with(status(end.code()), end.message(), end.data(), latency);
  }

  /** Whether the bot said so for lack of an answer, which the node itself may correct. */
  static boolean isOurConclusion(NodeStatus status) {
    return status == NodeStatus.NO_ANSWER
        || status == NodeStatus.UNROUTABLE
        || status == NodeStatus.LOST;
  }

  private static NodeStatus status(FinalCode code) {
    return switch (code) {
      case OK -> NodeStatus.OK;
      case FAILED -> NodeStatus.FAILED;
      case TIMEOUT -> NodeStatus.TIMEOUT;
      case DENIED -> NodeStatus.DENIED;
      case INVALID -> NodeStatus.INVALID;
      case EXPIRED -> NodeStatus.EXPIRED;
      case LOST -> NodeStatus.LOST;
      case DUPLICATE -> NodeStatus.DUPLICATE;
      case CANCELLED -> NodeStatus.CANCELLED;
      case UNKNOWN_ACTION -> NodeStatus.UNKNOWN_ACTION;
    };
  }
}
