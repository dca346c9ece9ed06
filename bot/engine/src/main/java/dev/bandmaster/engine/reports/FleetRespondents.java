package dev.bandmaster.engine.reports;

import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.core.backend.Received;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.engine.fleet.Enrolments;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.jobs.Respondents;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodeFilter;
import dev.bandmaster.model.NodeFilter.Parsed;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.TargetReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Decides by what is known of the fleet whose answers to a broadcast count. */
public final class FleetRespondents implements Respondents {
  private final Presence presence;
  private final Enrolments enrolments;
  private final Function<String, Optional<ExecutionBackend>> backends;
  private final Consumer<RejectedMessage> rejected;

  /**
   * Decides for the nodes of one fleet.
   *
   * @param rejected receives what was dropped
   */
  public FleetRespondents(
      Presence presence, Enrolments enrolments, Consumer<RejectedMessage> rejected) {
    this(presence, enrolments, _ -> Optional.empty(), rejected);
  }

  /**
   * Decides for the nodes of one fleet, and for those who carry out the work of other backends.
   *
   * @param backends the backend with a name
   * @param rejected receives what was dropped
   */
  public FleetRespondents(
      Presence presence,
      Enrolments enrolments,
      Function<String, Optional<ExecutionBackend>> backends,
      Consumer<RejectedMessage> rejected) {
    this.backends = backends;
    this.presence = presence;
    this.enrolments = enrolments;
    this.rejected = rejected;
  }

  @Override
  public List<TargetReport> counted(Job job, TargetReport reply, String by) {
    Optional<ExecutionBackend> backend = backends.apply(job.backend());
    boolean isOfAnother =
        !by.isEmpty() && backend.filter(one -> !one.reporter().equals(by)).isPresent();
    Received received =
        isOfAnother
            ? new Received.NotAsked()
            : backend.map(one -> one.received(job, reply)).orElseGet(Received.AsItIs::new);
    return switch (received) {
      case Received.AsItIs() -> Respondents.super.counted(job, reply, by);
      case Received.Means(List<TargetReport> reports) -> reports;
      case Received.NotAsked() -> {
        dropped(job, reply);
        yield List.of();
      }
    };
  }

  @Override
  public boolean couldMatch(String node, String environment, String filter) {
    Optional<NodeDescription> described = presence.description(node);
    Optional<String> known =
        described.map(NodeDescription::env).or(() -> enrolments.environment(node));
    if (!environment.isEmpty() && known.filter(env -> !env.equals(environment)).isPresent()) {
      return false;
    }
    return switch (NodeFilter.parse(filter)) {
      case Parsed.Invalid _ -> false;
      case Parsed.Valid(NodeFilter valid) ->
          described.map(valid::couldMatch).orElseGet(() -> valid.couldMatch(node, known));
    };
  }

  @Override
  public void dropped(Job job, TargetReport reply) {
    rejected.accept(
        new RejectedMessage(
            RejectedMessage.Kind.DISAGREES,
            reply.node(),
            "it answered a request of job %d that was not sent to it".formatted(job.number())));
  }
}
