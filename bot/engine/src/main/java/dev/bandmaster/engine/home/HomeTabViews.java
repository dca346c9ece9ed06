package dev.bandmaster.engine.home;

import dev.bandmaster.acl.Channel;
import dev.bandmaster.acl.Principal;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.Electorate;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.home.HomeTabView.Environment;
import dev.bandmaster.engine.home.HomeTabView.Fleet;
import dev.bandmaster.engine.home.HomeTabView.OwnJob;
import dev.bandmaster.engine.home.HomeTabView.Waiting;
import dev.bandmaster.engine.pipeline.AccessRequests;
import dev.bandmaster.engine.pipeline.AccessRules;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandForm;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Node;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Collects what a person is to see. Nobody sees more than what a command would tell them: the fleet
 * only by a command that declares to show it, and requests only who may agree to them. Safe for use
 * by many threads.
 */
public final class HomeTabViews {
  /** Open requests that are looked through. */
  private static final int MOST_REQUESTS = 200;

  private static final int MOST_JOBS = 10;

  /** Jobs with their buttons: those are read whole, each time a tab is drawn. */
  private static final int MOST_WITH_BUTTONS = 5;

  /** Buttons beside each other; of more nobody finds the right one. */
  private static final int MOST_FORMS = 5;

  private final Store store;
  private final Directory people;
  private final AccessRules rules;
  private final CommandRegistry registry;
  private final Set<String> environments;
  private final Supplier<List<Node>> nodes;
  private final OpenAlerts alerts;
  private final Function<Job, List<Button>> buttons;
  private final InstantSource clock;

  /**
   * @param environments those that the configuration names
   * @param nodes all that are known, present or not
   * @param buttons what a job offers
   */
  public HomeTabViews(
      Store store,
      Directory people,
      AccessRules rules,
      CommandRegistry registry,
      Set<String> environments,
      Supplier<List<Node>> nodes,
      OpenAlerts alerts,
      Function<Job, List<Button>> buttons,
      InstantSource clock) {
    this.store = store;
    this.people = people;
    this.rules = rules;
    this.registry = registry;
    this.environments = Set.copyOf(environments);
    this.nodes = nodes;
    this.alerts = alerts;
    this.buttons = buttons;
    this.clock = clock;
  }

  /**
   * What a person sees.
   *
   * @param place the direct messages with the person
   */
  HomeTabView of(UserRef sender, ConversationRef place) {
    return switch (people.find(sender)) {
      case Directory.Unknown(String reason) ->
          new HomeTabView.Closed("Nothing to show: I cannot look up who you are. " + reason);
      case Directory.Known(Person person) -> of(person, place);
    };
  }

  private HomeTabView of(Person person, ConversationRef place) {
    Principal principal = AccessRequests.principal(person);
    Channel channel = AccessRequests.channel(place);
    List<Command> usable =
        registry.commands().stream()
            .filter(command ->
                command.permissions().stream()
                    .anyMatch(right -> rules.couldEverAllow(principal, channel, right)))
            .toList();
    if (usable.isEmpty()) {
      return new HomeTabView.Closed(
          "You may not use this bot. Ask the policy's owners for access.");
    }
    boolean sees = usable.stream().anyMatch(each -> each.declaration().traits().showsFleet());
    return new HomeTabView.Open(
        waitingFor(person.sender(), principal),
        jobsOf(person.sender()),
        sees ? Optional.of(new Fleet(environments(), alerts.lines())) : Optional.empty(),
        forms(usable));
  }

  private List<OwnJob> jobsOf(UserRef sender) {
    List<OwnJob> own = new ArrayList<>();
    for (Jobs.Line line : store.jobs().of(sender.principal(), MOST_JOBS)) {
      own.add(
          new OwnJob(
              line,
              own.size() < MOST_WITH_BUTTONS
                  ? store.jobs().byNumber(line.number()).map(buttons).orElse(List.of())
                  : List.of()));
    }
    return own;
  }

  private static List<Button> forms(List<Command> usable) {
    return usable.stream()
        .filter(CommandForm::isFor)
        .flatMap(command ->
            command.declaration().traits().homeButton().stream()
                .map(label -> CommandForm.button(command.declaration().name(), label)))
        .limit(MOST_FORMS)
        .toList();
  }

  /** What the person may agree to and has not voted on. Whether it counts is asked at the click. */
  private List<Waiting> waitingFor(UserRef sender, Principal principal) {
    Instant now = clock.instant();
    List<Waiting> waiting = new ArrayList<>();
    for (Approval approval : store.approvals().open(MOST_REQUESTS)) {
      boolean wanted =
          approval.isOpen(now)
              && !approval.tally().isComplete()
              && !approval.requester().maybeSame(sender)
              && approval.state().voteOf(sender).isEmpty()
              && !Electorate.counts(approval.snapshot().requirements(), principal).isEmpty();
      if (wanted && waiting.size() <= HomeTabRenderer.MOST_WAITING) {
        store.jobs().find(approval.job()).ifPresent(job -> waiting.add(new Waiting(approval, job)));
      }
    }
    return waiting;
  }

  private List<Environment> environments() {
    Map<String, List<Node>> byName = new TreeMap<>();
    environments.forEach(name -> byName.put(name, new ArrayList<>()));
    for (Node node : nodes.get()) {
      byName.computeIfAbsent(node.environment(), _ -> new ArrayList<>()).add(node);
    }
    return byName.entrySet().stream()
        .map(each ->
            new Environment(
                each.getKey(),
                (int) each.getValue().stream().filter(Node::present).count(),
                each.getValue().size(),
                versions(each.getValue())))
        .toList();
  }

  private static Map<String, Map<String, Integer>> versions(List<Node> nodes) {
    Map<String, Map<String, Integer>> versions = new TreeMap<>();
    for (Node node : nodes) {
      node.applications()
          .forEach((application, version) ->
              versions
                  .computeIfAbsent(application, _ -> new TreeMap<>())
                  .merge(version, 1, Integer::sum));
    }
    return versions;
  }
}
