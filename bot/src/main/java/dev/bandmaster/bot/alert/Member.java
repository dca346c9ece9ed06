package dev.bandmaster.bot.alert;

import java.time.Instant;
import java.util.Optional;

/**
 * An alert within an episode.
 *
 * @param count how often it was said
 * @param last when it was said last
 * @param ended since when it is over
 * @param known what people were told of it
 */
public record Member(Alert alert, long count, Instant last, Optional<Instant> ended, Known known) {

  /** What people know of an alert. */
  public enum Known {
    NOTHING,
    FIRING,
    OVER
  }

  static Member fired(Alert alert, Instant now) {
    return new Member(alert, 1, now, Optional.empty(), Known.NOTHING);
  }

  /**
   * Said once more; what is over begins anew. Where somebody tells the end, the same words once
   * more are no news: senders repeat themselves until they are heard.
   */
  Member again(Alert newest, Instant now) {
    boolean begins = ended.isPresent();
    Alert kept =
        begins
            ? newest
            : new Alert(
                newest.key(),
                newest.severity(),
                newest.name(),
                newest.text(),
                newest.node(),
                newest.applications(),
                newest.labels(),
                newest.names(),
                alert.since(),
                newest.quiet());
    if (!begins && newest.quiet().isEmpty() && kept.equals(alert)) {
      return this;
    }
    return new Member(kept, count + 1, now, Optional.empty(), begins ? Known.NOTHING : known);
  }

  Member over(Instant now) {
    return ended.isPresent() ? this : new Member(alert, count, last, Optional.of(now), known);
  }

  Member known(Known now) {
    return new Member(alert, count, last, ended, now);
  }

  /** Whether it is not over. */
  public boolean fires() {
    return ended.isEmpty();
  }

  /** When it is over if nothing more is heard of it. */
  Optional<Instant> quietAt() {
    return fires() ? alert.quiet().map(last::plus) : Optional.empty();
  }
}
