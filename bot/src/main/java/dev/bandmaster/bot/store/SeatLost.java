package dev.bandmaster.bot.store;

/** A commit under a seat that another process has taken: nothing of it counts. */
public final class SeatLost extends StoreConflict {
  private static final long serialVersionUID = 1L;

  private final transient Seat seat;

  public SeatLost(Seat seat) {
    super("the seat " + seat.name() + " is held by another process now");
    this.seat = seat;
  }

  /** The seat that was lost. */
  public String seat() {
    return seat.name();
  }
}
