package dev.bandmaster.yaml;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Writes YAML for other programs. Every text is quoted, so no text is read as anything but itself:
 * neither as a number, nor as a list, nor as a tag.
 */
public final class YamlText {
  private YamlText() {}

  /**
   * A document.
   *
   * @param value maps, lists, texts, numbers, true and false
   */
  public static String of(Object value) {
    return new Dump(
            DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED)
                .setExplicitStart(true)
                .build())
        .dumpToString(value);
  }
}
