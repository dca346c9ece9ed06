package dev.bandmaster.core.job;

import dev.bandmaster.core.job.Wave.Kind;
import dev.bandmaster.core.job.Wave.Phase;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.NodeStatus;
import java.util.List;
import java.util.Optional;

/** What the broker and the nodes say of a job. */
final class NodeReportHandler {
  private final JobDraft draft;

  NodeReportHandler(JobDraft draft) {
    this.draft = draft;
  }

  /** The first choice counts: the wave may have been sent by it. */
  void assigned(String request, String handle) {
    int at = draft.waves.find(request);
    if (at >= 0
        && draft.waves.get(at).phase() == Phase.SENDING
        && draft.waves.get(at).handle().isEmpty()) {
      draft.waves.set(at, draft.waves.get(at).foundBy(Optional.of(handle)));
    }
  }

  void dispatched(String request, List<String> absent, Optional<String> handle) {
    int at = draft.waves.find(request);
    if (at < 0) {
      return;
    }
    begun(at, handle);
    switch (draft.waves.get(at).kind()) {
      case WORK -> absent.forEach(node -> nobodyListens(request, node));
      case CHECK -> absent.forEach(node -> draft.unwell(at, node, "cannot be reached"));
      case CANCEL -> {}
    }
  }

  /** The backend has the wave, or an answer to it has overtaken the confirmation. */
  private void begun(int at, Optional<String> handle) {
    Wave wave = draft.waves.get(at);
    if (wave.phase() != Phase.SENDING) {
      // An answer has overtaken the confirmation, which alone knows how the work is found again.
      if (wave.phase() == Phase.RUNNING && wave.handle().isEmpty() && handle.isPresent()) {
        draft.waves.set(at, wave.foundBy(handle));
      }
      return;
    }
    draft.note = draft.cancelledBy.isPresent() || draft.held ? draft.note : "";
    if (wave.kind() == Kind.CANCEL) {
      draft.waves.set(at, wave.confirmed(draft.now, handle).in(Phase.DONE));
      return;
    }
    draft.waves.set(at, wave.confirmed(draft.now, handle));
    if (draft.status == JobStatus.QUEUED) {
      draft.status = JobStatus.RUNNING;
      draft.dispatched = Optional.of(draft.now);
    }
  }

  private void nobodyListens(String request, String node) {
    draft.nodes.computeIfPresent(
        node,
        (name, work) ->
            work.status() == NodeStatus.WAITING && work.request().equals(request)
                ? work.concluded(
                    NodeStatus.UNROUTABLE, "no agent is listening", draft.latency(request))
                : work);
  }

  void unroutable(String request, String reason) {
    int at = draft.waves.find(request);
    if (at < 0 || draft.waves.get(at).phase() != Phase.SENDING) {
      return;
    }
    Wave wave = draft.waves.get(at);
    switch (wave.kind()) {
      case WORK -> {
        draft.note = reason;
        wave.nodes().forEach(node -> nobodyListens(request, node));
        if (wave.nodes().isEmpty()) {
          draft.waves.set(at, wave.in(Phase.DONE));
        }
      }
      case CHECK -> wave.nodes().forEach(node -> draft.unwell(at, node, "cannot be reached"));
      case CANCEL -> draft.waves.set(at, wave.in(Phase.DONE));
    }
  }

  void delayed(String request, String reason) {
    if (draft.waves.isIn(request, Phase.SENDING)) {
      draft.note = reason;
    }
  }

  void replied(TargetReport reply) {
    int at = draft.waves.find(reply.request());
    if (at < 0) {
      return;
    }
    begun(at, Optional.empty());
    switch (draft.waves.get(at).kind()) {
      case WORK -> worked(at, reply);
      case CHECK -> checked(at, reply);
      case CANCEL -> {}
    }
  }

  private void worked(int at, TargetReport reply) {
    String request = reply.request();
    NodeWork work = draft.nodes.get(reply.node());
    if (work == null) {
      if (!isOpenTo(at, reply)) {
        return;
      }
      // A broadcast reached a node that presence did not know.
      work = NodeWork.waiting(reply.node()).turn(request, draft.now);
    }
    boolean seen = !reply.isNewerThan(work.boot(), work.sequence()) && !isOvertakenEnd(work, reply);
    boolean open = !work.status().isFinal() || NodeAnswers.isOurConclusion(work.status());
    if (!work.request().equals(request) || seen || !open) {
      return;
    }
    long newest =
        reply.boot().equals(work.boot())
            ? Math.max(reply.sequence(), work.sequence())
            : reply.sequence();
    NodeWork received = work.received(reply.boot(), newest, draft.now);
    NodeWork advanced = NodeAnswers.advance(received, reply.body(), draft.latency(request));
    draft.nodes.put(
        reply.node(),
        reply.body() instanceof ReportBody.Output(String _, String text)
            ? printed(advanced, text)
            : advanced);
    endWithStandIn(reply);
    dropStandIn(reply);
  }

  /** Where the name that stood for the hosts has ended, no host of the same work goes on. */
  private void endWithStandIn(TargetReport reply) {
    if (draft.rules.standIn().equals(Optional.of(reply.node()))
        && reply.body() instanceof ReportBody.Final) {
      draft.endWithStandIn();
    }
  }

  /**
   * The hosts of work whose hosts were not known have all reported: nothing has to stand for them
   * any more. Where it ended otherwise, or without any host, the name that stood for them says so.
   */
  private void dropStandIn(TargetReport reply) {
    if (draft.rules.standIn().equals(Optional.of(reply.node()))
        && reply.body() instanceof ReportBody.Final end
        && end.code() == FinalCode.OK
        && draft.nodes.size() > 1) {
      draft.nodes.remove(reply.node());
    }
  }

  /** An end counts also when something with a higher number has overtaken it. */
  private static boolean isOvertakenEnd(NodeWork work, TargetReport reply) {
    return reply.body() instanceof ReportBody.Final && reply.boot().equals(work.boot());
  }

  /** Nobody would wait for the end of what begins after the wave's own. */
  private boolean isOpenTo(int at, TargetReport reply) {
    return reply.body() instanceof ReportBody.Final || draft.waves.get(at).phase() != Phase.DONE;
  }

  private NodeWork printed(NodeWork work, String text) {
    String piece = work.roomFor(text);
    if (piece.isEmpty()) {
      return work;
    }
    draft.effects.add(new JobEffect.Keep(work.node(), work.output().length(), piece));
    return work.printed(piece);
  }

  private void checked(int at, TargetReport reply) {
    if (reply.body() instanceof ReportBody.Final end) {
      if (end.code() == FinalCode.OK) {
        draft.answered(at, reply.node());
      } else {
        draft.unwell(at, reply.node(), end.message());
      }
    }
  }
}
