package dev.bandmaster.engine.oncall;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who is on call in a team.
 *
 * @param people ids of people, at most {@value #MOST}; the first one is called first
 * @param unknown names that are nobody's here, for whom an entry is missing in the configuration
 * @param until when this ends, where that is known
 */
public record Duty(List<String> people, List<String> unknown, Optional<Instant> until) {

  /** More people than are mentioned at once. */
  public static final int MOST = 5;

  public Duty {
    people = people.stream().distinct().limit(MOST).toList();
    unknown = unknown.stream().distinct().limit(MOST).toList();
  }
}
