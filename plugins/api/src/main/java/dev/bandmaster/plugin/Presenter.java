package dev.bandmaster.plugin;

import java.util.List;

/** Puts the nodes' answers into words. Stateless; called from many threads. */
public interface Presenter {

  /** Shows the node's sentence and its output as they are. */
  Presenter PLAIN =
      outcome -> {
        String output = outcome.output().strip();
        if (output.isEmpty()) {
          return outcome.message();
        }
        return outcome.message().isEmpty() ? output : outcome.message() + "\n" + output;
      };

  /**
   * What to show for one node. Nodes with the same text and status are shown as one entry, so
   * whatever differs for its own sake (a latency, a clock) belongs into {@link #summary} instead.
   */
  String describe(NodeOutcome outcome);

  /** Lines about all nodes together; by default none. */
  default List<String> summary(List<NodeOutcome> outcomes) {
    return List.of();
  }

  /**
   * Charts of all nodes together, shown when the job has ended; by default none. Where the chat has
   * no charts their {@link Message.Chart#plain} is shown. At most two are.
   */
  default List<Message.Chart> charts(List<NodeOutcome> outcomes) {
    return List.of();
  }
}
