package dev.bandmaster.bot.store;

import dev.bandmaster.bot.alert.Episode;
import dev.bandmaster.bot.alert.Silence;
import dev.bandmaster.bot.alert.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong, and what people were told of it. */
public interface Alerts {

  /** A number for an episode that nobody had before. */
  long nextNumber();

  Optional<Episode> byNumber(long number);

  Optional<Episode> find(String id);

  /** The open episode of a topic. */
  Optional<Episode> open(Topic topic);

  /** In which episode alerts fire, by their keys; its id. */
  Map<String, String> firing(List<String> keys);

  /** All that are open, the newest first. */
  List<Episode> open(int limit);

  /** Those in which time has something to change. */
  List<Episode> due(Instant now, int limit);

  /** How many are open. */
  long count();

  /** How many of the newest episodes, of at most so many, began at this time or later. */
  int begunSince(Instant since, int most);

  /** What is wrong and is no alert yet, the oldest first. */
  List<Change.Signalled> signals(int limit);

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
