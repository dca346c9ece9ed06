package dev.bandmaster.simulator.api;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where blocks are shown. Not every block may stand everywhere. */
enum Surface {
  MESSAGE(50),
  MODAL(100),
  HOME(100);

  private static final Set<Surface> ALL = EnumSet.allOf(Surface.class);
  private static final Set<Surface> MESSAGES = EnumSet.of(MESSAGE);

  /** As Slack's reference of blocks lists them. Files are shown in messages, but not sent. */
  private static final Map<String, Set<Surface>> BLOCKS =
      Map.ofEntries(
          Map.entry("actions", ALL),
          Map.entry("alert", EnumSet.of(MODAL)),
          Map.entry("card", ALL),
          Map.entry("carousel", EnumSet.of(MESSAGE, HOME)),
          Map.entry("container", MESSAGES),
          Map.entry("context", ALL),
          Map.entry("context_actions", MESSAGES),
          Map.entry("data_table", MESSAGES),
          Map.entry("data_visualization", MESSAGES),
          Map.entry("divider", ALL),
          Map.entry("file", MESSAGES),
          Map.entry("header", ALL),
          Map.entry("image", ALL),
          Map.entry("input", ALL),
          Map.entry("markdown", MESSAGES),
          Map.entry("plan", MESSAGES),
          Map.entry("rich_text", ALL),
          Map.entry("section", ALL),
          Map.entry("table", MESSAGES),
          Map.entry("task_card", MESSAGES),
          Map.entry("video", ALL));

  private final int most;

  Surface(int most) {
    this.most = most;
  }

  /** Most blocks. */
  int most() {
    return most;
  }

  /** Whether there is such a block at all. */
  static boolean knows(String type) {
    return BLOCKS.containsKey(type);
  }

  /** Whether such a block may stand here. */
  boolean takes(String type) {
    return BLOCKS.getOrDefault(type, Set.of()).contains(this);
  }
}
