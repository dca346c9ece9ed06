package dev.bandmaster.wire;

/**
 * A request's life on a node, for those who watch without having asked. It carries no output: that
 * goes to the asker.
 *
 * @param request the request's id
 * @param summary a sentence; may be empty
 */
public record JobEvent(Stamp stamp, String request, Kind kind, String summary) implements Event {
  /** What happened. */
  public enum Kind {
    ACCEPTED,
    STARTED,
    FINISHED
  }

  public JobEvent {
    Text.name(request, "request");
    Text.bounded(summary, Text.SENTENCE, "summary");
  }
}
