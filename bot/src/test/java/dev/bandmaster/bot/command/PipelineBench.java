package dev.bandmaster.bot.command;

import static dev.bandmaster.bot.job.SampleJobs.ANN;
import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static dev.bandmaster.bot.job.SampleJobs.THREAD;

import dev.bandmaster.acl.Channel;
import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Explanation;
import dev.bandmaster.acl.Principal;
import dev.bandmaster.acl.Request;
import dev.bandmaster.bot.catalogue.Catalogue;
import dev.bandmaster.bot.chat.People;
import dev.bandmaster.bot.chat.Person;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.fleet.Enrolments;
import dev.bandmaster.bot.fleet.Planning;
import dev.bandmaster.bot.fleet.Presence;
import dev.bandmaster.bot.store.MemoryStore;
import dev.bandmaster.bot.store.SettableClock;
import dev.bandmaster.config.AppConfig;
import dev.bandmaster.config.ChecksumSource;
import dev.bandmaster.config.EnvironmentConfig;
import dev.bandmaster.config.Glob;
import dev.bandmaster.config.JobsConfig;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.standard.StandardPlugins;
import dev.bandmaster.wire.NodeDescription;
import dev.bandmaster.wire.PresenceEvent;
import dev.bandmaster.wire.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** A whole pipeline with a small fleet, a policy that a test sets, and people it names. */
final class PipelineBench implements AccessRules {
  static final Person PERSON = new Person(ANN, "ann", Person.Kind.MEMBER, Set.of("S1"));

  final MemoryStore store = new MemoryStore();
  final SettableClock clock = new SettableClock(NOON);
  final Presence presence = new Presence(store, clock);
  final List<Request> questions = new ArrayList<>();
  Function<Request, Decision> policy = request -> allowed();
  Predicate<String> mayEver = action -> true;
  People people = sender -> new People.Known(PERSON);
  final Commands commands;
  final Pipeline pipeline;

  PipelineBench() {
    List<CommandPlugin> plugins = new ArrayList<>(StandardPlugins.all());
    plugins.add(new Broken());
    commands =
        new Commands(
            plugins,
            this,
            request ->
                new Explanation(
                    request, policy.apply(request), List.of(), Optional.empty(), Optional.empty()),
            () -> Map.of("bus", "connected"),
            new Enrolments(store, false, clock, (node, fingerprint) -> {}),
            presence,
            () -> {},
            clock);
    Catalogue catalogue =
        new Catalogue(
            Map.of(
                "staging", new EnvironmentConfig(false, ""),
                "prod", new EnvironmentConfig(true, "")),
            Map.of(
                "web",
                new AppConfig(
                    "",
                    List.of(),
                    List.of(new Glob("*")),
                    "https://releases.example/{app}-{version}.tar.gz",
                    new ChecksumSource.Listed(
                        Map.of("1.4.2", "a".repeat(64), "1.10.0", "b".repeat(64))))));
    pipeline =
        commands.pipeline(
            asker -> people.find(asker),
            catalogue,
            new Planning(presence, catalogue, clock),
            presence,
            store.jobs(),
            JobsConfig.STANDARD,
            clock);
    join("web1", "staging");
    join("web2", "staging");
    join("db1", "prod");
  }

  private void join(String node, String environment) {
    presence.observe(
        List.of(
            new PresenceEvent.Join(
                new Stamp(node, environment, "boot", 1, 1, NOON),
                new NodeDescription(
                    node,
                    "main",
                    environment,
                    node.startsWith("web") ? Map.of("web", "1.4.1") : Map.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    List.of()))));
  }

  @Override
  public Decision decide(Request request) {
    questions.add(request);
    return policy.apply(request);
  }

  @Override
  public boolean couldEverAllow(Principal principal, Channel channel, String action) {
    return mayEver.test(action);
  }

  static Decision allowed() {
    return new Decision.Allowed(
        "The rule r1 allows it.", List.of("r1"), "hash-1", false, OptionalInt.empty());
  }

  static Decision denied(String reason) {
    return new Decision.Denied(reason, List.of("d1"), "hash-1");
  }

  static Asked asked(String text) {
    return asked(text, THREAD);
  }

  static Asked asked(String text, Place place) {
    return new Asked("inbox-1", ANN, place, place.thread(), text, text, NOON);
  }

  Pipeline.Outcome run(String text) {
    return pipeline.run(asked(text));
  }

  /** The reason of a command that was not done. */
  String refusal(String text) {
    return switch (run(text).ending()) {
      case Ending.Refused refused -> refused.reason();
      case Ending.Answered answered -> throw new AssertionError(answered);
      case Ending.Opened opened -> throw new AssertionError(opened);
    };
  }

  /** A plugin with a fault. */
  private static final class Broken implements CommandPlugin {
    @Override
    public CommandDeclaration declaration() {
      return new CommandDeclaration("broken", List.of(), "fails", List.of(), List.of());
    }

    @Override
    public Planned plan(Invocation invocation, PlanningContext context) {
      throw new IllegalStateException("a fault in " + invocation.canonical());
    }

    @Override
    public String permission(Arguments arguments) {
      return "broken";
    }
  }
}
