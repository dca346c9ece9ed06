package dev.bandmaster.plugin;

import dev.bandmaster.model.Data;
import java.util.List;
import java.util.Optional;

/** What a plugin makes of a command. */
public sealed interface Planned {

  /**
   * Work for nodes.
   *
   * @param title what is done, for the head of the job message
   * @param capability the agents' capability that does it, for instance {@code deploy}
   * @param action the capability's action
   * @param arguments the action's arguments
   * @param reach whom it is sent to
   * @param effect whether anything changes by it
   * @param rollout in which steps; {@link Rollout#AT_ONCE} for all nodes together
   * @param subject the application it changes, which it then has for itself until it ends
   * @param differences what it changes from what to what, as far as that is known
   * @param leftOut nodes that may belong to it and are not part of it, since they have not
   *     described themselves yet; filled in by the bot
   */
  record Work(
      String title,
      String capability,
      String action,
      Data.Fields arguments,
      Reach reach,
      Effect effect,
      Rollout rollout,
      Optional<Subject> subject,
      List<Difference> differences,
      List<String> leftOut)
      implements Planned {
    public Work {
      if (effect == Effect.CHANGES && reach instanceof Reach.Broadcast) {
        throw new IllegalArgumentException("what changes anything names its nodes");
      }
      differences = List.copyOf(differences);
      leftOut = List.copyOf(leftOut);
    }

    /** Work that all nodes do at the same time, and that excludes no other work. */
    public static Work atOnce(
        String title,
        String capability,
        String action,
        Data.Fields arguments,
        Reach reach,
        Effect effect) {
      return new Work(
          title,
          capability,
          action,
          arguments,
          reach,
          effect,
          Rollout.AT_ONCE,
          Optional.empty(),
          List.of(),
          List.of());
    }

    /** The same work in these steps. */
    public Work in(Rollout steps) {
      return new Work(
          title,
          capability,
          action,
          arguments,
          reach,
          effect,
          steps,
          subject,
          differences,
          leftOut);
    }

    /** The same work, which has this application for itself. */
    public Work on(Subject application) {
      return new Work(
          title,
          capability,
          action,
          arguments,
          reach,
          effect,
          rollout,
          Optional.of(application),
          differences,
          leftOut);
    }

    /** The same work, of which is known what it changes. */
    public Work changing(List<Difference> known) {
      return new Work(
          title, capability, action, arguments, reach, effect, rollout, subject, known, leftOut);
    }

    /** The same work by another name. */
    public Work titled(String newTitle) {
      return new Work(
          newTitle,
          capability,
          action,
          arguments,
          reach,
          effect,
          rollout,
          subject,
          differences,
          leftOut);
    }

    /** The same work on some of its nodes, in their order. */
    public Work only(String newTitle, List<String> nodes) {
      return new Work(
          newTitle,
          capability,
          action,
          arguments,
          new Reach.Frozen(nodes),
          effect,
          rollout,
          subject,
          List.of(),
          leftOut);
    }

    /** The same work, which leaves out nodes of which nothing is known yet. */
    public Work leavingOut(List<String> nodes) {
      return new Work(
          title,
          capability,
          action,
          arguments,
          reach,
          effect,
          rollout,
          subject,
          differences,
          nodes);
    }
  }

  /**
   * The application that work changes. Of the work on one application in one environment only one
   * piece goes on at a time.
   *
   * @param version the version that is there afterwards, or empty if that is not a matter of it
   */
  record Subject(String environment, String application, String version) {}

  /**
   * What changes on some nodes.
   *
   * @param from the version that is there now, or empty for none
   * @param to the version that is there afterwards
   */
  record Difference(List<String> nodes, String from, String to) {
    public Difference {
      nodes = List.copyOf(nodes);
    }
  }

  /** An answer from what the bot already knows; nothing is sent to any node. */
  record Answer(Message message) implements Planned {}

  /** The command cannot be carried out as asked. */
  record Refused(String reason) implements Planned {}

  /** Whom work is sent to. */
  sealed interface Reach {
    /** The nodes that are expected to answer, by name. */
    List<String> nodes();

    /** These nodes and no others; frozen when the plan was made. */
    record Frozen(List<String> nodes) implements Reach {
      public Frozen {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
          throw new IllegalArgumentException("a plan names at least one node");
        }
      }
    }

    /**
     * All that match, evaluated on the node itself; who should answer comes from presence.
     *
     * @param environment only this environment, or empty for all
     * @param filter the filter as typed, or empty for all
     * @param nodes who should answer as far as is known
     */
    record Broadcast(String environment, String filter, List<String> nodes) implements Reach {
      public Broadcast {
        nodes = List.copyOf(nodes);
      }
    }

    /**
     * Hosts that only the backend knows. Which and how many they are is known when they report;
     * until then one name stands for all of them.
     *
     * @param standIn the name that stands for them, such as {@code web@staging}; a host of that
     *     name stands for itself
     * @param one whether it is certainly one host, so that rules with a number of nodes can be
     *     asked
     */
    record ChosenByBackend(String standIn, boolean one) implements Reach {
      @Override
      public List<String> nodes() {
        return List.of(standIn);
      }
    }
  }

  /** Whether work changes anything on a node. */
  enum Effect {
    READ_ONLY,
    CHANGES
  }
}
