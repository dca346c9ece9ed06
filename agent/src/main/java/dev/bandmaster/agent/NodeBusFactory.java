package dev.bandmaster.agent;

import dev.bandmaster.bus.NodeBus;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.wire.Stamps;

/** Makes the agent's way to the bus, not connected yet. */
@FunctionalInterface
public interface NodeBusFactory {

  /** A bus for a node that describes itself like this and numbers its events like that. */
  NodeBus create(NodeDescription self, Stamps stamps);
}
