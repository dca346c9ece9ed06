package dev.bandmaster.model;

/**
 * A request's life on a node, for those who watch without having asked. It carries no output: that
 * goes to the asker.
 *
 * @param request the request's id
 * @param summary a sentence; may be empty
 */
public record WorkEvent(EventStamp stamp, String request, Kind kind, String summary)
    implements NodeEvent {
  /** What happened. */
  public enum Kind implements WireNamed {
    ACCEPTED("accepted"),
    STARTED("started"),
    FINISHED("finished");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  public WorkEvent {
    Bounds.name(request, "request");
    Bounds.bounded(summary, Bounds.SENTENCE, "summary");
  }
}
