package dev.bandmaster.app;

import dev.bandmaster.acl.PolicyLoader;
import dev.bandmaster.bus.BrokerCheck;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.config.BootstrapperConfig;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.slack.CheckResult;
import dev.bandmaster.slack.SlackCheck;
import dev.bandmaster.slack.SlackIds;
import dev.bandmaster.store.Storage;
import dev.bandmaster.store.StoreSettings;
import dev.bandmaster.yaml.BadConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bandmaster check}: everything the bot needs, looked at before it is started. */
@Command(
    name = "check",
    description =
        "Verifies tokens, scopes, channels, broker, store and policy, and says how "
            + "to fix problems.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  @Mixin private ConfigFile config = new ConfigFile();

  @Override
  public Integer call() {
    BotConfig settings = config.load();
    List<CheckResult> findings = new ArrayList<>();
    findings.add(new CheckResult.Ok("the configuration"));
    findings.add(policy(settings));
    findings.add(store(settings));
    findings.add(broker(settings));
    settings
        .environments()
        .forEach((name, environment) ->
            environment.backend().ifPresent(one -> findings.add(bootstrapper(name, one))));
    findings.addAll(
        SlackCheck.run(
            SlackModule.settings(settings.slack()),
            Stream.of(settings.slack().alertsChannel(), settings.slack().ownerChannel())
                .flatMap(Optional::stream)
                .distinct()
                .toList()));
    findings.forEach(CheckCommand::print);
    boolean good = findings.stream().allMatch(CheckResult.Ok.class::isInstance);
    System.out.println(good ? "All checks passed." : "Some checks failed; see above.");
    return good ? 0 : 1;
  }

  private static void print(CheckResult finding) {
    switch (finding) {
      case CheckResult.Ok(String what) -> System.out.println("ok       " + what);
      case CheckResult.Problem(String what, String problem, String fix) -> {
        System.out.println("PROBLEM  " + what + ": " + problem);
        System.out.println("         " + fix);
      }
    }
  }

  private static CheckResult policy(BotConfig settings) {
    String what = "the policy " + settings.policy();
    try {
      PolicyLoader.load(
          String.valueOf(settings.policy().getFileName()),
          Files.readString(settings.policy()),
          SlackIds.SYNTAX,
          PolicyVocabulary.of(settings));
      return new CheckResult.Ok(what);
    } catch (IOException e) {
      return new CheckResult.Problem(
          what,
          "the file cannot be read",
          "Create the file and make it readable by the bot's user.");
    } catch (BadConfigException e) {
      return new CheckResult.Problem(
          what,
          String.valueOf(e.getMessage()),
          "Fix it, then run 'bandmaster policy check' on it.");
    }
  }

  private static CheckResult store(BotConfig settings) {
    StoreSettings store = StoreConfigs.settings(settings.store());
    try {
      Optional<String> problem = Storage.schemaProblem(store);
      if (problem.isPresent() && (!settings.store().migrates() || Storage.isNewer(store))) {
        return new CheckResult.Problem("the store", problem.get(), "See docs/how-to/storage.md.");
      }
      return new CheckResult.Ok(
          problem.isPresent() ? "the store (migrated at the next start)" : "the store");
    } catch (StoreUnavailable e) {
      return new CheckResult.Problem(
          "the store",
          String.valueOf(e.getMessage()),
          "Start the database, or fix 'store' in the configuration.");
    }
  }

  private static CheckResult bootstrapper(String environment, BootstrapperConfig settings) {
    String what = "the bootstrapper of %s (%s)".formatted(environment, settings.url());
    Optional<String> problem;
    try {
      problem = BootstrapperModule.client(settings).problem();
    } catch (IllegalArgumentException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
    }
    return problem
        .<CheckResult>map(sentence ->
            new CheckResult.Problem(
                what,
                sentence,
                "Start it, or fix 'environments: %s: backend' in the configuration."
                    .formatted(environment)))
        .orElseGet(() -> new CheckResult.Ok(what));
  }

  private static CheckResult broker(BotConfig settings) {
    Optional<String> problem =
        BrokerCheck.problem(
            ConnectionSettings.of(
                settings.bus().uri().reveal(), settings.bus().collective(), settings.replica()));
    return problem
        .<CheckResult>map(sentence ->
            new CheckResult.Problem(
                "the broker",
                sentence,
                "Start it, or fix 'bus: uri' in the configuration. The user needs the "
                    + "permissions listed in docs/how-to/broker-rights.md."))
        .orElseGet(() -> new CheckResult.Ok("the broker"));
  }
}
