package dev.bandmaster.bot.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.wire.FinalCode;
import dev.bandmaster.wire.Reply;
import dev.bandmaster.wire.ReplyBody;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a job goes on: {@code (state, events, now) → state}. Pure.
 *
 * <p>Three things hold whatever arrives and in whatever order: a node that is done stays done
 * except that the node's own final corrects the bot's conclusion about its silence; a reply that
 * was seen before changes nothing; and after the deadline every node has a final status.
 */
public final class JobMachine {
  private JobMachine() {}

  /** Applies events in their order; the state is copied once for all of them. */
  public static JobState apply(JobState state, List<JobEvent> events, Instant now) {
    Draft draft = new Draft(state, now);
    events.forEach(draft::apply);
    return draft.finish();
  }

  /** A state under change; lives for one call. */
  private static final class Draft {
    private final JobState before;
    private final Map<String, NodeWork> nodes;
    private final Instant now;
    private JobStatus status;
    private String note;
    private Optional<Instant> dispatched;

    Draft(JobState state, Instant now) {
      this.before = state;
      this.nodes = new TreeMap<>(state.nodes());
      this.now = now;
      this.status = state.status();
      this.note = state.note();
      this.dispatched = state.dispatched();
    }

    void apply(JobEvent event) {
      switch (event) {
        case JobEvent.Dispatched(List<String> absent) -> dispatched(absent);
        case JobEvent.Unroutable(String reason) -> {
          note = reason;
          concludeOpen(NodeStatus.UNROUTABLE, "nobody listens");
        }
        case JobEvent.Delayed(String reason) -> {
          if (status == JobStatus.QUEUED) {
            note = reason;
          }
        }
        case JobEvent.Replied(Reply reply) -> replied(reply);
        case JobEvent.DeadlinePassed() -> concludeOpen(NodeStatus.NO_ANSWER, "");
      }
    }

    private void dispatched(List<String> absent) {
      if (status == JobStatus.QUEUED) {
        status = JobStatus.RUNNING;
        dispatched = Optional.of(now);
        note = "";
      }
      for (String node : absent) {
        nodes.computeIfPresent(
            node,
            (name, work) ->
                work.status() == NodeStatus.WAITING
                    ? work.concluded(NodeStatus.UNROUTABLE, "nobody listens", latency())
                    : work);
      }
    }

    private void replied(Reply reply) {
      boolean begins = !(reply.body() instanceof ReplyBody.Final);
      if (begins && !nodes.containsKey(reply.node()) && allDone()) {
        // Nobody would wait for the end of what begins after the job's own.
        return;
      }
      NodeWork work = nodes.getOrDefault(reply.node(), NodeWork.waiting(reply.node()));
      if (reply.boot().equals(work.boot()) && reply.sequence() <= work.sequence()) {
        return;
      }
      NodeWork heard = work.heard(reply.boot(), reply.sequence());
      boolean open = !work.status().isFinal() || isOurConclusion(work.status());
      if (!open) {
        return;
      }
      if (status == JobStatus.QUEUED) {
        // The answer overtook the broker's confirm.
        status = JobStatus.RUNNING;
        dispatched = Optional.of(now);
        note = "";
      }
      nodes.put(reply.node(), advance(heard, reply.body()));
    }

    private NodeWork advance(NodeWork work, ReplyBody body) {
      boolean concluded = work.status().isFinal();
      return switch (body) {
        case ReplyBody.Accepted() -> concluded ? work : running(work, work.outcome().message());
        case ReplyBody.Started() -> concluded ? work : running(work, work.outcome().message());
        case ReplyBody.Heartbeat() -> concluded ? work : running(work, work.outcome().message());
        case ReplyBody.Progress(String key, String value) ->
            concluded ? work : running(work, value.isEmpty() ? key : key + ": " + value);
        case ReplyBody.Output(String stream, String text) ->
            (concluded ? work : running(work, work.outcome().message())).printed(text);
        case ReplyBody.Final end ->
            work.with(status(end.code()), end.message(), data(end), latency());
      };
    }

    private NodeWork running(NodeWork work, String message) {
      return work.with(NodeStatus.RUNNING, message, work.outcome().data(), latency());
    }

    private void concludeOpen(NodeStatus conclusion, String message) {
      nodes.replaceAll((name, work) ->
          work.status().isFinal() ? work : work.concluded(conclusion, message, latency()));
    }

    /** From dispatch to now, or zero when the clock was set back in between. */
    private Duration latency() {
      Duration latency = Duration.between(dispatched.orElse(now), now);
      return latency.isNegative() ? Duration.ZERO : latency;
    }

    private boolean allDone() {
      return nodes.values().stream().allMatch(node -> node.status().isFinal());
    }

    JobState finish() {
      boolean allDone = allDone();
      if (allDone) {
        status = end();
      }
      Optional<Instant> ended =
          before.ended().isPresent() || !allDone ? before.ended() : Optional.of(now);
      return new JobState(status, nodes, note, dispatched, ended);
    }

    private JobStatus end() {
      long good = nodes.values().stream().filter(node -> node.status() == NodeStatus.OK).count();
      if (good == nodes.size() && good > 0) {
        return JobStatus.SUCCEEDED;
      }
      return good == 0 ? JobStatus.FAILED : JobStatus.PARTLY_FAILED;
    }
  }

  /** Whether the bot said so for lack of an answer, which the node itself may correct. */
  private static boolean isOurConclusion(NodeStatus status) {
    return status == NodeStatus.NO_ANSWER || status == NodeStatus.UNROUTABLE;
  }

  /** On the bus "no data" is null; everywhere else it is a missing node. */
  private static JsonNode data(ReplyBody.Final end) {
    return end.data().isNull() ? MissingNode.getInstance() : end.data();
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
