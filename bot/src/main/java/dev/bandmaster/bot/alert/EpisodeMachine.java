package dev.bandmaster.bot.alert;

import java.time.Instant;
import java.util.List;

/**
 * How an episode goes on. What happens is noted first; then the same few questions are asked
 * whatever it was: who is silenced, what do people not know yet, may it be said now, and when is
 * there something to do by time alone. So any order of what happens leads to the same message.
 */
public final class EpisodeMachine {

  private EpisodeMachine() {}

  /**
   * What became of an episode.
   *
   * @param effects what people are to be told; to be kept together with the episode
   */
  public record Step(Episode episode, List<AlertEffect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /** What becomes of an episode to which all this happens, in this order. */
  public static Step apply(
      Episode episode, List<AlertEvent> events, Surroundings surroundings, Instant now) {
    if (episode.hasEnded()) {
      return new Step(episode, List.of());
    }
    EpisodeDraft draft = new EpisodeDraft(episode, surroundings, now);
    events.forEach(draft::note);
    draft.conclude();
    EpisodeState after = draft.state();
    return new Step(after.equals(episode.state()) ? episode : episode.with(after), draft.effects());
  }

  /** An episode whose message nobody will see: it is over for good, and nothing is said of it. */
  public static Episode endedUnseen(Episode episode, Instant now) {
    return episode.with(episode.state().endedAt(now));
  }
}
