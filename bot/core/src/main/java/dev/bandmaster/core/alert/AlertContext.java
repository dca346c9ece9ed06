package dev.bandmaster.core.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What holds for alerts beside what is wrong. */
public interface AlertContext {
  AlertTimes times();

  /** The silence that is about this alert at this time and ends last, if there is one. */
  Optional<Silence> silence(GroupKey topic, Alert alert, Instant now);

  /** Where it is posted. */
  List<Destination> posts(GroupKey topic, Alert alert);

  /** Where it is posted when a channel refuses it. */
  Optional<String> fallback();
}
