package dev.bandmaster.core.store;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.UserRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Commands that are to be run later. */
public interface Schedules {

  /** A number no other schedule has. */
  long nextNumber();

  /** All that are to run again, the next one first. */
  List<Schedule> all();

  Optional<Schedule> find(long number);

  /**
   * A command for later.
   *
   * @param number what people call it by
   * @param owner with whose rights it runs
   * @param ownerName the name to show
   * @param place where it was asked for, and where its answer goes
   * @param command the whole command
   * @param cron when it repeats, as a five-field cron expression; empty for once
   * @param due when it runs next
   */
  record Schedule(
      long number,
      UserRef owner,
      String ownerName,
      ConversationRef place,
      String command,
      Optional<String> cron,
      Instant due) {

    /** The same schedule for another time. */
    public Schedule at(Instant next) {
      return new Schedule(number, owner, ownerName, place, command, cron, next);
    }
  }
}
