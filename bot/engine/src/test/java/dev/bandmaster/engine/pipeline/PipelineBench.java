package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;

import dev.bandmaster.acl.Channel;
import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Explanation;
import dev.bandmaster.acl.Principal;
import dev.bandmaster.acl.Request;
import dev.bandmaster.core.alert.AlertTimes;
import dev.bandmaster.core.backend.Backends;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Dialogs;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.freeze.Freezes;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.alerts.AlertNotifier;
import dev.bandmaster.engine.alerts.AlertRoutes;
import dev.bandmaster.engine.alerts.AlertService;
import dev.bandmaster.engine.api.OneTimeMessages;
import dev.bandmaster.engine.approvals.ApprovalModule;
import dev.bandmaster.engine.catalogue.Application;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.catalogue.ChecksumSource;
import dev.bandmaster.engine.catalogue.Environment;
import dev.bandmaster.engine.commands.CommandModule;
import dev.bandmaster.engine.commands.FleetTokens;
import dev.bandmaster.engine.commands.VersionCommand;
import dev.bandmaster.engine.commands.alerts.AlertCommands;
import dev.bandmaster.engine.commands.aliases.AliasCommands;
import dev.bandmaster.engine.commands.approvals.ApprovalCommands;
import dev.bandmaster.engine.commands.apps.AppCommands;
import dev.bandmaster.engine.commands.freezes.FreezeCommands;
import dev.bandmaster.engine.commands.jobs.JobCommands;
import dev.bandmaster.engine.commands.locks.LockCommands;
import dev.bandmaster.engine.commands.runbooks.RunbookCommands;
import dev.bandmaster.engine.commands.schedules.ScheduleCommands;
import dev.bandmaster.engine.fleet.Announcements;
import dev.bandmaster.engine.fleet.Enrolments;
import dev.bandmaster.engine.fleet.FleetPlanningContext;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.intake.DialogCatalogue;
import dev.bandmaster.engine.intake.DialogController;
import dev.bandmaster.engine.intake.ReasonButton;
import dev.bandmaster.engine.jobs.ApprovalLookup;
import dev.bandmaster.engine.jobs.ApprovalNotifier;
import dev.bandmaster.engine.jobs.JobNotifier;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.engine.view.JobRenderer;
import dev.bandmaster.engine.view.StartConditionText;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.Glob;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.standard.StandardPlugins;
import dev.bandmaster.store.TestStore;
import dev.bandmaster.testbackend.InMemoryBackend;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A whole pipeline with a small fleet, a policy that a test sets, and people it names. */
public final class PipelineBench implements AccessRules, AfterEachCallback {
  private static final TimeText TIMES = new TimeText(ZoneId.of("Europe/Berlin"));
  private static final StartConditionText OBSTACLES = new StartConditionText(TIMES);
  static final ApprovalSettings SETTINGS =
      new ApprovalSettings(
          Duration.ofHours(1),
          Duration.ofMinutes(15),
          true,
          Duration.ofSeconds(60),
          Optional.of("C9"));
  static final Person PERSON = new Person(ANN, "ann", Person.Kind.MEMBER, Set.of("S1"));

  public final TestStore store = new TestStore();
  public final SettableClock clock = new SettableClock(NOON);
  final Freezes freezes =
      new Freezes(() -> store.freezes().all(), List.of(), Set.of("rollback", "undo"));
  final Presence presence;
  final AlertService alerts =
      new AlertService(
          store,
          new AlertRoutes(List.of(), Optional.of("C1"), Optional.empty(), AlertTimes.STANDARD),
          new AlertNotifier(new AlertRenderer(TIMES), Optional.empty()),
          clock);
  final List<Request> questions = new ArrayList<>();
  private int said;
  public Function<Request, Decision> policy = request -> allowed();
  public Predicate<String> mayEver = action -> true;

  /** Environments and applications that no rule opens to the asker. */
  public Set<String> hidden = Set.of();

  public Directory people = sender -> new Directory.Known(PERSON);
  public final FakePeople everybody = new FakePeople();
  private final Catalogue catalogue;
  private final JobNotifier report =
      new JobNotifier(
          new JobRenderer(name -> Presenter.PLAIN),
          store.jobs(),
          new ApprovalLookup(
              store.approvals(), job -> Optional.empty(), subject -> Optional.empty()));
  public final ApprovalNotifier notifier = new ApprovalNotifier(store, report, everybody);

  /** Everybody's aliases. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "shipit", "codeupdate prod web",
          "check-web", "ping app=web $*",
          "put", "deploy $2 version=$1 staging");

  public final CommandModule commands;
  public final DialogCatalogue forms;
  public final Pipeline pipeline;
  private final FleetPlanningContext planning;

  /** Everybody is this person from now on. */
  void asking(Person person) {
    people = sender -> new Directory.Known(person);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    store.close();
  }

  public PipelineBench() {
    this(Backends.of(InMemoryBackend.like(InstantSource.system())));
  }

  /** Who is trusted, and who waits. */
  final Enrolments enrolments;

  /** A fleet that is served by these backends. */
  PipelineBench(Backends backends) {
    this(backends, catalogue());
  }

  /** A fleet that is served by these backends and has these applications. */
  PipelineBench(Backends backends, Catalogue catalogue) {
    this.catalogue = catalogue;
    presence = new Presence(store, backends::inventory, clock);
    List<CommandPlugin> plugins = new ArrayList<>(StandardPlugins.all());
    plugins.add(new Broken());
    enrolments = new Enrolments(store, false, clock, (node, fingerprint) -> {});
    commands = new CommandModule(this, store, Optional.empty(), ALIASES);
    forms =
        commands.forms(
            List.of(
                new ReasonButton(
                    "test.reject",
                    "Reject",
                    "Why do you reject it?",
                    value -> value.equals("a-81") ? Optional.of("cancel 81") : Optional.empty())));
    planning =
        new FleetPlanningContext(
            presence,
            catalogue,
            store.jobs(),
            clock,
            new Announcements(
                presence,
                new Enrolments(store, false, clock, (node, fingerprint) -> {}),
                List.of(),
                asked -> {},
                Duration.ZERO,
                clock));
    ApprovalModule approvals =
        commands.approvals(everybody, planning, presence, store, notifier, TIMES, SETTINGS, clock);
    commands.register(
        plugins,
        more(approvals),
        request ->
            new Explanation(
                request, policy.apply(request), List.of(), Optional.empty(), Optional.empty()),
        new FleetTokens(store, new OneTimeMessages(clock), new Random(7)::nextBytes, clock),
        enrolments,
        presence,
        () -> {},
        commands.commandLine(catalogue, presence),
        catalogue,
        clock);
    pipeline =
        commands.pipeline(
            asker -> people.find(asker),
            catalogue,
            planning,
            backends,
            presence,
            store,
            freezes,
            OBSTACLES,
            new JobSettings(Duration.ofSeconds(60), Map.of()),
            approvals,
            clock);
    join("web1", "staging");
    join("web2", "staging");
    join("db1", "prod");
  }

  private static Catalogue catalogue() {
    return new Catalogue(
        Map.of(
            "staging", new Environment(false, Optional.empty(), "where changes are tried"),
            "prod", new Environment(true, Optional.of("staging"))),
        Map.of(
            "web",
            new Application(
                List.of(),
                List.of(new Glob("*")),
                "https://releases.example/{app}-{version}.tar.gz",
                new ChecksumSource.Listed(
                    Map.of("1.4.2", "a".repeat(64), "1.10.0", "b".repeat(64))),
                Optional.empty(),
                "the shop's pages",
                Optional.empty(),
                Optional.of("https://git.example/{app}/compare/{from}...{to}"),
                Optional.empty())));
  }

  /** The commands that are neither a plugin's nor about the bot itself, as the bot has them. */
  private List<Command> more(ApprovalModule approvals) {
    List<Command> more = new ArrayList<>();
    more.addAll(AliasCommands.all(ALIASES, store.commandAliases(), commands.registry(), clock));
    more.addAll(
        JobCommands.all(
            store,
            new CommandPlugins(StandardPlugins.all()),
            report,
            approvals::cancelled,
            cancel -> RunbookCommands.cancelling(store, cancel, clock),
            presence,
            catalogue,
            clock,
            TIMES.zone()));
    more.add(VersionCommand.of("bot-1", Optional.of("1.0.0"), clock.instant()));
    more.addAll(ApprovalCommands.all(store, approvals.voting()));
    more.addAll(AlertCommands.all(store.alerts(), alerts, new AlertRenderer(TIMES), clock));
    more.addAll(LockCommands.all(store.slots(), OBSTACLES, clock));
    more.addAll(
        dev.bandmaster.engine.commands.subscriptions.SubscriptionCommands.all(
            store.jobs().interests(), clock));
    more.addAll(FreezeCommands.all(store.freezes(), freezes, catalogue, OBSTACLES, clock));
    more.addAll(
        ScheduleCommands.all(
            store.schedules(), commands.commandLine(catalogue, presence), clock, TIMES));
    more.addAll(
        AppCommands.all(
            () -> Map.of("bus", "connected"),
            store,
            presence,
            catalogue,
            freezes,
            OBSTACLES,
            clock));
    return more;
  }

  /** What fills forms in on the given screens. */
  public DialogController dialogController(Dialogs screens) {
    return commands.dialogController(
        forms, catalogue, asker -> people.find(asker), screens, presence, clock);
  }

  public void join(String node, String environment) {
    join(node, environment, node.startsWith("web") ? Map.of("web", "1.4.1") : Map.of());
  }

  /** A node with these applications announces itself. */
  void join(String node, String environment, Map<String, String> applications) {
    presence.observe(
        List.of(
            new PresenceEvent.Join(
                new EventStamp(node, environment, "boot", 1, 1, NOON),
                new NodeDescription(
                    node,
                    "main",
                    environment,
                    applications,
                    List.of(),
                    List.of(),
                    Map.of(),
                    List.of()))));
  }

  /** A node says that it goes away. */
  public void leave(String node) {
    presence.observe(
        List.of(
            new PresenceEvent.Leave(
                new EventStamp(node, "staging", "boot", 2, 2, clock.instant()))));
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

  /** What the policy of a test denies by name is not spoken of. */
  @Override
  public boolean couldEverAllow(
      Principal principal,
      Channel channel,
      String action,
      Optional<String> env,
      Optional<String> app) {
    return mayEver.test(action)
        && !hidden.contains(env.orElse(""))
        && !hidden.contains(app.orElse(""));
  }

  public static Decision allowed() {
    return new Decision.Allowed(
        "The rule r1 allows it.", List.of("r1"), "hash-1", false, OptionalInt.empty());
  }

  /** Allowed on so many nodes at a time. */
  static Decision atMost(int nodes) {
    return new Decision.Allowed(
        "The rule r1 allows it.", List.of("r1"), "hash-1", false, OptionalInt.of(nodes));
  }

  public static Decision denied(String reason) {
    return new Decision.Denied(reason, List.of("d1"), "hash-1");
  }

  public static CommandRequest asked(String text) {
    return asked(text, THREAD);
  }

  static CommandRequest asked(String text, ConversationRef place) {
    return new CommandRequest(
        "inbox-1", ANN, place, place.thread(), text, text, NOON, CommandRequest.Manner.TYPED);
  }

  /** Reads a command without running it. */
  public CommandReader.Checked check(Asker asker, List<String> words) {
    return commands
        .commandLine(catalogue, presence)
        .check(asker, words.stream().map(WordSplitter::quote).collect(Collectors.joining(" ")));
  }

  public Pipeline.Outcome run(String text) {
    return pipeline.run(asked(text));
  }

  /** Runs a command and keeps what comes of it, as the command intake does. */
  CommandResult doing(String text) {
    return doing(asked(text));
  }

  /** Runs a command of anybody's and keeps what comes of it. */
  public CommandResult doing(CommandRequest asked) {
    Pipeline.Outcome outcome = pipeline.run(asked);
    outcome.audit().forEach(entry -> store.commit(new Change.AppendAudit(entry)));
    CommandResult ending = outcome.ending();
    switch (ending) {
      case CommandResult.Refused _ -> {}
      case CommandResult.Answered answered -> store.commit(answered.changes());
      case CommandResult.Opened(Job job, List<Change> along, var _) -> {
        List<Change> changes = new ArrayList<>(along);
        changes.addFirst(new Change.CreateJob(job, "bot-1"));
        store.commit(changes);
      }
    }
    return ending;
  }

  /** Runs what somebody types, and keeps what comes of it. */
  public CommandResult says(UserRef who, String text) {
    return says(who, text, CommandRequest.Manner.TYPED);
  }

  /** Runs a command of somebody's, each in a delivery of its own, and keeps what comes of it. */
  public CommandResult says(UserRef who, String text, CommandRequest.Manner manner) {
    said++;
    return doing(
        new CommandRequest(
            "inbox-" + said, who, THREAD, THREAD.thread(), text, text, clock.instant(), manner));
  }

  /** Why somebody's command is refused. */
  public String refusal(UserRef who, String text) {
    return switch (says(who, text)) {
      case CommandResult.Refused refused -> refused.reason();
      case CommandResult.Answered answered -> throw new AssertionError(answered);
      case CommandResult.Opened opened -> throw new AssertionError(opened);
    };
  }

  /** What a command is answered; its changes are kept. */
  String answer(String text) {
    return answered(doing(text));
  }

  /** What somebody's command is answered; its changes are kept. */
  public String answer(UserRef who, String text) {
    return answered(says(who, text));
  }

  private static String answered(CommandResult result) {
    return switch (result) {
      case CommandResult.Answered answered -> words(answered.message());
      case CommandResult.Refused refused -> throw new AssertionError(refused.reason());
      case CommandResult.Opened opened -> throw new AssertionError(opened);
    };
  }

  /** The job that a command became; it is kept. */
  public Job opened(String text) {
    return opened(doing(text));
  }

  /** The job that somebody's command became; it is kept. */
  public Job opened(UserRef who, String text) {
    return opened(says(who, text));
  }

  private static Job opened(CommandResult result) {
    return switch (result) {
      case CommandResult.Opened(Job job, var _, var _) -> job;
      case CommandResult.Refused refused -> throw new AssertionError(refused.reason());
      case CommandResult.Answered answered -> throw new AssertionError(answered);
    };
  }

  /** The request for approval of a job, as it is kept. */
  public dev.bandmaster.core.approval.Approval request(Job job) {
    return store.approvals().byJob(job.id()).orElseThrow();
  }

  /** A message as a person reads it. */
  public static String words(Message message) {
    return message.blocks().stream().map(PipelineBench::words).collect(Collectors.joining("\n"));
  }

  private static String words(Message.Block block) {
    return switch (block) {
      case Message.Header(var text) -> text;
      case Message.Paragraph(Text text) -> words(text);
      case Message.Preformatted(var text) -> text;
      case Message.Footnote(Text text) -> words(text);
      case Message.Divider() -> "";
      case Message.Menu menu -> "[" + menu.label() + "]";
      case Message.Rich rich ->
          rich.plain().stream().map(each -> words(each)).collect(Collectors.joining("\n"));
      case Message.Buttons(var buttons) ->
          buttons.stream()
              .map(button -> "[" + button.label() + "]")
              .collect(Collectors.joining(" "));
    };
  }

  private static String words(Text text) {
    return text.spans().stream()
        .map(span ->
            switch (span) {
              case Text.Span.Plain(var word) -> word;
              case Text.Span.Bold(var word) -> word;
              case Text.Span.Code(var word) -> word;
              case Text.Span.Person(var id) -> "@" + id;
              case Text.Span.Group(var id) -> "@" + id;
              case Text.Span.Channel(var id) -> "#" + id;
              case Text.Span.Link(var _, var label) -> label;
              case Text.Span.Moment(var at, var _) -> at.toString();
            })
        .collect(Collectors.joining());
  }

  /** What comes of planning a command that is allowed. */
  Step<PlannedCommand> planOf(Command command, Arguments arguments) {
    return new MakePlan(planning)
        .apply(
            new Authorised(
                new ParsedCommand(
                    asked(command.declaration().name()),
                    PERSON,
                    command,
                    new Invocation(arguments, command.declaration().name()),
                    Optional.empty(),
                    false),
                List.of(),
                "hash-1",
                ApprovalRequirements.NONE,
                Optional.empty()));
  }

  /** The reason of a command that was not done. */
  String refusal(String text) {
    return switch (run(text).ending()) {
      case CommandResult.Refused refused -> refused.reason();
      case CommandResult.Answered answered -> throw new AssertionError(answered);
      case CommandResult.Opened opened -> throw new AssertionError(opened);
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
