package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.runbook.RunbookMachine;
import dev.bandmaster.core.runbook.RunbookRun;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.engine.plugins.PluginManager;
import dev.bandmaster.engine.runbooks.RunbookItem;
import dev.bandmaster.engine.runbooks.RunbookLibrary;
import dev.bandmaster.engine.runbooks.RunbookLibrary.Shelf;
import dev.bandmaster.engine.runbooks.RunbookRunner;
import dev.bandmaster.plugin.Runbook;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Runs of runbooks: their commands go into this replica's inbox. */
final class RunbookModule implements AutoCloseable {
  private final RunbookRunner runner;

  RunbookModule(BotConfig config, StoreModule stores, InboxWorker inbox, Lifecycle lifecycle) {
    runner =
        new RunbookRunner(
            stores.store(), new Commands(inbox, stores.clock(), config.replica()), stores.clock());
    lifecycle.own(this);
  }

  /** The runbooks that there are: of the configuration, of its folder, and of plugins. */
  static RunbookLibrary library(BotConfig config, PluginManager plugins) {
    List<RunbookLibrary.Source> sources = new ArrayList<>();
    List<Runbook> defined = RunbookMapper.defined("bandmaster.yaml", config.runbooks());
    sources.add(() -> new Shelf(defined, List.of()));
    config.runbooks().directory().map(RunbookFolder::new).ifPresent(sources::add);
    sources.add(() -> new Shelf(plugins.runbooks(), List.of()));
    return new RunbookLibrary(sources);
  }

  private record Commands(InboxWorker inbox, InstantSource clock, String replica)
      implements RunbookRunner.Asking {
    @Override
    public Change.AcceptDelivery asked(RunbookRun run, RunbookMachine.Send send) {
      return RunbookItem.of(run, send, clock.instant(), replica);
    }

    @Override
    public void wake() {
      inbox.resume(replica);
    }
  }

  void start() {
    runner.start();
  }

  @Override
  public void close() {
    runner.close();
  }
}
