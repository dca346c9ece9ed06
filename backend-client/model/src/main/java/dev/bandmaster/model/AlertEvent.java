package dev.bandmaster.model;

/**
 * Something on a node that a person should look at.
 *
 * @param kind a stable word to group by, such as {@code forged-request}
 * @param summary one sentence
 */
public record AlertEvent(EventStamp stamp, Severity severity, String kind, String summary)
    implements NodeEvent {
  /** Severity. */
  public enum Severity implements WireNamed {
    INFO("info"),
    WARNING("warning"),
    CRITICAL("critical");

    private final String wireName;

    Severity(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  public AlertEvent {
    Bounds.name(kind, "alert kind");
    Bounds.bounded(summary, Bounds.SENTENCE, "summary");
  }
}
