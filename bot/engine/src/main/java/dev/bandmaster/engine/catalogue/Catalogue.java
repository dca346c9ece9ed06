package dev.bandmaster.engine.catalogue;

import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext.Delegation;
import dev.bandmaster.plugin.PlanningContext.Release;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The configured environments and applications. Immutable; looking at releases does I/O. */
public final class Catalogue {

  private final Map<String, Environment> environments;
  private final Map<String, Application> applications;
  private final Releases releases;

  public Catalogue(Map<String, Environment> environments, Map<String, Application> applications) {
    this(environments, applications, InstantSource.system());
  }

  /** The same by another clock. */
  Catalogue(
      Map<String, Environment> environments,
      Map<String, Application> applications,
      InstantSource clock) {
    this.releases = new Releases(clock);
    this.environments = Map.copyOf(environments);
    this.applications = Map.copyOf(applications);
  }

  public Set<String> environments() {
    return environments.keySet();
  }

  public Set<String> applications() {
    return applications.keySet();
  }

  /** What an environment is for; empty if nothing is said of it. */
  public String describeEnvironment(String environment) {
    return Optional.ofNullable(environments.get(environment))
        .map(Environment::description)
        .orElse("");
  }

  /** What an application is; empty if nothing is said of it. */
  public String describeApplication(String application) {
    return Optional.ofNullable(applications.get(application))
        .map(Application::description)
        .orElse("");
  }

  /** Whether an environment is protected; an unknown one is. */
  public boolean isProtected(String environment) {
    return Optional.ofNullable(environments.get(environment))
        .map(Environment::isProtected)
        .orElse(true);
  }

  /**
   * The environment in which a version has to have run before it comes to this one; none for an
   * application that does not run there.
   */
  public Optional<String> comesAfter(String environment, String application) {
    return Optional.ofNullable(environments.get(environment))
        .flatMap(Environment::after)
        .filter(before -> runsIn(application, before));
  }

  /** Whether an application runs in an environment; one that is not configured may. */
  public boolean runsIn(String application, String environment) {
    return Optional.ofNullable(applications.get(application))
        .map(app -> app.runsIn(environment))
        .orElse(true);
  }

  /** What may be asked of the service that carries out an environment's work, if one does. */
  public Optional<Delegation> delegation(String environment) {
    return Optional.ofNullable(environments.get(environment)).flatMap(Environment::delegation);
  }

  /** The environments whose work a service carries out. */
  public Set<String> delegated() {
    return environments.keySet().stream()
        .filter(name -> delegation(name).isPresent())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  public Release release(String environment, String application, String version) {
    Application app = applications.get(application);
    if (app == null) {
      return new Release.Missing(
          "There is no application '" + application + "' in the configuration.");
    }
    if (!app.runsIn(environment)) {
      return new Release.Missing(
          "%s does not run in %s, only in %s."
              .formatted(application, environment, String.join(", ", app.envs())));
    }
    if (!app.accepts(version)) {
      return new Release.Missing(
          "'%s' is not a version of %s; its versions look like %s."
              .formatted(version, application, String.join(" or ", patterns(app))));
    }
    if (delegation(environment).isPresent()) {
      return app.tags()
          .<Release>map(
              tags -> new Release.Tagged(app.fill(tags, application, environment, version)))
          .orElseGet(() ->
              new Release.Missing(
                  "%s has no `tags` in the configuration, and %s is deployed by tags."
                      .formatted(application, environment)));
    }
    if (app.artifact().isEmpty()
        && app.releases().filter(list -> list.kind() == ReleaseList.Kind.OCI).isEmpty()) {
      return new Release.Missing(
          "%s has no `artifact` in the configuration, so agents cannot fetch it."
              .formatted(application));
    }
    return releases.find(app, environment, application, version);
  }

  /**
   * What a caller means who knows a release by its tags, the way {@link Application#tags} writes
   * them; {@code {app},{version}} for an app that says nothing about tags, and the app's name alone
   * for its newest version. Empty if that is none of the environment's apps, or more than one.
   */
  public Optional<TaggedRelease> byTags(String environment, String tags) {
    List<TaggedRelease> found =
        applications.entrySet().stream()
            .filter(each -> each.getValue().runsIn(environment))
            .flatMap(each -> each.getValue().tagged(each.getKey(), environment, tags).stream())
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** Address where people read what is in a version, if there is one. */
  public Optional<String> page(Planned.Subject subject) {
    String application = subject.application();
    return Optional.ofNullable(applications.get(application))
        .filter(app -> app.accepts(subject.version()))
        .flatMap(app ->
            app.page()
                .map(
                    page -> app.fill(page, application, subject.environment(), subject.version())));
  }

  /**
   * Address where people read what lies between two versions, if there is one.
   *
   * @param to where it is, and the version that is wanted
   */
  public Optional<String> changes(String from, Planned.Subject to) {
    return Optional.ofNullable(applications.get(to.application()))
        .filter(app -> app.accepts(from) && app.accepts(to.version()))
        .flatMap(Application::changes)
        .map(template ->
            template
                .replace("{app}", to.application())
                .replace("{env}", to.environment())
                .replace("{from}", from)
                .replace("{to}", to.version()));
  }

  /** Addresses of what lies between the versions that nodes run and the one that work brings. */
  public List<String> changes(Planned.Work work) {
    return work.subject().stream()
        .flatMap(subject ->
            work.differences().stream()
                .map(Planned.Difference::from)
                .distinct()
                .filter(from -> !from.equals(subject.version()))
                .flatMap(from -> changes(from, subject).stream()))
        .toList();
  }

  /** Versions in the order in which people want to see them, each once. */
  public static List<String> newestFirst(Collection<String> versions) {
    return versions.stream().distinct().sorted(Versions.NEWEST_FIRST).toList();
  }

  /** The versions that can be listed, newest first. */
  public List<String> versions(String environment, String application) {
    return listing(environment, application).versionsOrNone();
  }

  /**
   * What is known of the versions of an application. May ask a server, so it is for somebody who
   * may know.
   */
  public Listing listing(String environment, String application) {
    return Optional.ofNullable(applications.get(application))
        .map(app -> releases.list(app, environment, application))
        .orElseGet(Listing.NotListed::new);
  }

  private static List<String> patterns(Application app) {
    return app.versions().stream().map(Object::toString).toList();
  }
}
