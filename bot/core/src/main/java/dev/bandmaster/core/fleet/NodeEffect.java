package dev.bandmaster.core.fleet;

/** What follows from something that happened to a node. */
public sealed interface NodeEffect {

  /** The node is to be asked to show itself. */
  record Probe() implements NodeEffect {}

  /** People are to be notified that one thing holds of the node instead of another. */
  record Notify(NotifiedState before, NotifiedState after) implements NodeEffect {}

  /** Nothing of the node is to be kept. */
  record Forget() implements NodeEffect {}
}
