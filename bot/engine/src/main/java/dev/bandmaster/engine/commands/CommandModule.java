package dev.bandmaster.engine.commands;

import dev.bandmaster.acl.Explanation;
import dev.bandmaster.acl.Request;
import dev.bandmaster.core.backend.Backends;
import dev.bandmaster.core.chat.Dialogs;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.freeze.Freezes;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.approvals.ApprovalModule;
import dev.bandmaster.engine.approvals.PolicyRecheck;
import dev.bandmaster.engine.approvals.VotingService;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.fleet.Enrolments;
import dev.bandmaster.engine.fleet.FleetPlanningContext;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.intake.DialogCatalogue;
import dev.bandmaster.engine.intake.DialogController;
import dev.bandmaster.engine.intake.ReasonButton;
import dev.bandmaster.engine.jobs.ApprovalNotifier;
import dev.bandmaster.engine.pipeline.AccessRequests;
import dev.bandmaster.engine.pipeline.AccessRules;
import dev.bandmaster.engine.pipeline.Admit;
import dev.bandmaster.engine.pipeline.ApplyJobAction;
import dev.bandmaster.engine.pipeline.ApprovalSettings;
import dev.bandmaster.engine.pipeline.Authorise;
import dev.bandmaster.engine.pipeline.AuthoriseTargets;
import dev.bandmaster.engine.pipeline.ChooseBackend;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandPlugins;
import dev.bandmaster.engine.pipeline.CommandReader;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import dev.bandmaster.engine.pipeline.Confirm;
import dev.bandmaster.engine.pipeline.Emergencies;
import dev.bandmaster.engine.pipeline.EmergencyNotice;
import dev.bandmaster.engine.pipeline.Help;
import dev.bandmaster.engine.pipeline.Identify;
import dev.bandmaster.engine.pipeline.Interpreter;
import dev.bandmaster.engine.pipeline.JobSettings;
import dev.bandmaster.engine.pipeline.MakePlan;
import dev.bandmaster.engine.pipeline.OpenJob;
import dev.bandmaster.engine.pipeline.Parse;
import dev.bandmaster.engine.pipeline.PermissionCheck;
import dev.bandmaster.engine.pipeline.Pipeline;
import dev.bandmaster.engine.pipeline.RequestApproval;
import dev.bandmaster.engine.pipeline.RespectFreezes;
import dev.bandmaster.engine.pipeline.RespectLocks;
import dev.bandmaster.engine.pipeline.SettleVersion;
import dev.bandmaster.engine.pipeline.ValueCheck;
import dev.bandmaster.engine.pipeline.Voters;
import dev.bandmaster.engine.pipeline.Warn;
import dev.bandmaster.engine.pipeline.Wording;
import dev.bandmaster.engine.view.JobRenderer;
import dev.bandmaster.engine.view.StartConditionText;
import dev.bandmaster.plugin.CommandPlugin;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts the pipeline together: all commands, plugins' and built-in, and the stages they go through.
 */
public final class CommandModule {

  private final CommandRegistry registry = new CommandRegistry();
  private final PermissionCheck rights;
  private final AccessRules rules;
  private final Wording wording;
  private final Store store;
  private final ThreadLookup threads;

  /**
   * Makes it without commands; {@link #register} adds them.
   *
   * @param apiChannel the channel in which jobs of the API are shown, if there is one
   * @param aliases everybody's aliases: what each stands for
   */
  public CommandModule(
      AccessRules rules, Store store, Optional<String> apiChannel, Map<String, String> aliases) {
    this.rules = rules;
    this.store = store;
    this.threads = new ThreadLookup(store, apiChannel);
    this.wording = new Wording(registry, aliases, store.commandAliases());
    this.rights =
        (asker, permission, environment, application) ->
            rules.couldEverAllow(
                AccessRequests.principal(asker.person()),
                AccessRequests.channel(asker.place()),
                permission,
                environment,
                application);
  }

  /**
   * Registers the commands.
   *
   * @param more commands beside the plugins' and the ones about the bot itself
   * @param callFleet asks all nodes to describe themselves
   * @param reader reads commands without running them
   */
  public void register(
      List<CommandPlugin> plugins,
      List<Command> more,
      Function<Request, Explanation> explain,
      FleetTokens tokens,
      Enrolments enrolments,
      Presence presence,
      Runnable callFleet,
      CommandReader reader,
      Catalogue catalogue,
      InstantSource clock) {
    List<Command> commands = new ArrayList<>();
    plugins.forEach(plugin -> commands.add(new Command.Planned(plugin)));
    commands.addAll(more);
    commands.add(
        new Command.ActionCommand(
            FleetCommand.DECLARATION,
            new FleetCommand(tokens, enrolments, presence, callFleet, clock)));
    commands.add(new Command.BuiltIn(WhoAmI.DECLARATION, new WhoAmI()));
    commands.add(
        new Command.BuiltIn(
            Why.DECLARATION, new Why(reader, explain, store.jobs()::byNumber, clock)));
    commands.add(
        new Command.BuiltIn(
            Help.DECLARATION, new Help(registry, rights, catalogue, store.audit())));
    registry.register(commands);
  }

  /** What people's words come to, before they are read as a command. */
  public Wording wording() {
    return wording;
  }

  public CommandRegistry registry() {
    return registry;
  }

  /** What draws the jobs of these commands. */
  public static JobRenderer renderer(CommandPlugins plugins, InstantSource clock) {
    return new JobRenderer(plugins::presenter, plugins::buttons, clock);
  }

  /** What decides about approvals. */
  public ApprovalModule approvals(
      FreshDirectory people,
      FleetPlanningContext planning,
      Presence presence,
      Store store,
      ApprovalNotifier notifier,
      TimeText times,
      ApprovalSettings settings,
      InstantSource clock) {
    Voters voters = new Voters(people, rules, settings, clock);
    PolicyRecheck recheck =
        new PolicyRecheck(
            registry,
            planning,
            new AuthoriseTargets(rules, emergencies(settings, clock), presence, clock),
            voters);
    return new ApprovalModule(
        voters,
        recheck,
        new VotingService(store.approvals(), voters, recheck, notifier, times, clock),
        notifier,
        settings);
  }

  private Emergencies emergencies(ApprovalSettings settings, InstantSource clock) {
    return new Emergencies(settings.emergencyChannel().isPresent(), rules, clock);
  }

  /** The stages in their order. */
  public Pipeline pipeline(
      Directory people,
      Catalogue catalogue,
      FleetPlanningContext planning,
      Backends backends,
      Presence presence,
      Store store,
      Freezes freezes,
      StartConditionText conditionText,
      JobSettings settings,
      ApprovalModule approvals,
      InstantSource clock) {
    Emergencies emergencies = emergencies(approvals.settings(), clock);
    return new Pipeline(
        new Identify(people),
        new Admit(registry, rights, rules, clock),
        parse(catalogue, presence),
        new Authorise(rules, emergencies, clock),
        new SettleVersion(catalogue),
        new MakePlan(planning),
        new AuthoriseTargets(rules, emergencies, presence, clock),
        new ApplyJobAction(),
        new ChooseBackend(backends, presence),
        new RespectLocks(store.slots(), conditionText, clock),
        new RespectFreezes(freezes, conditionText, registry, rules, clock),
        new Warn(store.jobs(), catalogue::versions, clock),
        new Confirm(catalogue::isProtected),
        new RequestApproval(
            store.approvals(), approvals.voters(), catalogue, approvals.settings(), clock),
        new OpenJob(
            store.jobs(),
            () ->
                settings.declaredBy(
                    registry.commands().stream().map(Command::declaration).toList()),
            approvals.notifier(),
            new EmergencyNotice(approvals.settings().emergencyChannel()),
            clock));
  }

  /**
   * The dialogs that there are.
   *
   * @param reasons the buttons that ask for a reason
   */
  public DialogCatalogue forms(List<ReasonButton> reasons) {
    return new DialogCatalogue(registry, reasons);
  }

  /** Fills the forms in. */
  public DialogController dialogController(
      DialogCatalogue forms,
      Catalogue catalogue,
      Directory people,
      Dialogs dialogs,
      Presence presence,
      InstantSource clock) {
    return new DialogController(
        forms, rights, rules, catalogue, people, dialogs, presence::nodes, clock);
  }

  private Parse parse(Catalogue catalogue, Presence presence) {
    return new Parse(
        registry,
        wording,
        new Interpreter(catalogue, new ValueCheck(catalogue), presence::knows, rights),
        rights,
        threads);
  }

  /** Reads commands without running them. */
  public CommandReader commandLine(Catalogue catalogue, Presence presence) {
    return parse(catalogue, presence)::check;
  }
}
