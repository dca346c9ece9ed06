package dev.bandmaster.testfleet;

import dev.bandmaster.model.NodeDescription;
import java.util.List;
import java.util.Map;

/** Who the n-th node of an emulated fleet is. */
@FunctionalInterface
public interface Naming {
  /**
   * Describes a node.
   *
   * @param index from 0
   */
  NodeDescription describe(int index);

  /** {@code web0001}, {@code web0002}, … of one env, all running one app. */
  static Naming web(String collective, String env) {
    return numbered(collective, env, "web");
  }

  /** {@code <app>0001}, {@code <app>0002}, … of one env, all running that app. */
  static Naming numbered(String collective, String env, String app) {
    return index ->
        new NodeDescription(
            "%s%04d".formatted(app, index + 1),
            collective,
            env,
            Map.of(app, "1.0.0"),
            List.of(app),
            List.of("emulated"),
            Map.of("os", "linux", "cores", "4"),
            List.of("adhoc", "deploy", "facts", "ping"));
  }
}
