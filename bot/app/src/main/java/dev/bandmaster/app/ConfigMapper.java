package dev.bandmaster.app;

import dev.bandmaster.config.AddressesConfig;
import dev.bandmaster.config.AlertsConfig;
import dev.bandmaster.config.AppConfig;
import dev.bandmaster.config.ApprovalsConfig;
import dev.bandmaster.config.BackendConfig;
import dev.bandmaster.config.BootstrapperConfig;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.config.ChecksumSource;
import dev.bandmaster.config.EnvironmentConfig;
import dev.bandmaster.config.FreezeConfig;
import dev.bandmaster.config.HookConfig;
import dev.bandmaster.config.JobsConfig;
import dev.bandmaster.config.ReleaseListConfig;
import dev.bandmaster.config.RetentionConfig;
import dev.bandmaster.config.RunnerConfig;
import dev.bandmaster.core.freeze.FreezeRule;
import dev.bandmaster.engine.addresses.AddressSettings;
import dev.bandmaster.engine.catalogue.Application;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.catalogue.Environment;
import dev.bandmaster.engine.catalogue.ReleaseList;
import dev.bandmaster.engine.hooks.Hook;
import dev.bandmaster.engine.jobs.ApprovalNotifier;
import dev.bandmaster.engine.pipeline.ApprovalSettings;
import dev.bandmaster.engine.pipeline.JobSettings;
import dev.bandmaster.engine.retention.RetentionSettings;
import dev.bandmaster.plugin.PlanningContext.Delegation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The configuration in the types of those who use it; they know nothing of files. */
final class ConfigMapper {
  private ConfigMapper() {}

  static Catalogue catalogue(BotConfig config) {
    return new Catalogue(
        map(config.environments(), ConfigMapper::environment),
        map(config.apps(), ConfigMapper::application));
  }

  static ApprovalNotifier.Reaching reaching(ApprovalsConfig.Reach reach) {
    return switch (reach) {
      case GROUP -> ApprovalNotifier.Reaching.GROUP;
      case MEMBERS -> ApprovalNotifier.Reaching.MEMBERS;
    };
  }

  static List<FreezeRule> freezes(List<FreezeConfig> freezes) {
    return freezes.stream()
        .map(freeze ->
            new FreezeRule(
                freeze.name(),
                freeze.environments(),
                freeze.apps(),
                freeze.begins(),
                freeze.lasts(),
                freeze.zone(),
                freeze.reason()))
        .toList();
  }

  static ApprovalSettings approvals(ApprovalsConfig approvals) {
    return new ApprovalSettings(
        approvals.expires(),
        approvals.dispatchWithin(),
        approvals.remind(),
        approvals.groupsAge(),
        approvals.emergency().map(ApprovalsConfig.Emergency::channel));
  }

  static JobSettings jobs(JobsConfig jobs) {
    return new JobSettings(jobs.deadline(), jobs.deadlines());
  }

  static RetentionSettings retention(RetentionConfig retention) {
    return new RetentionSettings(retention.inbox(), retention.outbox(), retention.output());
  }

  static AddressSettings addresses(AddressesConfig addresses) {
    return new AddressSettings(
        addresses.attach(),
        addresses.detach(),
        addresses.timeout(),
        addresses.releaseAfter(),
        addresses.pools());
  }

  static List<Hook> hooks(AlertsConfig alerts) {
    return alerts.hooks().stream()
        .map(hook ->
            new Hook(
                hook.name(),
                changes(hook.on()),
                hook.environments(),
                hook.command(),
                hook.timeout()))
        .toList();
  }

  private static Set<Hook.NodeChange> changes(Set<HookConfig.Happening> on) {
    return on.stream()
        .map(happening ->
            switch (happening) {
              case JOIN -> Hook.NodeChange.JOIN;
              case LEAVE -> Hook.NodeChange.LEAVE;
              case FAILED -> Hook.NodeChange.FAILED;
            })
        .collect(Collectors.toSet());
  }

  private static Environment environment(EnvironmentConfig environment) {
    return new Environment(
        environment.isProtected(),
        environment.after(),
        environment.description(),
        environment.backend().map(ConfigMapper::delegation));
  }

  private static Delegation delegation(BackendConfig backend) {
    return new Delegation(
        Set.copyOf(backend.modules()),
        Set.copyOf(backend.roles()),
        switch (backend) {
          case BootstrapperConfig _ -> false;
          case RunnerConfig _ -> true;
        });
  }

  private static Application application(AppConfig app) {
    return new Application(
        app.envs(),
        app.versions(),
        app.artifact(),
        checksum(app.checksum()),
        app.page(),
        app.description(),
        app.tags(),
        app.changes(),
        app.artifactAuth(),
        app.releases().map(list -> releases(list, app)));
  }

  /** A list without credentials of its own uses those of the artifacts, which name their host. */
  private static ReleaseList releases(ReleaseListConfig list, AppConfig app) {
    return new ReleaseList(
        switch (list.kind()) {
          case GITHUB -> ReleaseList.Kind.GITHUB;
          case GITLAB -> ReleaseList.Kind.GITLAB;
          case S3 -> ReleaseList.Kind.S3;
          case OCI -> ReleaseList.Kind.OCI;
        },
        list.server(),
        list.name(),
        list.template(),
        list.auth().or(app::artifactAuth));
  }

  private static dev.bandmaster.engine.catalogue.ChecksumSource checksum(ChecksumSource source) {
    return switch (source) {
      case ChecksumSource.Listed(var byVersion) ->
          new dev.bandmaster.engine.catalogue.ChecksumSource.Listed(byVersion);
      case ChecksumSource.Beside(var template) ->
          new dev.bandmaster.engine.catalogue.ChecksumSource.Beside(template);
    };
  }

  private static <A, B> Map<String, B> map(Map<String, A> values, Function<A, B> mapper) {
    return values.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, entry -> mapper.apply(entry.getValue())));
  }
}
