package dev.bandmaster.bot.command;

import dev.bandmaster.bot.approval.Approval;
import dev.bandmaster.bot.approval.Snapshot;
import java.time.Duration;
import java.util.List;

/**
 * What is asked of those who may approve.
 *
 * @param id the request's id
 * @param patience how long they have
 * @param earlier open requests of the same person for the same, whose place it takes
 */
record Asking(String id, Snapshot snapshot, Duration patience, List<Approval> earlier) {
  Asking {
    earlier = List.copyOf(earlier);
  }
}
