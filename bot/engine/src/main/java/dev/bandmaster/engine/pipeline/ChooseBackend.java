package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.backend.Backends;
import dev.bandmaster.core.backend.Capabilities;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Reach;
import java.util.function.Function;

/** Which backend carries it out, and can that backend do what is planned? */
public final class ChooseBackend implements Function<PlannedCommand, Step<PlannedCommand>> {
  private final Backends backends;

  public ChooseBackend(Backends backends) {
    this.backends = backends;
  }

  @Override
  public Step<PlannedCommand> apply(PlannedCommand planned) {
    String environment = planned.right().environment();
    ExecutionBackend backend = backends.serving(environment);
    Capabilities can = backend.capabilities();
    Planned.Work work = planned.work();
    if (!can.batches() && work.rollout().steps(work.reach().nodes()).size() > 1) {
      return Step.end(
          CommandResult.Refused.mistake(
              "%s runs on the backend '%s', which does not support batches."
                  .formatted(environment, backend.name())));
    }
    if (!can.broadcast() && work.reach() instanceof Reach.Broadcast) {
      return Step.end(
          CommandResult.Refused.mistake(
              "The backend '%s' does not support broadcasts. Name the nodes."
                  .formatted(backend.name())));
    }
    return Step.on(planned.by(backend.name()));
  }
}
