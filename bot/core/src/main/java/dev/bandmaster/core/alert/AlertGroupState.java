package dev.bandmaster.core.alert;

import dev.bandmaster.core.fleet.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What changes of an episode.
 *
 * @param headline what stands above the message, if somebody found better words than the usual ones
 * @param members by key
 * @param posts where it is shown
 * @param notified since when people know of it
 * @param peak the worst that people were notified of
 * @param silence the one for which nobody is notified of it
 * @param reminded when people were last told or reminded
 * @param drawn when the message was last changed
 * @param draws how often it was
 * @param stale whether the message does not show all
 * @param pressing whether that should not wait longer than it must
 * @param listed whether all names were given in the thread
 * @param said how much was said in the thread
 * @param over since when nothing fires
 * @param ended when it ended for good
 * @param due when time alone will change something
 */
public record AlertGroupState(
    Optional<String> headline,
    Map<String, GroupedAlert> members,
    List<Destination> posts,
    Optional<Instant> notified,
    Severity peak,
    Optional<Acknowledgement> acknowledged,
    Optional<Silence> silence,
    Instant reminded,
    Instant drawn,
    int draws,
    boolean stale,
    boolean pressing,
    boolean listed,
    int said,
    Optional<Instant> over,
    Optional<Instant> ended,
    Optional<Instant> due) {

  public AlertGroupState {
    members = java.util.Collections.unmodifiableMap(new TreeMap<>(members));
    posts = List.copyOf(posts);
  }

  /** The same with these members. */
  public AlertGroupState having(Map<String, GroupedAlert> others) {
    return new AlertGroupState(
        headline,
        others,
        posts,
        notified,
        peak,
        acknowledged,
        silence,
        reminded,
        drawn,
        draws,
        stale,
        pressing,
        listed,
        said,
        over,
        ended,
        due);
  }

  /** The same, over for good. */
  AlertGroupState endedAt(Instant now) {
    return new AlertGroupState(
        headline,
        members,
        posts,
        notified,
        peak,
        acknowledged,
        silence,
        reminded,
        drawn,
        draws,
        false,
        false,
        listed,
        said,
        over,
        Optional.of(now),
        Optional.empty());
  }

  static AlertGroupState begin() {
    return new AlertGroupState(
        Optional.empty(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Severity.INFO,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH,
        0,
        false,
        false,
        false,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
