package dev.bandmaster.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a plugin makes of a command. */
public sealed interface Planned {

  /**
   * Work for nodes.
   *
   * @param title what is done, for the head of the job message
   * @param capability the agents' capability that does it, for instance {@code deploy}
   * @param action the capability's action
   * @param arguments the action's arguments, a JSON object
   * @param reach whom it is sent to
   * @param effect whether anything changes by it
   */
  record Work(
      String title,
      String capability,
      String action,
      JsonNode arguments,
      Reach reach,
      Effect effect)
      implements Planned {
    public Work {
      if (effect == Effect.CHANGES && !(reach instanceof Reach.Frozen)) {
        throw new IllegalArgumentException("what changes anything names its nodes");
      }
      arguments = arguments.deepCopy();
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
  }

  /** Whether work changes anything on a node. */
  enum Effect {
    READ_ONLY,
    CHANGES
  }
}
