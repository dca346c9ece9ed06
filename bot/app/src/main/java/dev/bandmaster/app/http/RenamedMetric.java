package dev.bandmaster.app.http;

import java.util.Map;

/**
 * A metric that had another name, or labels of other names, in the release before. Names are as
 * code gives them to {@link MetricRegistry}, such as {@code bandmaster.nodes.down}.
 *
 * @param formerName its name before; the same as {@code name} if only labels were renamed
 * @param name its name now
 * @param formerLabels labels that were renamed: the former name by the new one
 */
public record RenamedMetric(String formerName, String name, Map<String, String> formerLabels) {
  public RenamedMetric {
    formerLabels = Map.copyOf(formerLabels);
  }

  /** A metric whose labels are what they were. */
  public static RenamedMetric of(String formerName, String name) {
    return new RenamedMetric(formerName, name, Map.of());
  }

  /** A metric with one renamed label. */
  public static RenamedMetric of(String formerName, String name, String formerLabel, String label) {
    return new RenamedMetric(formerName, name, Map.of(label, formerLabel));
  }

  /** Whether only labels were renamed. */
  boolean keepsName() {
    return formerName.equals(name);
  }
}
