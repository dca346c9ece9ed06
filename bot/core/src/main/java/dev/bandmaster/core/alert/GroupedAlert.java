package dev.bandmaster.core.alert;

import java.time.Instant;
import java.util.Optional;

/**
 * An alert within an episode.
 *
 * @param count how often it was said under the name it has now: another version of an application
 *     that fails too begins at one
 * @param last when it was said last
 * @param ended since when it is over
 * @param known what people were notified of
 */
public record GroupedAlert(
    Alert alert, long count, Instant last, Optional<Instant> ended, Known known) {

  /** What people know of an alert. */
  public enum Known {
    NOTHING,
    FIRING,
    OVER
  }

  static GroupedAlert fired(Alert alert, Instant now) {
    return new GroupedAlert(alert, 1, now, Optional.empty(), Known.NOTHING);
  }

  /**
   * Said once more; what is over starts again. Where somebody tells the end, the same words once
   * more change nothing: senders repeat themselves until they are received.
   */
  GroupedAlert again(Alert newest, Instant now) {
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
                alert.since().isBefore(newest.since()) ? alert.since() : newest.since(),
                newest.quiet());
    if (!begins && newest.quiet().isEmpty() && kept.equals(alert)) {
      return this;
    }
    long times = newest.name().equals(alert.name()) ? count + 1 : 1;
    return new GroupedAlert(kept, times, now, Optional.empty(), begins ? Known.NOTHING : known);
  }

  public GroupedAlert over(Instant now) {
    return ended.isPresent() ? this : new GroupedAlert(alert, count, last, Optional.of(now), known);
  }

  GroupedAlert known(Known now) {
    return new GroupedAlert(alert, count, last, ended, now);
  }

  /** Whether it is not over. */
  public boolean fires() {
    return ended.isEmpty();
  }

  /** When it is over if nothing more is seen of it. */
  Optional<Instant> quietAt() {
    return fires() ? alert.quiet().map(last::plus) : Optional.empty();
  }
}
