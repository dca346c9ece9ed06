package dev.bandmaster.backends.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.model.Target;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Puts waves into the words of the bus. */
public final class RequestFactory {

  private final String collective;

  public RequestFactory(String collective) {
    this.collective = collective;
  }

  /** What is done by whom: the capability, its action and what it is told. */
  private record Doing(String capability, String action, JsonNode arguments) {}

  /**
   * @param callerIds all principals under which the asker is known
   */
  public Request of(String seat, Job job, Wave wave, Set<String> callerIds, Instant now) {
    Instant deadline = wave.deadline().orElseThrow();
    Duration left = Duration.between(now, deadline);
    Doing doing = doing(job, wave);
    return new Request(
        wave.request(),
        wave.request(),
        now,
        left.compareTo(Request.SHORTEST_TTL) < 0 ? Request.SHORTEST_TTL : left,
        deadline,
        seat,
        new Caller(
            job.asker().principal(),
            job.askerName(),
            job.place().channel(),
            job.groups().stream().map(id -> "group:" + id).toList(),
            List.of(),
            callerIds.stream()
                .filter(id -> !id.equals(job.asker().principal()))
                .sorted()
                .limit(Caller.MOST_ALIASES)
                .toList()),
        collective,
        target(job, wave),
        doing.capability(),
        doing.action(),
        doing.arguments(),
        Delivery.LIVE,
        seat,
        "job-" + job.number());
  }

  private static Doing doing(Job job, Wave wave) {
    return switch (wave.kind()) {
      case WORK -> new Doing(job.work().capability(), job.work().action(), job.work().arguments());
      case CHECK -> {
        Rollout.Check check = job.work().rollout().check().orElseThrow();
        yield new Doing(check.capability(), check.action(), check.arguments());
      }
      case CANCEL ->
          new Doing(
              "job",
              "cancel",
              JsonNodeFactory.instance.objectNode().put("request", cancelled(job, wave)));
    };
  }

  /** The request that a wave of the kind CANCEL is to stop: the last work before it. */
  private static String cancelled(Job job, Wave cancel) {
    String last = job.id();
    for (Wave wave : job.state().waves()) {
      if (wave.request().equals(cancel.request())) {
        break;
      }
      last = wave.kind() == Wave.Kind.WORK ? wave.request() : last;
    }
    return last;
  }

  private static Target target(Job job, Wave wave) {
    return switch (job.work().reach()) {
      case Reach.Broadcast(String environment, String filter, List<String> _)
          when wave.kind() == Wave.Kind.WORK ->
          new Target.Broadcast(environment, filter);
      case Reach.Broadcast _, Reach.Frozen _ -> new Target.Nodes(wave.nodes());
    };
  }
}
