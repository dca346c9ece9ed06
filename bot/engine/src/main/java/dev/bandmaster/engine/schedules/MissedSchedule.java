package dev.bandmaster.engine.schedules;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Schedules.Schedule;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Spans;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is said of a scheduled command that was due while no bot was there. */
final class MissedSchedule {
  private MissedSchedule() {}

  /** The message for the person who scheduled it, where it was scheduled. */
  static Change notice(Schedule schedule, Duration late, boolean dropped) {
    Text head =
        Text.plain("⏰ ")
            .code(schedule.command())
            .and(" for ")
            .person(schedule.owner().user())
            .and(" was due " + ago(late) + ", while the bot was not running.");
    Block what =
        new Message.Paragraph(
            Text.plain(
                dropped
                    ? "It was skipped because it is more than an hour late. To run it,"
                        + " type the command or schedule it again."
                    : "It runs now, once."));
    return new Change.PostMessage(
        "missed:" + schedule.number() + ":" + schedule.due().toEpochMilli(),
        new Outbound.ChannelMessage(
            schedule.place(), new Message(List.of(new Message.Paragraph(head), what)), false),
        Urgency.NOW);
  }

  /** The line about a command that was not run. */
  static AuditEntry audit(Schedule schedule, Duration late, Instant now) {
    return new AuditEntry(
        now,
        schedule.owner().principal(),
        schedule.place().channel(),
        "schedule " + schedule.number() + ": " + schedule.command(),
        "",
        "",
        "",
        "",
        "refused",
        "It was due " + ago(late) + ", while no bot was running, and was skipped.",
        "",
        "");
  }

  private static String ago(Duration late) {
    return Spans.words(late) + " ago";
  }
}
