package dev.bandmaster.config;

import dev.bandmaster.yaml.Section;

/**
 * What {@code /metrics} contains.
 *
 * @param oldNames whether names and labels of the release before are exported beside the new ones
 */
public record MetricsConfig(boolean oldNames) {
  public static final MetricsConfig STANDARD = new MetricsConfig(true);

  static MetricsConfig read(Section section) {
    return new MetricsConfig(
        section
            .trueOrFalse(
                "old_names",
                "Whether metrics that were renamed are exported under their old names too, as "
                    + "listed in [migration](migration.md). The next release will remove the old "
                    + "names.")
            .orDefault(STANDARD.oldNames()));
  }
}
