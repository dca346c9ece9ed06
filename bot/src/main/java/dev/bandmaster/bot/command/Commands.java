package dev.bandmaster.bot.command;

import dev.bandmaster.acl.Explanation;
import dev.bandmaster.acl.Request;
import dev.bandmaster.bot.catalogue.Catalogue;
import dev.bandmaster.bot.chat.Dialogs;
import dev.bandmaster.bot.chat.FreshPeople;
import dev.bandmaster.bot.chat.People;
import dev.bandmaster.bot.chat.TimeWords;
import dev.bandmaster.bot.fleet.Enrolments;
import dev.bandmaster.bot.fleet.Planning;
import dev.bandmaster.bot.fleet.Presence;
import dev.bandmaster.bot.freeze.Freezes;
import dev.bandmaster.bot.store.Store;
import dev.bandmaster.bot.work.ApprovalNews;
import dev.bandmaster.bot.work.ObstacleWords;
import dev.bandmaster.config.ApprovalsConfig;
import dev.bandmaster.config.JobsConfig;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Presenter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Puts the pipeline together: all commands, plugins' and built-in, and the stages they go through.
 */
public final class Commands {

  private final CommandRegistry registry;
  private final Rights rights;
  private final AccessRules rules;

  /**
   * Collects the commands.
   *
   * @param more commands beside the plugins' and the ones about the bot itself
   * @param status the lines of {@code status}
   * @param callFleet asks all nodes to describe themselves
   */
  public Commands(
      List<CommandPlugin> plugins,
      List<Command> more,
      AccessRules rules,
      Function<Request, Explanation> explain,
      Supplier<Map<String, String>> status,
      Enrolments enrolments,
      Presence presence,
      Runnable callFleet,
      InstantSource clock) {
    this.rules = rules;
    this.rights =
        (asker, permission) ->
            rules.couldEverAllow(
                AccessRequests.principal(asker.person()),
                AccessRequests.channel(asker.place()),
                permission);
    List<Command> commands = new ArrayList<>();
    plugins.forEach(plugin -> commands.add(new Command.Planned(plugin)));
    commands.addAll(more);
    commands.add(
        new Command.BuiltIn(
            FleetCommand.DECLARATION, new FleetCommand(enrolments, presence, callFleet)));
    commands.add(new Command.BuiltIn(Status.DECLARATION, new Status(status)));
    commands.add(new Command.BuiltIn(WhoAmI.DECLARATION, new WhoAmI()));
    commands.add(new Command.BuiltIn(Why.DECLARATION, new Why(this::registry, explain, clock)));
    commands.add(new Command.BuiltIn(Help.DECLARATION, new Help(this::registry, rights)));
    this.registry = new CommandRegistry(commands);
  }

  public CommandRegistry registry() {
    return registry;
  }

  /** Finds a plugin's words by its command's name. */
  public static Function<String, Presenter> presenters(List<CommandPlugin> plugins) {
    Map<String, Presenter> byName =
        plugins.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    plugin -> plugin.declaration().name(), CommandPlugin::presenter));
    return name -> byName.getOrDefault(name, Presenter.PLAIN);
  }

  /** What decides about approvals. */
  public ApprovalParts approvals(
      FreshPeople people,
      Planning planning,
      Presence presence,
      Store store,
      ApprovalNews news,
      TimeWords times,
      ApprovalsConfig settings,
      InstantSource clock) {
    Voters voters = new Voters(people, rules, settings, clock);
    Recheck recheck =
        new Recheck(
            registry,
            planning,
            new AuthoriseReach(rules, emergencies(settings, clock), presence, clock),
            voters);
    return new ApprovalParts(
        voters,
        recheck,
        new Voting(store.approvals(), voters, recheck, news, times, clock),
        news,
        settings);
  }

  private Emergencies emergencies(ApprovalsConfig settings, InstantSource clock) {
    return new Emergencies(settings.emergency().isPresent(), rules, clock);
  }

  /** The stages in their order. */
  public Pipeline pipeline(
      People people,
      Catalogue catalogue,
      Planning planning,
      Presence presence,
      Store store,
      Freezes freezes,
      ObstacleWords obstacles,
      JobsConfig settings,
      ApprovalParts approvals,
      InstantSource clock) {
    Emergencies emergencies = emergencies(approvals.settings(), clock);
    return new Pipeline(
        new Identify(people),
        new Admit(registry, rights, rules, clock),
        parse(catalogue),
        new Authorise(rules, emergencies, clock),
        new MakePlan(planning),
        new AuthoriseReach(rules, emergencies, presence, clock),
        new GiveOrder(),
        new RespectLocks(store.slots(), obstacles),
        new RespectFreezes(freezes, obstacles, clock),
        new Confirm(),
        new AskApproval(
            store.approvals(), approvals.voters(), catalogue, approvals.settings(), clock),
        new OpenJob(
            store.jobs(),
            settings,
            approvals.news(),
            new EmergencyNotice(
                approvals.settings().emergency().map(ApprovalsConfig.Emergency::channel)),
            clock));
  }

  /**
   * The dialogs that there are.
   *
   * @param reasons the buttons that ask for a reason
   */
  public Forms forms(List<ReasonButton> reasons) {
    return new Forms(registry, reasons);
  }

  /** Fills the forms in. */
  public FormDesk formDesk(
      Forms forms, Catalogue catalogue, People people, Dialogs dialogs, InstantSource clock) {
    return new FormDesk(forms, rights, rules, catalogue, people, dialogs, clock);
  }

  private Parse parse(Catalogue catalogue) {
    return new Parse(registry, new ValueCheck(catalogue), rights);
  }

  /** Reads commands without running them. */
  public CommandLine commandLine(Catalogue catalogue) {
    return parse(catalogue)::check;
  }
}
