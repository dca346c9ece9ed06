package dev.bandmaster.agent.intake;

import dev.bandmaster.agent.action.ActionDeclaration;
import dev.bandmaster.agent.action.ActionDeclaration.Weight;
import dev.bandmaster.agent.job.JobRunner;
import dev.bandmaster.agent.job.ReplyChannel;
import dev.bandmaster.agent.job.ReplyChannels;
import dev.bandmaster.agent.journal.Journal;
import dev.bandmaster.agent.presence.Announcer;
import dev.bandmaster.bus.Incoming;
import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.Target;
import dev.bandmaster.model.WorkEvent;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request on the node. The bus has checked signature, times and target; here it goes
 * through the stages, in order, and is then accepted, acknowledged and run. Who can be trusted gets
 * an answer, whatever it is. Called by one thread at a time.
 */
public final class RequestIntake {

  private static final Logger LOG = LoggerFactory.getLogger(RequestIntake.class);

  private final ActionCatalogue catalogue;
  private final Journal journal;
  private final ReplyChannels channels;
  private final JobRunner runner;
  private final Announcer announcer;
  private final Duration heartbeat;
  private final List<Stage> stages;
  private volatile boolean closed;

  /**
   * An intake for one agent.
   *
   * @param config what this node accepts
   * @param heartbeat interval between heartbeats of a running job, which the requester sees
   */
  public RequestIntake(
      ActionCatalogue catalogue,
      AgentConfig config,
      Journal journal,
      ReplyChannels channels,
      JobRunner runner,
      Announcer announcer,
      Duration heartbeat,
      InstantSource clock) {
    this.catalogue = catalogue;
    this.journal = journal;
    this.channels = channels;
    this.runner = runner;
    this.announcer = announcer;
    this.heartbeat = heartbeat;
    this.stages =
        List.of(
            new FirstTime(journal),
            this::open,
            new InTime(clock),
            new KnownAction(catalogue),
            new FittingArguments(catalogue),
            new AllowedHere(config.policy(), config.env()),
            new ApprovedEnough(config.requiredApprovals(), config.acceptBypass()),
            new Journalled(catalogue, journal, clock));
  }

  /**
   * Begins no further work: what may wait stays with the broker for the node's next life, or for
   * another node, and callers that cannot wait are informed.
   */
  public void close() {
    closed = true;
  }

  private Verdict open(Request request) {
    return closed
        ? new Verdict.Refuse(
            FinalCode.FAILED, "The agent is stopping, so nothing was run. Try again later.")
        : Verdict.pass();
  }

  /** Without a receipt the broker keeps it, and delivers it again when this connection ends. */
  private boolean isLeftToTheBroker(Incoming incoming) {
    return closed
        && incoming instanceof Incoming.Genuine genuine
        && (genuine.request().delivery() == Delivery.QUEUE
            || genuine.request().target() instanceof Target.AnyOne);
  }

  /** Takes what arrived, to its end or to the beginning of its work, and acknowledges it. */
  public void take(Incoming incoming) {
    if (isLeftToTheBroker(incoming)) {
      return;
    }
    switch (incoming) {
      case Incoming.Genuine genuine -> check(genuine.request());
      case Incoming.Refused refused ->
          end(
              channels.open(refused.request(), refused.replyTo()),
              refused.code(),
              refused.reason());
      case Incoming.Untrusted untrusted -> report(untrusted.rejected());
    }
    incoming.acknowledgement().done();
  }

  private void check(Request request) {
    ReplyChannel channel = channels.open(request.id(), request.replyTo());
    switch (verdict(request)) {
      case Verdict.Pass() -> runOrReport(request, channel);
      case Verdict.Refuse(FinalCode code, String reason) -> {
        LOG.info(
            "Refused {}.{} of {}: {} {}",
            request.capability(),
            request.action(),
            request.caller().principal(),
            code,
            reason);
        end(channel, code, reason);
      }
      case Verdict.EndedBefore(ReportBody.Final end) ->
          channel.send(ReportBody.Final.duplicateOf(end));
      case Verdict.AlreadyRunning() -> channel.send(new ReportBody.Accepted(heartbeat));
    }
  }

  private Verdict verdict(Request request) {
    for (Stage stage : stages) {
      Verdict verdict;
      try {
        verdict = stage.check(request);
      } catch (Exception e) {
        LOG.error(
            "{} failed to check request {}", stage.getClass().getSimpleName(), request.id(), e);
        return new Verdict.Refuse(
            FinalCode.FAILED,
            "The agent could not check this request, so it was not run. See the agent's " + "log.");
      }
      if (!(verdict instanceof Verdict.Pass)) {
        return verdict;
      }
    }
    return Verdict.pass();
  }

  /** From here on the request is in the journal: it is run, or its end is reported. */
  private void runOrReport(Request request, ReplyChannel channel) {
    try {
      run(request, channel);
    } catch (RuntimeException | Error e) {
      LOG.error("Cannot start request {}", request.id(), e);
      ReportBody.Final end =
          new ReportBody.Final(
              FinalCode.FAILED,
              "The agent could not start this request, so it was not run. See the agent's "
                  + "log.",
              null,
              Data.none());
      try {
        journal.finish(request.id(), end);
      } catch (IOException unwritten) {
        LOG.error("Cannot record the end of {} in the journal", request.id(), unwritten);
      }
      channel.send(end);
    }
  }

  private void run(Request request, ReplyChannel channel) {
    ActionDeclaration action = catalogue.find(request).orElseThrow().action();
    if (action.weight() == Weight.JOB) {
      channel.send(new ReportBody.Accepted(heartbeat));
      announcer.announce(stamp -> new WorkEvent(stamp, request.id(), WorkEvent.Kind.ACCEPTED, ""));
    }
    runner.start(request, action, channel);
  }

  private static void end(ReplyChannel channel, FinalCode code, String reason) {
    channel.send(new ReportBody.Final(code, reason, null, Data.none()));
  }

  private void report(RejectedMessage rejected) {
    LOG.warn("Dropped a message ({}): {}", rejected.kind(), rejected.reason());
    if (rejected.suspicious()) {
      announcer.announce(stamp ->
          new AlertEvent(
              stamp, AlertEvent.Severity.WARNING, "untrusted-request", rejected.reason()));
    }
  }
}
