package dev.bandmaster.backends.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bandmaster.core.backend.WaveDispatch;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.json.DataJson;
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

  /** What is asked for: the capability, its action and its arguments. */
  private record Doing(String capability, String action, JsonNode arguments) {}

  Request of(WaveDispatch sent, Instant now) {
    return request(sent, doing(sent.job(), sent.wave()), now);
  }

  /** A request that asks nodes to stop an earlier one. */
  Request cancel(WaveDispatch cancel, String request, Instant now) {
    return request(
        cancel,
        new Doing("job", "cancel", JsonNodeFactory.instance.objectNode().put("request", request)),
        now);
  }

  private Request request(WaveDispatch sent, Doing doing, Instant now) {
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
        target(job, wave),
        doing.capability(),
        doing.action(),
        doing.arguments(),
        Delivery.LIVE,
        sent.lease(),
        "job-" + job.number());
  }

  private static Doing doing(Job job, Wave wave) {
    Planned.Work work = job.work();
    return switch (wave.kind()) {
      case WORK -> new Doing(work.capability(), work.action(), DataJson.write(work.arguments()));
      case CHECK -> {
        Rollout.Check check = work.rollout().check().orElseThrow();
        yield new Doing(check.capability(), check.action(), DataJson.write(check.arguments()));
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
