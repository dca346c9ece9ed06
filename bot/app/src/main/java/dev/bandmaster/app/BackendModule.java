package dev.bandmaster.app;

import dev.bandmaster.engine.jobs.Approvers;
import dev.bandmaster.engine.jobs.Dispatcher;
import dev.bandmaster.engine.jobs.JobEngine;
import dev.bandmaster.engine.jobs.WaveSender;
import dev.bandmaster.engine.reports.BackendReceiver;
import dev.bandmaster.engine.reports.FleetRespondents;
import dev.bandmaster.engine.reports.ServiceReceiver;
import java.util.random.RandomGenerator;

/** What goes between jobs and the backends: waves to them, reports from them. */
final class BackendModule {
  private final FleetModule fleet;
  private final JobEngine engine;
  private final BackendReceiver receiver;
  private final Dispatcher dispatcher;

  BackendModule(
      StoreModule stores,
      FleetModule fleet,
      JobModule jobs,
      AlertModule alerts,
      RandomGenerator random,
      Lifecycle lifecycle) {
    this.fleet = fleet;
    engine = jobs.engine();
    receiver =
        new BackendReceiver(
            jobs.engine(),
            fleet.presence(),
            fleet.enrolments(),
            fleet.bus(),
            fleet.announcements(),
            alerts.fleet(),
            alerts.failures());
    jobs.engine()
        .countAnswersOf(
            new FleetRespondents(
                fleet.presence(), fleet.enrolments(), fleet.backends()::named, receiver::rejected));
    dispatcher =
        lifecycle.own(
            new Dispatcher(
                fleet.backends(),
                jobs.engine(),
                stores.store().principals()::allIds,
                new Approvers(stores.store().approvals()),
                stores.clock(),
                random));
  }

  void start() {
    fleet
        .backends()
        .all()
        .forEach(backend ->
            backend.start(
                backend.capabilities().knowsTargets()
                    ? receiver
                    : new ServiceReceiver(backend.name(), engine)));
  }

  WaveSender dispatcher() {
    return dispatcher;
  }

  BackendReceiver receiver() {
    return receiver;
  }
}
