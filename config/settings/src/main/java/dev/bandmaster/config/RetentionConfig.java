package dev.bandmaster.config;

import dev.bandmaster.yaml.Section;
import java.time.Duration;

/**
 * How long the store keeps completed records. The audit log is kept forever.
 *
 * @param inbox deliveries from Slack that are dealt with
 * @param outbox messages in Slack that are no longer updated
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
                "Deliveries from Slack, from when they were processed. Until then, repeated "
                    + "deliveries are recognized as duplicates.")
            .orDefault(STANDARD.inbox()),
        section
            .duration(
                "outbox",
                Duration.ofDays(1),
                LONGEST,
                "Messages, from their last update. After that, a late result is posted as a "
                    + "new message instead of updating the old one.")
            .orDefault(STANDARD.outbox()),
        section
            .duration(
                "output",
                Duration.ofDays(1),
                LONGEST,
                "Output of nodes, from the end of the job, and resolved alerts. The job "
                    + "itself is kept.")
            .orDefault(STANDARD.output()));
  }
}
