package dev.bandmaster.engine.reports;

import dev.bandmaster.core.backend.BackendListener;
import dev.bandmaster.core.backend.BackendState;
import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.engine.jobs.JobEngine;
import dev.bandmaster.model.TargetReport;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a backend reports that knows no nodes. Hosts in its reports are names and no nodes of
 * the fleet: they prove no life and join nothing.
 */
public final class ServiceReceiver implements BackendListener {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceReceiver.class);

  private final String backend;
  private final JobEngine engine;

  /**
   * @param backend the backend's name
   */
  public ServiceReceiver(String backend, JobEngine engine) {
    this.backend = backend;
    this.engine = engine;
  }

  @Override
  public void reports(String lease, List<TargetReport> batch) {
    try {
      engine.replied(lease, backend, batch).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof LeaseLost lost) {
        throw lost;
      }
      throw e;
    }
  }

  @Override
  public void stateChanged(BackendState state) {
    switch (state) {
      case BackendState.Connected _ -> LOG.info("Backend {} answers", backend);
      case BackendState.Blocked(String reason, var _) ->
          LOG.warn("Backend {} takes no work: {}", backend, reason);
      case BackendState.Disconnected(String reason, var _) ->
          LOG.warn("Backend {} is unreachable, retrying: {}", backend, reason);
      case BackendState.Refused(String reason, var _) ->
          LOG.error("Backend {} refuses the bot: {}", backend, reason);
      case BackendState.Closed _ -> LOG.info("Backend {} is closed", backend);
    }
  }
}
