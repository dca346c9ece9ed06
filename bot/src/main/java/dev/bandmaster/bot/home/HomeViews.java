package dev.bandmaster.bot.home;

import dev.bandmaster.acl.Channel;
import dev.bandmaster.acl.Principal;
import dev.bandmaster.bot.approval.Approval;
import dev.bandmaster.bot.approval.Electorate;
import dev.bandmaster.bot.chat.People;
import dev.bandmaster.bot.chat.Person;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.chat.Sender;
import dev.bandmaster.bot.command.AccessRequests;
import dev.bandmaster.bot.command.AccessRules;
import dev.bandmaster.bot.home.HomeView.Environment;
import dev.bandmaster.bot.home.HomeView.Fleet;
import dev.bandmaster.bot.home.HomeView.Waiting;
import dev.bandmaster.bot.store.Store;
import dev.bandmaster.plugin.Node;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Collects what a person is to see. Nobody sees more than what a command would tell them: the fleet
 * only who may {@code discover}, and requests only who may agree to them. Safe for use by many
 * threads.
 */
public final class HomeViews {
  /** Open requests that are looked through. */
  private static final int MOST_REQUESTS = 200;

  private static final int MOST_JOBS = 10;

  private final Store store;
  private final People people;
  private final AccessRules rules;
  private final Set<String> environments;
  private final Supplier<List<Node>> nodes;
  private final OpenAlerts alerts;
  private final InstantSource clock;

  /**
   * @param environments those that the configuration names
   * @param nodes all that are known, present or not
   */
  public HomeViews(
      Store store,
      People people,
      AccessRules rules,
      Set<String> environments,
      Supplier<List<Node>> nodes,
      OpenAlerts alerts,
      InstantSource clock) {
    this.store = store;
    this.people = people;
    this.rules = rules;
    this.environments = Set.copyOf(environments);
    this.nodes = nodes;
    this.alerts = alerts;
    this.clock = clock;
  }

  /**
   * What a person sees.
   *
   * @param place the direct messages with the person
   */
  HomeView of(Sender sender, Place place) {
    return switch (people.find(sender)) {
      case People.Unknown(String reason) ->
          new HomeView.Closed("I cannot tell who you are, so there is nothing to see: " + reason);
      case People.Known(Person person) -> of(person, place);
    };
  }

  private HomeView of(Person person, Place place) {
    Principal principal = AccessRequests.principal(person);
    Channel channel = AccessRequests.channel(place);
    if (!rules.couldEverAllow(principal, channel, "help")) {
      return new HomeView.Closed(
          "You may use nothing of mine. Whoever writes the policy can change that.");
    }
    boolean sees = rules.couldEverAllow(principal, channel, "discover");
    return new HomeView.Open(
        waitingFor(person.sender(), principal),
        store.jobs().of(person.sender().principal(), MOST_JOBS),
        sees ? Optional.of(new Fleet(environments(), alerts.lines())) : Optional.empty(),
        rules.couldEverAllow(principal, channel, "codeupdate"));
  }

  /** What the person may agree to and has not voted on. Whether it counts is asked at the click. */
  private List<Waiting> waitingFor(Sender sender, Principal principal) {
    Instant now = clock.instant();
    List<Waiting> waiting = new ArrayList<>();
    for (Approval approval : store.approvals().open(MOST_REQUESTS)) {
      boolean wanted =
          approval.isOpen(now)
              && !approval.tally().isComplete()
              && !approval.requester().maybeSame(sender)
              && approval.state().voteOf(sender).isEmpty()
              && !Electorate.counts(approval.snapshot().requirements(), principal).isEmpty();
      if (wanted && waiting.size() <= HomeArtist.MOST_WAITING) {
        store.jobs().find(approval.job()).ifPresent(job -> waiting.add(new Waiting(approval, job)));
      }
    }
    return waiting;
  }

  private List<Environment> environments() {
    Map<String, Environment> byName = new TreeMap<>();
    environments.forEach(name -> byName.put(name, new Environment(name, 0, 0)));
    for (Node node : nodes.get()) {
      byName.merge(
          node.environment(),
          new Environment(node.environment(), node.present() ? 1 : 0, 1),
          (one, other) ->
              new Environment(
                  one.name(), one.present() + other.present(), one.expected() + other.expected()));
    }
    return List.copyOf(byName.values());
  }
}
