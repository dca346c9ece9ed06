package dev.bandmaster.plugin;

import java.time.Instant;
import java.util.List;

/**
 * Something that has happened and is stored. A plugin hears of it once, from the replica on which
 * it happened; an event that happens while the bot stops, or while a plugin is not loaded, is not
 * heard. More kinds may come: a listener leaves alone what it does not know.
 */
public interface PluginEvent {

  /** When it happened. */
  Instant at();

  /**
   * A job has ended.
   *
   * @param number what people call it by
   * @param title what was done, as its message shows it
   * @param environment where; may be empty
   * @param application to what; may be empty
   * @param version the version that was wanted; may be empty
   * @param status such as {@code succeeded}, {@code failed} or {@code cancelled}
   * @param requester name of the person who asked for it
   * @param failed the nodes that were not well
   */
  record JobEnded(
      Instant at,
      long number,
      String title,
      String environment,
      String application,
      String version,
      String status,
      String requester,
      List<String> failed)
      implements PluginEvent {
    public JobEnded {
      failed = List.copyOf(failed);
    }
  }

  /**
   * An alert has begun, or is over.
   *
   * @param number what people call it by
   * @param environment where; may be empty
   * @param severity {@code info}, {@code warning} or {@code critical}
   * @param isFiring whether it has begun; otherwise it is over
   * @param names what it is about, such as the names of nodes
   */
  record AlertChanged(
      Instant at,
      long number,
      String environment,
      String severity,
      boolean isFiring,
      List<String> names)
      implements PluginEvent {
    public AlertChanged {
      names = List.copyOf(names);
    }
  }

  /**
   * A node came, went or fell silent.
   *
   * @param state {@code up}, {@code down} or {@code left}
   */
  record NodeChanged(Instant at, String node, String environment, String state)
      implements PluginEvent {}
}
