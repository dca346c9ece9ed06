package dev.bandmaster.bot.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What holds for alerts beside what is wrong. */
public interface Surroundings {
  AlertTimes times();

  /** The silence that is about this alert at this time and ends last, if there is one. */
  Optional<Silence> silence(Topic topic, Alert alert, Instant now);

  /** Where it is posted. */
  List<Post> posts(Topic topic, Alert alert);

  /** Where it is posted when a channel refuses it. */
  Optional<String> fallback();
}
