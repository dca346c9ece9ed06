package dev.bandmaster.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a plugin may know while it makes a plan. Safe for use by many threads. */
public interface PlanningContext {

  /**
   * The nodes that match, sorted by name, from what presence says now. With a selector around the
   * filter, such as {@code any(role=worker)}, one of those that are present, or none if no node
   * that matches is.
   */
  Selection select(String filter);

  /** The nodes of an environment on which an application is installed. */
  List<Node> running(String environment, String application);

  /** Looks for what to deploy. */
  Release release(String environment, String application, String version);

  /** The versions that could be deployed, newest first; empty where they cannot be listed. */
  List<String> versions(String environment, String application);

  /** Why the versions cannot be listed now, a sentence; empty where they can or nothing does. */
  default Optional<String> unlisted(String environment, String application) {
    return Optional.empty();
  }

  /**
   * The versions that were brought to an environment with success, the newest first, each once; at
   * most ten.
   */
  List<String> deployed(String environment, String application);

  /**
   * The version of the newest deploy to an environment that has ended, with success or without;
   * empty if there was none.
   */
  default Optional<String> attempted(String environment, String application) {
    return Optional.empty();
  }

  /**
   * What may be asked of the service that carries out the work of an environment; empty where
   * agents do.
   */
  default Optional<Delegation> delegation(String environment) {
    return Optional.empty();
  }

  /** The environments whose work a service carries out. */
  default Set<String> delegated() {
    return Set.of();
  }

  /** The time of the plan. */
  Instant now();

  /** The nodes a filter means. */
  sealed interface Selection {
    record Selected(List<Node> nodes) implements Selection {
      public Selected {
        nodes = List.copyOf(nodes);
      }
    }

    /** The filter cannot be read; the reason is a sentence for the person who typed it. */
    record Unreadable(String reason) implements Selection {}
  }

  /**
   * What may be asked of a service that carries out an environment's work.
   *
   * @param modules the modules that {@code adhoc} may name
   * @param roles the roles that may be brought to hosts
   * @param checks whether it can say what would change, without changing it
   */
  record Delegation(Set<String> modules, Set<String> roles, boolean checks) {
    /** A service that cannot say what would change. */
    public Delegation(Set<String> modules, Set<String> roles) {
      this(modules, roles, false);
    }

    public Delegation {
      modules = Set.copyOf(modules);
      roles = Set.copyOf(roles);
    }
  }

  /** What to deploy. */
  sealed interface Release {
    /**
     * A release as agents fetch it.
     *
     * @param url where agents fetch it
     * @param sha256 its checksum, 64 hexadecimal digits
     */
    record Found(String url, String sha256) implements Release {}

    /**
     * A release that a service knows by these tags.
     *
     * @param tags as the service takes them, such as {@code web,1.4.2}
     */
    record Tagged(String tags) implements Release {}

    /** There is no such release. The reason is a sentence for the person who asked. */
    record Missing(String reason) implements Release {}
  }
}
