package dev.bandmaster.core.job;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A command that became work for nodes.
 *
 * @param id a UUIDv7; also the id of its first request on the bus
 * @param number what people call it by: {@code job 81}
 * @param command name of the plugin that planned it and presents it
 * @param right what it needed; the one that repeats it needs it too
 * @param canonical the command in its canonical spelling
 * @param asker who asked
 * @param askerName the name to show
 * @param groups ids of the asker's user groups at the time, for nodes that decide by them
 * @param place where its message is
 * @param question timestamp of the message that asked, if there is one
 * @param work what is to be done
 * @param backend name of the backend that carries it out
 * @param emergency why it waited for no approval and no freeze, if it is an emergency
 * @param created when it was asked for
 * @param patience how long the nodes of a wave have; then silence counts as no answer
 * @param state the part that changes
 */
public record Job(
    String id,
    long number,
    String command,
    Right right,
    String canonical,
    UserRef asker,
    String askerName,
    List<String> groups,
    ConversationRef place,
    Optional<String> question,
    Planned.Work work,
    String backend,
    Optional<String> emergency,
    Instant created,
    Duration patience,
    JobState state) {

  /** What the outbox ids of jobs' messages begin with. */
  private static final String MESSAGE = "job:";

  public Job {
    groups = List.copyOf(groups);
  }

  public Job with(JobState newState) {
    return new Job(
        id, number, command, right, canonical, asker, askerName, groups, place, question, work,
        backend, emergency, created, patience, newState);
  }

  /** The request of the last work wave before another wave: what a cancellation stops. */
  public String lastWorkBefore(Wave other) {
    String last = id;
    for (Wave wave : state.waves()) {
      if (wave.request().equals(other.request())) {
        break;
      }
      last = wave.kind() == Wave.Kind.WORK ? wave.request() : last;
    }
    return last;
  }

  /** The outbox id of the job's one message. */
  public String messageId() {
    return messageId(id);
  }

  /** The outbox id of the message of the job with this id. */
  public static String messageId(String job) {
    return MESSAGE + job;
  }

  /** The id of the job whose message an item of the outbox is, if it is one. */
  public static Optional<String> ofMessage(String item) {
    return item.startsWith(MESSAGE)
        ? Optional.of(item.substring(MESSAGE.length()))
        : Optional.empty();
  }

  /** What the machine has to know of the job beside its state. */
  public JobRules rules() {
    Rollout rollout = work.rollout();
    return new JobRules(
        patience,
        rollout.pause(),
        rollout.failures().of(work.reach().nodes().size()),
        work.subject().isPresent(),
        rollout.widest(work.reach().nodes().size()),
        standIn());
  }

  /** The name that stands for hosts that are not known before they report, if there are such. */
  public Optional<String> standIn() {
    return work.reach() instanceof Planned.Reach.ChosenByBackend(String name, boolean one) && !one
        ? Optional.of(name)
        : Optional.empty();
  }
}
