package dev.bandmaster.engine.fleet;

import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.core.store.Nodes.Remembered;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.catalogue.Listing;
import dev.bandmaster.model.NodeFilter;
import dev.bandmaster.model.NodeSelection;
import dev.bandmaster.model.NodeSelection.Parsed;
import dev.bandmaster.model.VersionName;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What plugins may ask while they plan, answered from presence and the catalogue. */
public final class FleetPlanningContext implements PlanningContext {

  private static final int MOST_VERSIONS = 10;

  /** Jobs that are asked what ran before them. */
  private static final int MOST_LOOKED_AT = 10;

  private final Presence presence;
  private final Catalogue catalogue;
  private final Jobs jobs;
  private final InstantSource clock;
  private final Optional<Announcements> announcements;
  private final NodeChooser chooser;

  /** Plans from what presence knows at the moment, and waits for nobody. */
  public FleetPlanningContext(
      Presence presence, Catalogue catalogue, Jobs jobs, InstantSource clock) {
    this(presence, catalogue, jobs, clock, Optional.empty());
  }

  /** Plans that wait a moment for nodes that are known and have not announced themselves. */
  public FleetPlanningContext(
      Presence presence,
      Catalogue catalogue,
      Jobs jobs,
      InstantSource clock,
      Announcements announcements) {
    this(presence, catalogue, jobs, clock, Optional.of(announcements));
  }

  private FleetPlanningContext(
      Presence presence,
      Catalogue catalogue,
      Jobs jobs,
      InstantSource clock,
      Optional<Announcements> announcements) {
    this.announcements = announcements;
    this.presence = presence;
    this.chooser = new NodeChooser(presence::load, new SecureRandom());
    this.catalogue = catalogue;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** What one plan may ask; it remembers which nodes the plan leaves out. */
  public OnePlan onePlan() {
    return new OnePlan(this);
  }

  /** Waits a moment until nodes that were chosen before have announced themselves here. */
  public void await(List<String> nodes) {
    announcements.ifPresent(those -> those.await(nodes));
  }

  /** Known nodes that may match and have not described themselves, after a moment's wait. */
  List<String> missing(String filter) {
    return switch (NodeSelection.parse(filter)) {
      case Parsed.Invalid _ -> List.of();
      // The one that is chosen is present.
      case Parsed.Valid(NodeSelection(var selector, var _)) when selector.isPresent() -> List.of();
      case Parsed.Valid(NodeSelection(var _, NodeFilter valid)) ->
          missing(valid::couldMatch, () -> matching(valid).map(node -> node.description().node()));
    };
  }

  /** The same of nodes in an environment that have an application. */
  List<String> missing(String environment, String application) {
    return missing(
        (node, env) -> env.filter(known -> !known.equals(environment)).isEmpty(),
        () -> running(environment, application).stream().map(Node::name));
  }

  private List<String> missing(
      BiPredicate<String, Optional<String>> concerns, Supplier<Stream<String>> chosen) {
    return announcements.map(those -> those.missing(concerns, chosen)).orElse(List.of());
  }

  private Stream<Remembered> matching(NodeFilter filter) {
    return presence.known().filter(node -> filter.matches(node.description()));
  }

  @Override
  public Selection select(String filter) {
    return switch (NodeSelection.parse(filter)) {
      case Parsed.Invalid(String reason, int column) ->
          new Selection.Unreadable(
              "The filter '%s' is invalid at character %d: %s".formatted(filter, column, reason));
      case Parsed.Valid(NodeSelection(var selector, NodeFilter valid)) -> {
        List<Node> nodes = matching(valid).map(presence::view).toList();
        yield new Selection.Selected(
            selector
                .map(how -> chooser.choose(how, nodes, filter).stream().toList())
                .orElse(nodes));
      }
    };
  }

  @Override
  public List<Node> running(String environment, String application) {
    return presence.nodes().stream()
        .filter(node -> node.environment().equals(environment))
        .filter(node -> node.applications().containsKey(application))
        .toList();
  }

  @Override
  public Release release(String environment, String application, String version) {
    Release release = catalogue.release(environment, application, version);
    Optional<String> before = catalogue.comesAfter(environment, application);
    if (!(release instanceof Release.Missing)
        && before.isPresent()
        && !jobs.hasRun(before.get(), application, version)) {
      return new Release.Missing(
          "%s %s has not run in %s yet, which %s requires. First run `codeupdate %s %s version=%s`."
              .formatted(
                  application,
                  version,
                  before.get(),
                  environment,
                  before.get(),
                  application,
                  version));
    }
    return release;
  }

  @Override
  public List<String> versions(String environment, String application) {
    return catalogue.versions(environment, application);
  }

  @Override
  public Optional<String> unlisted(String environment, String application) {
    return catalogue.listing(environment, application) instanceof Listing.Failed(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  @Override
  public List<String> deployed(String environment, String application) {
    SequencedSet<String> versions =
        new LinkedHashSet<>(jobs.deployed(environment, application, MOST_VERSIONS));
    // What ran before the first deploy by the bot, the nodes said when that was planned.
    jobs.about(environment, application, MOST_LOOKED_AT).stream()
        .flatMap(job -> job.work().differences().stream())
        .map(Planned.Difference::from)
        .filter(VersionName::isValid)
        .forEach(versions::add);
    return List.copyOf(versions);
  }

  @Override
  public Optional<String> attempted(String environment, String application) {
    return jobs.attempted(environment, application);
  }

  @Override
  public Optional<Delegation> delegation(String environment) {
    return catalogue.delegation(environment);
  }

  @Override
  public Set<String> delegated() {
    return catalogue.delegated();
  }

  @Override
  public Instant now() {
    return clock.instant();
  }
}
