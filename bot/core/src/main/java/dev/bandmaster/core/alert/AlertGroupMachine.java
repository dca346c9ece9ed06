package dev.bandmaster.core.alert;

import java.time.Instant;
import java.util.List;

/**
 * How an episode goes on. What happens is noted first; then the same few questions are asked
 * whatever it was: who is silenced, what do people not know yet, may it be said now, and when is
 * there something to do by time alone. So any order of what happens leads to the same message.
 */
public final class AlertGroupMachine {

  private AlertGroupMachine() {}

  /**
   * What became of an episode.
   *
   * @param effects what people are to be notified of; to be kept together with the episode
   */
  public record Step(AlertGroup episode, List<AlertEffect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /** What becomes of an episode to which all this happens, in this order. */
  public static Step apply(
      AlertGroup episode, List<AlertEvent> events, AlertContext surroundings, Instant now) {
    if (episode.hasEnded()) {
      return new Step(episode, List.of());
    }
    AlertGroupDraft draft = new AlertGroupDraft(episode, surroundings, now);
    events.forEach(draft::note);
    draft.conclude();
    AlertGroupState after = draft.state();
    return new Step(after.equals(episode.state()) ? episode : episode.with(after), draft.effects());
  }

  /** An episode whose message nobody will see: it is over for good, and nothing is said of it. */
  public static AlertGroup endedUnseen(AlertGroup episode, Instant now) {
    return episode.with(episode.state().endedAt(now));
  }
}
