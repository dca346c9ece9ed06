package dev.bandmaster.core.alert;

import dev.bandmaster.core.fleet.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * From the first alert of a topic until all is well again. Each has one message in each channel; a
 * later failure is another episode.
 *
 * @param number what people call it by
 * @param began when it was first heard of
 * @param version how often it has changed; a change names the version it was made from
 */
public record AlertGroup(
    String id, long number, GroupKey topic, Instant began, long version, AlertGroupState state) {

  /** One that has just begun; nothing is in it yet. */
  public static AlertGroup begin(String id, long number, GroupKey topic, Instant now) {
    return new AlertGroup(id, number, topic, now, 0, AlertGroupState.begin());
  }

  AlertGroup with(AlertGroupState next) {
    return new AlertGroup(id, number, topic, began, version + 1, next);
  }

  /** What is wrong now, the oldest first. */
  public List<GroupedAlert> firing() {
    return members(GroupedAlert::fires);
  }

  /** What was wrong. */
  public List<GroupedAlert> recovered() {
    return members(member -> !member.fires());
  }

  private List<GroupedAlert> members(java.util.function.Predicate<GroupedAlert> which) {
    return state.members().values().stream()
        .filter(which)
        .sorted(
            Comparator.comparing((GroupedAlert member) -> member.alert().since())
                .thenComparing(member -> member.alert().name()))
        .toList();
  }

  /**
   * Since when something is wrong, as those say who raised the alerts; once it is over, since when
   * it was. Not when it was heard of, which is {@link #began}.
   */
  public Instant since() {
    Stream<GroupedAlert> some = firing().isEmpty() ? recovered().stream() : firing().stream();
    return some.map(member -> member.alert().since()).min(Comparator.naturalOrder()).orElse(began);
  }

  /** How bad it is; how bad it was, once it is over. */
  public Severity severity() {
    Stream<GroupedAlert> firing = state.members().values().stream().filter(GroupedAlert::fires);
    return firing
        .map(member -> member.alert().severity())
        .max(Comparator.naturalOrder())
        .orElse(state.peak());
  }

  /** Whether people may say that it is over, since nothing else is sure to. */
  public boolean isClosable() {
    return topic.isFromOutside()
        || firing().stream().allMatch(member -> member.alert().quiet().isPresent());
  }

  /** Whether it is over for good. */
  public boolean hasEnded() {
    return state.ended().isPresent();
  }
}
