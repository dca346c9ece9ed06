package dev.bandmaster.wire;

/**
 * Something on a node that a person should look at.
 *
 * @param kind a stable word to group by, such as {@code forged-request}
 * @param summary one sentence
 */
public record AlertEvent(Stamp stamp, Severity severity, String kind, String summary)
    implements Event {
  /** How bad it is. */
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
    Text.name(kind, "alert kind");
    Text.bounded(summary, Text.SENTENCE, "summary");
  }
}
