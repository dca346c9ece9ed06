package dev.bandmaster.model;

import java.util.List;
import java.util.TreeSet;

/** Whom a request is for. The target is inside the signature: a node that is not meant refuses. */
public sealed interface Target {
  /**
   * Every node of an env for which the filter holds; each node evaluates the filter itself. For
   * requests that change nothing.
   *
   * @param env the env, or {@code ""} for all
   * @param filter a {@link NodeFilter} text, or {@code ""} for all
   */
  record Broadcast(String env, String filter) implements Target {
    public Broadcast {
      Bounds.nameOrEmpty(env, "target.env");
      Bounds.bounded(filter, NodeFilter.LONGEST, "target.filter");
    }
  }

  /**
   * Every node of an env that runs an app. For requests that change nothing.
   *
   * @param env the env, or {@code ""} for all
   */
  record AppBroadcast(String env, String app) implements Target {
    public AppBroadcast {
      Bounds.nameOrEmpty(env, "target.env");
      Bounds.name(app, "target.app");
    }
  }

  /**
   * Exactly these nodes, resolved when the plan was made and frozen since.
   *
   * @param names sorted, each once; 1 to 50,000
   */
  record Nodes(List<String> names) implements Target {
    /** Most nodes of one request. */
    public static final int MOST = 50_000;

    public Nodes {
      names = List.copyOf(new TreeSet<>(names));
      names.forEach(NodeName::require);
      if (names.isEmpty() || names.size() > MOST) {
        throw new IllegalArgumentException(
            "target.nodes names " + names.size() + " nodes, 1 to " + MOST + " go");
      }
    }
  }

  /** Any one node that offers the capability; the broker chooses a free one. */
  record AnyOne() implements Target {}
}
