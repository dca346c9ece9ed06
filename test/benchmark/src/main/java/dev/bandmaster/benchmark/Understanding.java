package dev.bandmaster.benchmark;

import dev.bandmaster.acl.Channel;
import dev.bandmaster.acl.Policy;
import dev.bandmaster.acl.PolicyParser;
import dev.bandmaster.acl.Principal;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.CommandAlias;
import dev.bandmaster.core.store.CommandAliases;
import dev.bandmaster.engine.catalogue.Application;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.catalogue.ChecksumSource;
import dev.bandmaster.engine.catalogue.Environment;
import dev.bandmaster.engine.pipeline.AccessRequests;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandReader;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import dev.bandmaster.engine.pipeline.Interpreter;
import dev.bandmaster.engine.pipeline.Parse;
import dev.bandmaster.engine.pipeline.PermissionCheck;
import dev.bandmaster.engine.pipeline.ValueCheck;
import dev.bandmaster.engine.pipeline.Wording;
import dev.bandmaster.model.Glob;
import dev.bandmaster.slack.SlackIds;
import dev.bandmaster.standard.StandardPlugins;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads sentences of people, asks the policy about what they mean and looks for what may be meant
 * by slips: a thousand rules, a hundred applications and five thousand versions. Nothing is stored
 * or sent.
 */
final class Understanding implements Benchmark {
  private static final int RULES = 1_000;
  private static final int APPLICATIONS = 100;
  private static final int VERSIONS = 50;
  private static final int WARM_UP = 2_000;
  private static final int MEASURED = 2_000;
  private static final double MOST_MICROSECONDS = 100;
  private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");

  /** People who have no aliases. */
  private static final CommandAliases NO_ALIASES =
      new CommandAliases() {
        @Override
        public Optional<CommandAlias> find(String principal, String name) {
          return Optional.empty();
        }

        @Override
        public List<CommandAlias> of(String principal, int limit) {
          return List.of();
        }
      };

  @Override
  public String name() {
    return "understanding";
  }

  @Override
  public String about() {
    return "reading sentences with %,d rules, %d applications and %,d versions"
        .formatted(RULES, APPLICATIONS, APPLICATIONS * VERSIONS);
  }

  @Override
  public List<Figure> run() throws Exception {
    Catalogue catalogue = catalogue();
    Policy policy = policy();
    PermissionCheck rights =
        (asker, permission, environment, application) ->
            policy.couldEverAllow(
                principal(asker), channel(asker), permission, environment, application);
    CommandRegistry registry =
        CommandRegistry.of(
            StandardPlugins.all().stream().<Command>map(Command.Planned::new).toList());
    Parse parse =
        new Parse(
            registry,
            new Wording(registry, Map.of(), NO_ALIASES),
            new Interpreter(catalogue, new ValueCheck(catalogue), node -> false, rights),
            rights,
            _ -> List.of());
    Asker asker =
        new Asker(
            new Person(new UserRef("T1", "U1"), "ann", Person.Kind.MEMBER, Set.of("S0DEVELOPERS")),
            new ConversationRef("C1", ConversationRef.Kind.CHANNEL, Optional.empty()));
    return List.of(
        measured(
            parse, policy, asker, "in the usage's order", "codeupdate env7 app%d version=1.0.7"),
        measured(parse, policy, asker, "in free order", "deploy app%d 1.0.7 to env7"),
        measured(parse, policy, asker, "with a slip", "deploy app%d to evn7"));
  }

  private static Figure measured(
      Parse parse, Policy policy, Asker asker, String what, String sentence) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < WARM_UP + MEASURED; i++) {
      String line = sentence.formatted(i % APPLICATIONS);
      long begin = System.nanoTime();
      if (parse.check(asker, line)
          instanceof CommandReader.Good(var _, Command command, var arguments, var _)) {
        var _ = policy.decide(AccessRequests.about(asker, command, arguments, NOW));
      }
      if (i >= WARM_UP) {
        times.add((System.nanoTime() - begin) / 1e3);
      }
    }
    return Figure.atMost(
        MOST_MICROSECONDS, "a command " + what + ", median", new Samples(times).median(), "µs");
  }

  private static Principal principal(Asker asker) {
    return AccessRequests.principal(asker.person());
  }

  private static Channel channel(Asker asker) {
    return AccessRequests.channel(asker.place());
  }

  private static Catalogue catalogue() {
    Map<String, Environment> environments = new LinkedHashMap<>();
    for (int i = 0; i < 10; i++) {
      environments.put("env" + i, new Environment(i > 5, Optional.empty()));
    }
    Map<String, String> versions = new LinkedHashMap<>();
    for (int i = 0; i < VERSIONS; i++) {
      versions.put("1.0." + i, "a".repeat(64));
    }
    Map<String, Application> applications = new LinkedHashMap<>();
    for (int i = 0; i < APPLICATIONS; i++) {
      applications.put(
          "app" + i,
          new Application(
              List.of(),
              List.of(new Glob("*")),
              "https://releases.example/{app}-{version}.tar.gz",
              new ChecksumSource.Listed(versions),
              Optional.empty()));
    }
    return new Catalogue(environments, applications);
  }

  /** A rule for each application in each environment. */
  private static Policy policy() throws IOException {
    StringBuilder text = new StringBuilder("groups:\n  developers: [S0DEVELOPERS]\nrules:\n");
    for (int i = 0; i < RULES; i++) {
      text.append(
          """
            - id: rule-%d
              effect: allow
              who: [group:developers]
              where: "*"
              actions: [codeupdate, rollback]
              apps: [app%d]
              envs: [env%d]
          """
              .formatted(i, i % APPLICATIONS, i / APPLICATIONS));
    }
    try {
      return PolicyParser.parse("policy.yaml", text.toString(), SlackIds.SYNTAX).value();
    } catch (RuntimeException e) {
      throw new IOException("the benchmark's policy cannot be read", e);
    }
  }
}
