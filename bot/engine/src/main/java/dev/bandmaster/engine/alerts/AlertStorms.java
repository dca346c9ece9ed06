package dev.bandmaster.engine.alerts;

import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertGroupMachine;
import dev.bandmaster.core.alert.AlertText;
import dev.bandmaster.core.alert.AlertTimes;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a storm of alerts from filling a channel. When many different ones begin at once, those
 * after the first few become lines of one summary message, where each still has its beginning and
 * its end. What was over before its message could be posted is only counted there.
 */
final class AlertStorms {

  /** New messages in {@link #WINDOW}; what begins after them goes to the summary. */
  static final int MOST_MESSAGES = 10;

  /** The same for what is critical: it overtakes the others, up to this. */
  static final int MOST_CRITICAL = 30;

  static final Duration WINDOW = Duration.ofMinutes(1);

  /** What a summary is about. */
  static final String STORM = "alert_storm";

  /** What was over before anybody could see it. */
  static final String UNSEEN = "alerts_unseen";

  private final Store store;

  AlertStorms(Store store) {
    this.store = store;
  }

  /**
   * Whether one more message would be too much.
   *
   * @param beginning messages that begin in the same commit
   */
  boolean isStorm(Severity severity, int beginning, Instant now) {
    int most = severity == Severity.CRITICAL ? MOST_CRITICAL : MOST_MESSAGES;
    return beginning + store.alerts().begunSince(now.minus(WINDOW), most) >= most;
  }

  /** The summary to which an alert of this topic belongs in a storm. */
  static GroupKey of(GroupKey topic) {
    return new GroupKey(
        STORM,
        topic.collective(),
        topic.environment(),
        topic.isFromOutside() ? topic.qualifier() : "");
  }

  /** Whether an alert is over, and no message of it has left yet. */
  boolean endsUnseen(AlertGroup before, AlertGroupMachine.Step step) {
    List<String> items = items(before);
    return before.state().notified().isPresent()
        && step.episode().state().over().isPresent()
        && !before.topic().rule().equals(UNSEEN)
        && !items.isEmpty()
        && store.outbox().areUntouched(items);
  }

  /** Takes the message back, ends the alert, and counts it in the summary. */
  List<Change> fold(AlertGroup before, AlertGroupMachine.Step step, AlertTimes times, Instant now) {
    List<Change> changes = new ArrayList<>();
    changes.add(
        new Change.UpdateAlertGroup(
            Optional.of(before), AlertGroupMachine.endedUnseen(step.episode(), now)));
    items(before).forEach(item -> changes.add(new Change.Withdraw(item)));
    changes.add(
        new Change.RecordSignal(
            Ids.next(now),
            new Signal.Fired(
                new GroupKey(UNSEEN, before.topic().collective(), before.topic().environment(), ""),
                Alert.of(
                        String.join(
                            ":", UNSEEN, before.topic().collective(), before.topic().environment()),
                        Severity.INFO,
                        "Resolved before they could be posted",
                        "and therefore not posted. The latest: " + AlertText.headline(before),
                        "",
                        now)
                    .overAfter(times.quiet()))));
    return changes;
  }

  private static List<String> items(AlertGroup episode) {
    return episode.state().posts().stream()
        .map(post -> AlertNotifier.item(episode, post.channel()))
        .toList();
  }
}
