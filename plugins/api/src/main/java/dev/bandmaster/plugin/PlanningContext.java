package dev.bandmaster.plugin;

import java.time.Instant;
import java.util.List;

/** What a plugin may know while it makes a plan. Safe for use by many threads. */
public interface PlanningContext {

  /** The nodes that match, sorted by name, from what presence says now. */
  Selection select(String filter);

  /** The nodes of an environment on which an application is installed. */
  List<Node> running(String environment, String application);

  /** Looks for what to deploy. */
  Release release(String environment, String application, String version);

  /** The versions that could be deployed, newest first; empty where they cannot be listed. */
  List<String> versions(String environment, String application);

  /**
   * The versions that were brought to an environment with success, the newest first, each once; at
   * most ten.
   */
  List<String> deployed(String environment, String application);

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

  /** What to deploy. */
  sealed interface Release {
    /**
     * A release as agents fetch it.
     *
     * @param url where agents fetch it
     * @param sha256 its checksum, 64 hexadecimal digits
     */
    record Found(String url, String sha256) implements Release {}

    /** There is no such release. The reason is a sentence for the person who asked. */
    record Missing(String reason) implements Release {}
  }
}
