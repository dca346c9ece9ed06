package dev.bandmaster.bot.node;

import dev.bandmaster.wire.PresenceEvent;
import dev.bandmaster.wire.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a node's life goes on. What is heard is noted at once; what follows from it, and from
 * silence, is concluded only when time passes, so that a conclusion can be committed together with
 * what people are told of it.
 */
public final class NodeMachine {

  private NodeMachine() {}

  /** What became of a node, and what follows. */
  public record Step(NodeLife life, List<NodeEffect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }

    private static Step to(NodeLife life) {
      return new Step(life, List.of());
    }
  }

  public static Step apply(NodeLife life, NodeEvent event, DetectorRules rules, Instant now) {
    return switch (event) {
      case NodeEvent.Heard(PresenceEvent said) -> Step.to(heard(life, said, rules, now));
      case NodeEvent.Dismissed() -> Step.to(life.with(life.sign().with(true)));
      case NodeEvent.Unanswered() -> unanswered(life, now);
      case NodeEvent.Answered() -> Step.to(answered(life));
      case NodeEvent.Excused(Instant until) -> Step.to(excused(life, until));
      case NodeEvent.Maintained(Optional<Instant> until) ->
          Step.to(life.with(life.standing().inMaintenance(until)));
      case NodeEvent.Silenced(Optional<Instant> until) ->
          Step.to(life.with(life.standing().silenced(until)));
      case NodeEvent.Named() -> Step.to(life.with(life.standing().having(Told.DOWN)));
      case NodeEvent.TimePassed(boolean inhibited) -> concluded(life, inhibited, rules, now);
    };
  }

  private static NodeLife heard(
      NodeLife life, PresenceEvent event, DetectorRules rules, Instant now) {
    Stamp stamp = event.stamp();
    Mark mark = Mark.of(stamp);
    Sign sign = life.sign();
    Duration interval =
        event instanceof PresenceEvent.Alive(var _, var _, Duration said, var _, var _)
            ? said
            : sign.interval();
    Duration timeout = rules.timeout(interval);
    boolean comesBack = !sign.leaving() || mark.incarnation() > sign.mark().incarnation();
    boolean isFresh = Duration.between(stamp.sentAt(), now).compareTo(timeout) <= 0;
    if (!mark.isAfter(sign.mark()) || !comesBack || !isFresh) {
      return life;
    }
    Instant heard = now.isAfter(sign.heard()) ? now : sign.heard();
    // Whoever describes itself does more than beat.
    Optional<Instant> owing =
        event instanceof PresenceEvent.Alive ? sign.owing() : Optional.<Instant>empty();
    boolean leaving = event instanceof PresenceEvent.Leave;
    // Until it says how often it beats, it is given the time of one that beats seldom.
    boolean isNew = !sign.wasHeard() || !interval.equals(sign.interval());
    Instant deadline = heard.plus(timeout);
    NodeLife after =
        new NodeLife(
            life.node(),
            stamp.env(),
            life.applications(),
            new Sign(mark, heard, interval, leaving, owing),
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
  private static Step unanswered(NodeLife life, Instant now) {
    if (!life.state().isWatched() || life.sign().owing().isPresent()) {
      return Step.to(life);
    }
    return new Step(
        life.with(life.sign().owingSince(Optional.of(now))), List.of(new NodeEffect.Probe()));
  }

  private static NodeLife answered(NodeLife life) {
    return life.sign().owing().isEmpty()
        ? life
        : life.with(life.sign().owingSince(Optional.empty()));
  }

  /** Who is down already stays so: its silence was concluded upon while it could be heard. */
  private static NodeLife excused(NodeLife life, Instant until) {
    boolean counts =
        life.state().isWatched()
            || (life.state() == NodeState.NEW && life.standing().told() == Told.NOTHING);
    return counts && until.isAfter(life.deadline()) ? life.until(until) : life;
  }

  private static Step concluded(
      NodeLife life, boolean inhibited, DetectorRules rules, Instant now) {
    Standing before = life.standing();
    List<NodeEffect> effects = new ArrayList<>();
    NodeState state = stateAt(life, rules, now);
    Standing after =
        before
            .in(state, now)
            .with(
                before
                    .flaps()
                    .sample(
                        before.state() == NodeState.DOWN,
                        state == NodeState.DOWN,
                        rules.timeout(life.sign().interval()),
                        now));
    if (state == NodeState.LATE && before.state() != NodeState.LATE) {
      effects.add(new NodeEffect.Probe());
    }
    Told wanted = wanted(life, after, now);
    boolean isFailure = wanted != Told.NOTHING;
    boolean mayTell = !isFailure || !(inhibited || after.isQuiet(now));
    if (wanted != before.told() && mayTell) {
      effects.add(new NodeEffect.Tell(before.told(), wanted));
      after = after.having(wanted);
    }
    if (isOver(life.with(after), rules, now)) {
      effects.add(new NodeEffect.Forget());
    }
    return new Step(life.with(after), effects);
  }

  private static NodeState stateAt(NodeLife life, DetectorRules rules, Instant now) {
    Sign sign = life.sign();
    NodeState state = life.state();
    if (sign.leaving()) {
      return NodeState.LEFT;
    }
    if (!sign.wasHeard()) {
      return NodeState.NEW;
    }
    if (!now.isBefore(life.deadline())) {
      return NodeState.DOWN;
    }
    if (!state.isWatched()) {
      return NodeState.UP;
    }
    if (zombieAt(sign, rules).filter(at -> !now.isBefore(at)).isPresent()) {
      return NodeState.ZOMBIE;
    }
    boolean stillLate = state == NodeState.LATE && !life.isHeardSince();
    return stillLate || !now.isBefore(lateAt(life, rules)) ? NodeState.LATE : NodeState.UP;
  }

  /** When a beat is overdue: as long before the deadline as it would be after an ordinary beat. */
  static Instant lateAt(NodeLife life, DetectorRules rules) {
    Duration interval = life.sign().interval();
    return life.deadline().minus(rules.timeout(interval)).plus(rules.lateness(interval));
  }

  /** When a node that owes an answer is a zombie, if it has beaten since it was asked. */
  private static Optional<Instant> zombieAt(Sign sign, DetectorRules rules) {
    return sign.owing()
        .filter(since -> sign.heard().isAfter(since))
        .map(since -> since.plus(rules.timeout(sign.interval())));
  }

  private static Told wanted(NodeLife life, Standing standing, Instant now) {
    if (standing.flaps().flapping() && standing.state() != NodeState.LEFT) {
      return Told.FLAPPING;
    }
    return switch (standing.state()) {
      case NEW -> now.isBefore(life.deadline()) ? Told.NOTHING : Told.NEVER_SEEN;
      case DOWN -> Told.DOWN;
      case ZOMBIE -> Told.ZOMBIE;
      case UP, LATE, LEFT -> Told.NOTHING;
    };
  }

  private static boolean isOver(NodeLife life, DetectorRules rules, Instant now) {
    boolean gone = life.state() == NodeState.DOWN || life.state() == NodeState.LEFT;
    return gone
        && !rules.expected().contains(life.node())
        && !now.isBefore(life.standing().since().plus(rules.forgetAfter()));
  }

  /** When time will next change something, if nothing is heard until then. */
  static Optional<Instant> nextLook(NodeLife life, DetectorRules rules, Instant now) {
    List<Instant> times = new ArrayList<>(4);
    Standing standing = life.standing();
    switch (life.state()) {
      case UP -> times.add(lateAt(life, rules));
      case LATE, ZOMBIE -> times.add(life.deadline());
      case NEW -> {
        if (standing.told() == Told.NOTHING) {
          times.add(life.deadline());
        }
      }
      case DOWN, LEFT -> {
        if (!rules.expected().contains(life.node())) {
          times.add(standing.since().plus(rules.forgetAfter()));
        }
      }
    }
    zombieAt(life.sign(), rules).ifPresent(times::add);
    standing.quietUntil(now).ifPresent(times::add);
    if (standing.flaps().flapping()) {
      times.add(now.plus(rules.timeout(life.sign().interval())));
    }
    // A time that is past was looked at already, unless it is one that only an incident held back.
    return times.stream().filter(now::isBefore).min(Instant::compareTo);
  }
}
