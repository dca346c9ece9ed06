package dev.bandmaster.bot.job;

import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.chat.Sender;
import dev.bandmaster.plugin.Planned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A command that became work for nodes.
 *
 * @param id a UUIDv7; also the id of the request on the bus
 * @param number what people call it by: {@code job 81}
 * @param command name of the plugin that planned it and presents it
 * @param canonical the command in its canonical spelling
 * @param asker who asked
 * @param askerName the name to show
 * @param groups ids of the asker's user groups at the time, for nodes that decide by them
 * @param place where its message is
 * @param question timestamp of the message that asked, if there is one
 * @param work what is to be done
 * @param created when it was asked for
 * @param deadline when silence counts as no answer
 * @param state the part that changes
 */
public record Job(
    String id,
    long number,
    String command,
    String canonical,
    Sender asker,
    String askerName,
    List<String> groups,
    Place place,
    Optional<String> question,
    Planned.Work work,
    Instant created,
    Instant deadline,
    JobState state) {

  public Job {
    groups = List.copyOf(groups);
  }

  public Job with(JobState newState) {
    return new Job(
        id, number, command, canonical, asker, askerName, groups, place, question, work, created,
        deadline, newState);
  }

  /** The outbox id of the job's one message. */
  public String messageId() {
    return "job:" + id;
  }
}
