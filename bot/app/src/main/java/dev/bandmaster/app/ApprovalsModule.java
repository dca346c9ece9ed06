package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.engine.approvals.ApprovalClock;
import dev.bandmaster.engine.approvals.ApprovalModule;
import dev.bandmaster.engine.commands.CommandModule;
import dev.bandmaster.engine.jobs.ApprovalNotifier;

/** Approvals: who decides, and what time changes about a request. */
final class ApprovalsModule implements AutoCloseable {
  private final ApprovalModule approvals;
  private final ApprovalClock clock;

  ApprovalsModule(
      BotConfig config,
      StoreModule stores,
      FleetModule fleet,
      JobModule jobs,
      ChatModule chat,
      CommandModule commands,
      Lifecycle lifecycle) {
    ApprovalNotifier notifier =
        new ApprovalNotifier(
            stores.store(),
            jobs.notifier(),
            chat.freshPeople(),
            ConfigMapper.reaching(config.approvals().reach()));
    approvals =
        commands.approvals(
            chat.freshPeople(),
            fleet.planning(),
            fleet.presence(),
            stores.store(),
            notifier,
            jobs.conditionText().times(),
            ConfigMapper.approvals(config.approvals()),
            stores.clock());
    clock = new ApprovalClock(stores.store(), jobs.conditions(), notifier, stores.clock());
    lifecycle.own(this);
  }

  void start() {
    clock.start();
  }

  ApprovalModule approvals() {
    return approvals;
  }

  @Override
  public void close() {
    clock.close();
  }
}
