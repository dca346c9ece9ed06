package dev.bandmaster.engine.reports;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.engine.fleet.Enrolments;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.jobs.Respondents;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodeFilter;
import dev.bandmaster.model.NodeFilter.Parsed;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.TargetReport;
import java.util.Optional;
import java.util.function.Consumer;

/** Decides by what is known of the fleet whose answers to a broadcast count. */
public final class FleetRespondents implements Respondents {
  private final Presence presence;
  private final Enrolments enrolments;
  private final Consumer<RejectedMessage> rejected;

  /**
   * Decides for the nodes of one fleet.
   *
   * @param rejected receives what was dropped
   */
  public FleetRespondents(
      Presence presence, Enrolments enrolments, Consumer<RejectedMessage> rejected) {
    this.presence = presence;
    this.enrolments = enrolments;
    this.rejected = rejected;
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
