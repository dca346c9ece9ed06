package dev.bandmaster.backends.bus;

import dev.bandmaster.core.backend.WaveDispatch;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.json.DataJson;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.Target;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes requests of waves. */
final class RequestFactory {

  private final String collective;

  RequestFactory(String collective) {
    this.collective = collective;
  }

  Request of(WaveDispatch sent, Instant now) {
    return request(sent, target(sent.job(), sent.wave()), task(sent.job(), sent.wave()), now);
  }

  /** A request to one agent, which works on hosts of its own choice. */
  Request of(WaveDispatch sent, String agent, AgentTask task, Instant now) {
    return request(sent, new Target.Nodes(List.of(agent)), task, now);
  }

  /** A request that asks nodes to stop an earlier one. */
  Request cancel(WaveDispatch cancel, String request, Instant now) {
    return request(cancel, target(cancel.job(), cancel.wave()), stop(request), now);
  }

  /** The same for one agent. */
  Request cancel(WaveDispatch cancel, String request, String agent, Instant now) {
    return request(cancel, new Target.Nodes(List.of(agent)), stop(request), now);
  }

  private static AgentTask stop(String request) {
    return new AgentTask("job", "cancel", Data.Fields.EMPTY.with("request", request));
  }

  private Request request(WaveDispatch sent, Target target, AgentTask task, Instant now) {
    Job job = sent.job();
    Wave wave = sent.wave();
    Instant deadline = wave.deadline().orElseThrow();
    Duration left = Duration.between(now, deadline);
    return new Request(
        wave.request(),
        wave.request(),
        now,
        left.compareTo(Request.SHORTEST_TTL) < 0 ? Request.SHORTEST_TTL : left,
        deadline,
        sent.lease(),
        new Caller(
            job.asker().principal(),
            job.askerName(),
            job.place().channel(),
            job.groups().stream().map(id -> "group:" + id).toList(),
            job.emergency().isPresent() ? List.of() : sent.approvedBy(),
            sent.requesterIds().stream()
                .filter(id -> !id.equals(job.asker().principal()))
                .sorted()
                .limit(Caller.MOST_ALIASES)
                .toList(),
            job.emergency().isPresent()),
        collective,
        target,
        task.capability(),
        task.action(),
        DataJson.write(task.arguments()),
        Delivery.LIVE,
        sent.lease(),
        "job-" + job.number());
  }

  private static AgentTask task(Job job, Wave wave) {
    Planned.Work work = job.work();
    return switch (wave.kind()) {
      case WORK -> new AgentTask(work.capability(), work.action(), work.arguments());
      case CHECK -> {
        Rollout.Check check = work.rollout().check().orElseThrow();
        yield new AgentTask(check.capability(), check.action(), check.arguments());
      }
      case CANCEL -> throw new IllegalArgumentException("a cancellation names what it cancels");
    };
  }

  private static Target target(Job job, Wave wave) {
    return switch (job.work().reach()) {
      case Reach.Broadcast(String environment, String filter, List<String> _)
          when wave.kind() == Wave.Kind.WORK ->
          new Target.Broadcast(environment, filter);
      case Reach.ChosenByBackend _ ->
          throw new IllegalArgumentException("agents get work for nodes that are known");
      case Reach.Broadcast _, Reach.Frozen _ -> new Target.Nodes(wave.nodes());
    };
  }
}
