package dev.bandmaster.config;

import dev.bandmaster.yaml.Section;
import java.time.Duration;

/**
 * How long the store keeps what is over. The audit is kept for ever.
 *
 * @param inbox deliveries from Slack that are dealt with
 * @param outbox messages that Slack shows and that are not redrawn any more
 * @param output what nodes printed, from the end of their job on; alerts that are over, and what
 *     states nodes were in
 */
public record RetentionConfig(Duration inbox, Duration outbox, Duration output) {
  private static final Duration LONGEST = Duration.ofDays(3650);

  public static final RetentionConfig STANDARD =
      new RetentionConfig(Duration.ofDays(7), Duration.ofDays(7), Duration.ofDays(30));

  static RetentionConfig read(Section section) {
    return new RetentionConfig(
        section
            .duration(
                "inbox",
                Duration.ofDays(1),
                LONGEST,
                "Deliveries from Slack, from when they were dealt with. Until then one that comes"
                    + " again is known to be the same.")
            .orDefault(STANDARD.inbox()),
        section
            .duration(
                "outbox",
                Duration.ofDays(1),
                LONGEST,
                "Messages, from when they were last drawn. After that an answer that comes late is"
                    + " posted anew instead of corrected in place.")
            .orDefault(STANDARD.outbox()),
        section
            .duration(
                "output",
                Duration.ofDays(1),
                LONGEST,
                "What nodes printed, from the end of their job, and alerts that are over. The job itself is kept.")
            .orDefault(STANDARD.output()));
  }
}
