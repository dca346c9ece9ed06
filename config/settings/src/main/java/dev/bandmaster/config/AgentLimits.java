package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;

/**
 * What requests may cost a node.
 *
 * @param output bytes of output kept and sent for one request; the rest is cut with a marker
 * @param jobs requests that run at the same time
 * @param heartbeat how often the node says that it is alive
 */
public record AgentLimits(long output, int jobs, Duration heartbeat) {
  /** 1 MiB of output is about 20,000 lines: more than anybody reads, little enough to carry. */
  public static final AgentLimits STANDARD = new AgentLimits(1L << 20, 4, Duration.ofSeconds(10));

  static AgentLimits read(Section section) {
    return new AgentLimits(
        section
            .field(
                "output",
                Kinds.size(1L << 10, 16L << 20),
                "Maximum output kept and sent per request; longer output is truncated with a "
                    + "marker.")
            .orDefault(STANDARD.output()),
        section
            .integer("jobs", 1, 64, "Maximum number of concurrent requests; others wait.")
            .orDefault(STANDARD.jobs()),
        section
            .duration(
                "heartbeat",
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                "Interval between heartbeats.")
            .orDefault(STANDARD.heartbeat()));
  }
}
