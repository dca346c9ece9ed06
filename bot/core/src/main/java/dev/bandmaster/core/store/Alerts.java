package dev.bandmaster.core.store;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Silence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong, and what people were notified of. */
public interface Alerts {

  /** A number for an episode that nobody had before. */
  long nextNumber();

  Optional<AlertGroup> byNumber(long number);

  Optional<AlertGroup> find(String id);

  /** The open episode of a topic. */
  Optional<AlertGroup> open(GroupKey topic);

  /** In which episode alerts fire, by their keys; its id. */
  Map<String, String> firing(List<String> keys);

  /** All that are open, the newest first. */
  List<AlertGroup> open(int limit);

  /** Those in which time has something to change. */
  List<AlertGroup> due(Instant now, int limit);

  /** How many are open. */
  long count();

  /** How many of the newest episodes, of at most so many, began at this time or later. */
  int begunSince(Instant since, int most);

  /** What is wrong and is no alert yet, the oldest first. */
  List<Change.RecordSignal> signals(int limit);

  /** A number for a silence that nobody had before. */
  long nextSilence();

  /** The silences that are not over, by their end. */
  List<Silence> silences();

  /** Messages of open episodes that their channels do not take. */
  List<Refusal> refused();

  /**
   * A message that its channel does not take.
   *
   * @param item the outbox item
   */
  record Refusal(String item, String reason) {}
}
