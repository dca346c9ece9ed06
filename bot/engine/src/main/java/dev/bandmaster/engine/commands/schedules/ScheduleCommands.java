package dev.bandmaster.engine.commands.schedules;

import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Schedules;
import dev.bandmaster.core.store.Schedules.Schedule;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.pipeline.CommandReader;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code schedule}, {@code unschedule} and {@code schedules}. A scheduled command is asked again by
 * the person who scheduled it when its time has come: with the rights that person has then, and
 * past the locks that stand then.
 */
public final class ScheduleCommands {

  private static final CommandTraits LATER = CommandTraits.STANDARD.about(Topic.LATER);

  private static final CommandDeclaration SCHEDULE =
      new CommandDeclaration(
          "schedule",
          List.of(),
          "runs a command later, once or repeatedly",
          List.of(
              Parameter.positional(
                  "when",
                  new Parameter.Type.Word(),
                  "2h, 18:30, 2026-12-01T06:00 or a cron expression in quotes"),
              Parameter.rest("command", new Parameter.Type.Text(), "the full command")),
          List.of(
              "schedule 18:30 codeupdate staging web", "schedule \"0 6 * * 1-5\" ping env=prod"),
          LATER);

  private static final CommandDeclaration UNSCHEDULE =
      new CommandDeclaration(
          "unschedule",
          List.of(),
          "removes a scheduled command",
          List.of(
              Parameter.positional("schedule", new Parameter.Type.Job(), "the schedule's number")),
          List.of("unschedule 3"),
          LATER);

  private static final CommandDeclaration SCHEDULES =
      new CommandDeclaration(
          "schedules",
          List.of(),
          "lists scheduled commands",
          List.of(),
          List.of("schedules"),
          LATER);

  /** More than anybody oversees; a mistake in a script must not fill the store. */
  private static final int MOST = 200;

  private final Schedules schedules;
  private final CommandReader commandLine;
  private final InstantSource clock;
  private final TimeText times;

  private ScheduleCommands(
      Schedules schedules, CommandReader commandLine, InstantSource clock, TimeText times) {
    this.schedules = schedules;
    this.commandLine = commandLine;
    this.clock = clock;
    this.times = times;
  }

  /**
   * The commands.
   *
   * @param times in whose zone times of day are meant
   */
  public static List<Command> all(
      Schedules schedules, CommandReader commandLine, InstantSource clock, TimeText times) {
    ScheduleCommands commands = new ScheduleCommands(schedules, commandLine, clock, times);
    return List.of(
        new Command.ActionCommand(SCHEDULE, commands::schedule),
        new Command.ActionCommand(UNSCHEDULE, commands::unschedule),
        new Command.BuiltIn(SCHEDULES, (asker, arguments) -> commands.list()));
  }

  private Outcome schedule(Asker asker, Arguments arguments) {
    Optional<String> line = arguments.find("command");
    if (line.isEmpty()) {
      return new Outcome.Refused("Which command? Usage: `" + SCHEDULE.usage() + "`");
    }
    if (line.get().split("\\s", 2)[0].equalsIgnoreCase(SCHEDULE.name())) {
      return new Outcome.Refused("`schedule` cannot be scheduled. Schedule the command itself.");
    }
    ScheduleTime when = ScheduleTime.read(arguments.word("when"), clock.instant(), times.zone());
    if (when instanceof ScheduleTime.Unreadable(String reason)) {
      return new Outcome.Refused(reason);
    }
    return switch (commandLine.check(asker, line.get())) {
      case CommandReader.Mistaken(String reason) -> new Outcome.Refused(reason);
      case CommandReader.Good(String canonical, var _, var _, boolean free) when free ->
          new Outcome.Refused(
              "Nothing was scheduled: schedule the exact command. I understood `%s %s %s`."
                  .formatted(SCHEDULE.name(), arguments.word("when"), canonical));
      case CommandReader.Good(String canonical, var _, var _, var _) ->
          schedule(asker, when, canonical);
    };
  }

  private Outcome schedule(Asker asker, ScheduleTime when, String command) {
    if (schedules.all().size() >= MOST) {
      return new Outcome.Refused(
          "There are already %d scheduled commands. Remove some first; to list them: `schedules`."
              .formatted(MOST));
    }
    return switch (when) {
      case ScheduleTime.Unreadable(String reason) -> new Outcome.Refused(reason);
      case ScheduleTime.Once(Instant due) -> planned(asker, command, Optional.empty(), due);
      case ScheduleTime.Repeated(String cron, Instant due) ->
          planned(asker, command, Optional.of(cron), due);
    };
  }

  private Outcome planned(Asker asker, String command, Optional<String> cron, Instant due) {
    Schedule schedule =
        new Schedule(
            schedules.nextNumber(),
            asker.person().sender(),
            asker.person().name(),
            asker.place(),
            command,
            cron,
            due);
    return Outcome.done(
        "Schedule %d: `%s` runs %s%s, with the rights you have then. To remove it: `unschedule %d`."
            .formatted(
                schedule.number(),
                command,
                times.of(due),
                cron.map(again -> " and then repeatedly (" + again + ")").orElse(""),
                schedule.number()),
        new Change.CreateSchedule(schedule));
  }

  private Outcome unschedule(Asker asker, Arguments arguments) {
    return schedules
        .find(Long.parseLong(arguments.word("schedule")))
        .<Outcome>map(schedule ->
            Outcome.done(
                "Removed: `%s` will not run again.".formatted(schedule.command()),
                new Change.AdvanceSchedule(schedule, Optional.empty())))
        .orElseGet(() ->
            new Outcome.Refused(
                "There is no schedule %s. To list them: `schedules`."
                    .formatted(arguments.word("schedule"))));
  }

  private Message list() {
    List<Schedule> all = schedules.all();
    if (all.isEmpty()) {
      return Message.sentence("Nothing is scheduled.");
    }
    List<Block> blocks = new ArrayList<>();
    all.forEach(schedule ->
        blocks.add(
            new Message.Paragraph(
                Text.EMPTY
                    .bold("schedule " + schedule.number())
                    .and("  ")
                    .code(schedule.command())
                    .and(
                        "  for %s, next %s%s"
                            .formatted(
                                schedule.ownerName(),
                                times.of(schedule.due()),
                                schedule.cron().map(cron -> " (" + cron + ")").orElse(""))))));
    return new Message(blocks);
  }
}
