package dev.bandmaster.bus;

/** Where a node's bus puts the requests that arrive. */
public interface RequestHandler {
  /**
   * A request arrived. Called by one thread at a time in the order of arrival: write it down,
   * acknowledge, and work elsewhere. When it throws, the delivery is returned to the broker and
   * comes again.
   */
  void request(Incoming incoming);

  /**
   * The connection came or went; called by the connection's thread: be quick. After {@link
   * BusState.Connected} is the moment to announce a {@code Join} and to send what was spooled.
   */
  default void stateChanged(BusState state) {}
}
