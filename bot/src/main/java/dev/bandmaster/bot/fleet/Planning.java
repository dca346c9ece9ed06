package dev.bandmaster.bot.fleet;

import dev.bandmaster.bot.catalogue.Catalogue;
import dev.bandmaster.bot.store.Jobs;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.wire.NodeFilter;
import dev.bandmaster.wire.NodeFilter.Parsed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What plugins may ask while they plan, answered from presence and the catalogue. */
public final class Planning implements PlanningContext {

  private static final int MOST_VERSIONS = 10;

  private final Presence presence;
  private final Catalogue catalogue;
  private final Jobs jobs;
  private final InstantSource clock;

  public Planning(Presence presence, Catalogue catalogue, Jobs jobs, InstantSource clock) {
    this.presence = presence;
    this.catalogue = catalogue;
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  public Selection select(String filter) {
    return switch (NodeFilter.parse(filter)) {
      case Parsed.Invalid(String reason, int column) ->
          new Selection.Unreadable(
              "The filter '%s' cannot be read at character %d: %s"
                  .formatted(filter, column, reason));
      case Parsed.Valid(NodeFilter valid) ->
          new Selection.Selected(
              presence
                  .known()
                  .filter(node -> valid.matches(node.description()))
                  .map(presence::view)
                  .toList());
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
    if (release instanceof Release.Found
        && before.isPresent()
        && !jobs.hasRun(before.get(), application, version)) {
      return new Release.Missing(
          "%s %s has not run in %s yet, and %s takes only what has. Say 'codeupdate %s %s version=%s' first."
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
  public List<String> deployed(String environment, String application) {
    return jobs.deployed(environment, application, MOST_VERSIONS);
  }

  @Override
  public Instant now() {
    return clock.instant();
  }
}
