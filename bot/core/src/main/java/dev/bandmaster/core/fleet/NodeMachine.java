package dev.bandmaster.core.fleet;

import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.PresenceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a node's life goes on. What is seen is noted at once; what follows from it, and from silence,
 * is concluded only when time passes, so that a conclusion can be committed together with what
 * people are notified of.
 */
public final class NodeMachine {

  private NodeMachine() {}

  /** What became of a node, and what follows. */
  public record Step(NodeRecord life, List<NodeEffect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }

    private static Step to(NodeRecord life) {
      return new Step(life, List.of());
    }
  }

  public static Step apply(NodeRecord life, NodeEvent event, DetectorRules rules, Instant now) {
    return switch (event) {
      case NodeEvent.Received(PresenceEvent said) -> Step.to(received(life, said, rules, now));
      case NodeEvent.Dismissed() -> Step.to(life.with(life.lastSeen().with(true)));
      case NodeEvent.Unanswered() -> unanswered(life, now);
      case NodeEvent.Answered() -> Step.to(answered(life));
      case NodeEvent.Excused(Instant until) -> Step.to(excused(life, until));
      case NodeEvent.Maintained(Optional<Instant> until) ->
          Step.to(life.with(life.standing().inMaintenance(until)));
      case NodeEvent.Silenced(Optional<Instant> until) ->
          Step.to(life.with(life.standing().silenced(until)));
      case NodeEvent.Named() -> Step.to(life.with(life.standing().having(NotifiedState.DOWN)));
      case NodeEvent.TimePassed(boolean inhibited) -> concluded(life, inhibited, rules, now);
    };
  }

  private static NodeRecord received(
      NodeRecord life, PresenceEvent event, DetectorRules rules, Instant now) {
    EventStamp stamp = event.stamp();
    EventVersion mark = EventVersion.of(stamp);
    LastSeen lastSeen = life.lastSeen();
    Duration interval =
        event instanceof PresenceEvent.Alive(var _, var _, Duration said, var _, var _)
            ? said
            : lastSeen.interval();
    Duration timeout = rules.timeout(interval);
    boolean comesBack =
        !lastSeen.leaving() || mark.incarnation() > lastSeen.version().incarnation();
    boolean isFresh = Duration.between(stamp.sentAt(), now).compareTo(timeout) <= 0;
    if (!mark.isAfter(lastSeen.version()) || !comesBack || !isFresh) {
      return life;
    }
    Instant received = now.isAfter(lastSeen.at()) ? now : lastSeen.at();
    // A node that describes itself does more than beat.
    Optional<Instant> unansweredSince =
        event instanceof PresenceEvent.Alive
            ? lastSeen.unansweredSince()
            : Optional.<Instant>empty();
    boolean leaving = event instanceof PresenceEvent.Leave;
    // Until it says how often it beats, it is given the time of one that beats seldom.
    boolean isNew = !lastSeen.wasSeen() || !interval.equals(lastSeen.interval());
    Instant deadline = received.plus(timeout);
    NodeRecord after =
        new NodeRecord(
            life.node(),
            stamp.env(),
            life.applications(),
            new LastSeen(mark, received, interval, leaving, unansweredSince),
            deadline.isAfter(life.deadline()) || isNew ? deadline : life.deadline(),
            life.standing());
    return switch (event) {
      case PresenceEvent.Join(var _, var description) ->
          after.at(stamp.env(), description.apps().keySet());
      case PresenceEvent.Update(var _, var description) ->
          after.at(stamp.env(), description.apps().keySet());
      case PresenceEvent.Alive _, PresenceEvent.Leave _ -> after;
    };
  }

  /** The first thing that is owed is asked for once more, with a question that costs nothing. */
  private static Step unanswered(NodeRecord life, Instant now) {
    if (!life.state().isWatched() || life.lastSeen().unansweredSince().isPresent()) {
      return Step.to(life);
    }
    return new Step(
        life.with(life.lastSeen().withUnansweredSince(Optional.of(now))),
        List.of(new NodeEffect.Probe()));
  }

  private static NodeRecord answered(NodeRecord life) {
    return life.lastSeen().unansweredSince().isEmpty()
        ? life
        : life.with(life.lastSeen().withUnansweredSince(Optional.empty()));
  }

  /**
   * Who is down already stays so: its silence was concluded upon while the bot received messages.
   */
  private static NodeRecord excused(NodeRecord life, Instant until) {
    boolean counts =
        life.state().isWatched()
            || (life.state() == NodeState.NEW
                && life.standing().notified() == NotifiedState.NOTHING);
    return counts && until.isAfter(life.deadline()) ? life.until(until) : life;
  }

  private static Step concluded(
      NodeRecord life, boolean inhibited, DetectorRules rules, Instant now) {
    NodeHealth before = life.standing();
    List<NodeEffect> effects = new ArrayList<>();
    NodeState state = stateAt(life, rules, now);
    NodeHealth after =
        before
            .in(state, now)
            .with(
                before
                    .flaps()
                    .sample(
                        before.state() == NodeState.DOWN,
                        state == NodeState.DOWN,
                        rules.timeout(life.lastSeen().interval()),
                        now));
    if (state == NodeState.LATE && before.state() != NodeState.LATE) {
      effects.add(new NodeEffect.Probe());
    }
    NotifiedState wanted = wanted(life, after, now);
    boolean isFailure = wanted != NotifiedState.NOTHING;
    boolean mayNotify = !isFailure || !(inhibited || after.isQuiet(now));
    if (wanted != before.notified() && mayNotify) {
      effects.add(new NodeEffect.Notify(before.notified(), wanted));
      after = after.having(wanted);
    }
    if (isOver(life.with(after), rules, now)) {
      effects.add(new NodeEffect.Forget());
    }
    return new Step(life.with(after), effects);
  }

  private static NodeState stateAt(NodeRecord life, DetectorRules rules, Instant now) {
    LastSeen lastSeen = life.lastSeen();
    NodeState state = life.state();
    if (lastSeen.leaving()) {
      return NodeState.LEFT;
    }
    if (!lastSeen.wasSeen()) {
      return NodeState.NEW;
    }
    if (!now.isBefore(life.deadline())) {
      return NodeState.DOWN;
    }
    if (!state.isWatched()) {
      return NodeState.UP;
    }
    if (zombieAt(lastSeen, rules).filter(at -> !now.isBefore(at)).isPresent()) {
      return NodeState.ZOMBIE;
    }
    boolean stillLate = state == NodeState.LATE && !life.isSeenSince();
    return stillLate || !now.isBefore(lateAt(life, rules)) ? NodeState.LATE : NodeState.UP;
  }

  /** When a beat is overdue: as long before the deadline as it would be after an ordinary beat. */
  static Instant lateAt(NodeRecord life, DetectorRules rules) {
    Duration interval = life.lastSeen().interval();
    return life.deadline().minus(rules.timeout(interval)).plus(rules.lateness(interval));
  }

  /** When a node that owes an answer is a zombie, if it has beaten since it was asked. */
  private static Optional<Instant> zombieAt(LastSeen lastSeen, DetectorRules rules) {
    return lastSeen
        .unansweredSince()
        .filter(since -> lastSeen.at().isAfter(since))
        .map(since -> since.plus(rules.timeout(lastSeen.interval())));
  }

  private static NotifiedState wanted(NodeRecord life, NodeHealth standing, Instant now) {
    if (standing.flaps().flapping() && standing.state() != NodeState.LEFT) {
      return NotifiedState.FLAPPING;
    }
    return switch (standing.state()) {
      case NEW -> now.isBefore(life.deadline()) ? NotifiedState.NOTHING : NotifiedState.NEVER_SEEN;
      case DOWN -> NotifiedState.DOWN;
      case ZOMBIE -> NotifiedState.ZOMBIE;
      case UP, LATE, LEFT -> NotifiedState.NOTHING;
    };
  }

  private static boolean isOver(NodeRecord life, DetectorRules rules, Instant now) {
    boolean gone = life.state() == NodeState.DOWN || life.state() == NodeState.LEFT;
    return gone
        && !rules.expected().contains(life.node())
        && !now.isBefore(life.standing().since().plus(rules.forgetAfter()));
  }

  /** When time will next change something, if nothing is seen until then. */
  static Optional<Instant> nextLook(NodeRecord life, DetectorRules rules, Instant now) {
    List<Instant> times = new ArrayList<>(4);
    NodeHealth standing = life.standing();
    switch (life.state()) {
      case UP -> times.add(lateAt(life, rules));
      case LATE, ZOMBIE -> times.add(life.deadline());
      case NEW -> {
        if (standing.notified() == NotifiedState.NOTHING) {
          times.add(life.deadline());
        }
      }
      case DOWN, LEFT -> {
        if (!rules.expected().contains(life.node())) {
          times.add(standing.since().plus(rules.forgetAfter()));
        }
      }
    }
    zombieAt(life.lastSeen(), rules).ifPresent(times::add);
    standing.quietUntil(now).ifPresent(times::add);
    if (standing.flaps().flapping()) {
      times.add(now.plus(rules.timeout(life.lastSeen().interval())));
    }
    // A time that is past was looked at already, unless it is one that only an incident held back.
    return times.stream().filter(now::isBefore).min(Instant::compareTo);
  }
}
