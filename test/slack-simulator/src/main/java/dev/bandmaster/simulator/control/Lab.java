package dev.bandmaster.simulator.control;

import dev.bandmaster.simulator.api.Call;
import dev.bandmaster.simulator.api.CallLog;
import dev.bandmaster.simulator.api.RateLimiter;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.simulator.fault.Faults;
import dev.bandmaster.simulator.socket.EnvelopeSeen;
import dev.bandmaster.simulator.socket.SocketHub;
import dev.bandmaster.simulator.workspace.Group;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.simulator.world.World;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What only an experimenter can do: break things, look at every call, start again. */
public final class Lab {
  private final World world;
  private final SocketHub hub;
  private final Faults faults;
  private final CallLog calls;
  private final RateLimiter limiter;

  /** Works on these parts of one simulator. */
  public Lab(World world, SocketHub hub, Faults faults, CallLog calls, RateLimiter limiter) {
    this.world = world;
    this.hub = hub;
    this.faults = faults;
    this.calls = calls;
    this.limiter = limiter;
  }

  /** Makes something go wrong; returns the fault with its id. */
  public Fault fault(Fault wanted) {
    Fault fault = faults.set(wanted);
    switch (fault.kind()) {
      case SOCKET_WARNING -> hub.warn(fault.all());
      case SOCKET_REFRESH -> hub.refresh(fault.all());
      case LINK_DISABLED -> hub.disable();
      case HALF_OPEN -> hub.halfOpen(fault.all());
      case DEAF -> hub.deafen(fault.all());
      case UNANSWERED_PINGS -> hub.ignorePings(fault.all());
      case REDELIVER_LAST -> {
        if (!hub.redeliverLast(fault.sameEnvelope())) {
          throw new IllegalArgumentException(
              "No event has been sent yet, so none can be repeated.");
        }
      }
      case RATE_LIMIT,
          RATE_LIMIT_WITHOUT_HEADER,
          RATELIMITED,
          ERROR,
          HTML_BODY,
          BAD_JSON,
          EMPTY_BODY,
          REDIRECT,
          SLOW_DRIP,
          CLOSED_HANDSHAKE,
          NO_HELLO,
          HTTP_STATUS,
          DROP_AFTER_RECEIVING,
          DELAY,
          AUTH_TEST_NOT_OK,
          MISSING_SCOPE,
          DELIVER_TWICE,
          TOO_MANY_WEBSOCKETS -> {
        // These wait for the next call, event or connection.
      }
    }
    return fault;
  }

  /** The faults that are switched on. */
  public List<Fault> faults() {
    return faults.list();
  }

  /** Switches one fault off, or all where {@code id} is null. */
  public void clearFaults(@Nullable String id) {
    if (id == null) {
      faults.clear();
    } else if (!faults.clear(id)) {
      throw new IllegalArgumentException("There is no fault " + id + " to clear.");
    }
  }

  /** Every Web API call that is remembered, oldest first. */
  public List<Call> calls() {
    return calls.list();
  }

  /** Every envelope that is remembered, oldest first. */
  public List<EnvelopeSeen> envelopes() {
    return hub.envelopes();
  }

  /** A person becomes something else to the workspace, or gets another real name. */
  public boolean changePerson(String named, UnaryOperator<Person> change) {
    Workspace now = world.workspace();
    Person person =
        now.person(named)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "There is no person '%s'. Available: %s."
                        .formatted(named, now.people().stream().map(Person::name).toList())));
    return world.change(change.apply(person));
  }

  /** A group gets another name or other members; these are named or given by their ids. */
  public boolean changeGroup(String named, @Nullable String name, @Nullable List<String> members) {
    Workspace now = world.workspace();
    Group group =
        now.group(named)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "There is no group '%s'. Available: %s."
                        .formatted(named, now.groups().stream().map(Group::handle).toList())));
    Group renamed = name == null ? group : group.withName(name);
    return world.change(members == null ? renamed : renamed.withMembers(ids(now, members)));
  }

  private static List<String> ids(Workspace workspace, List<String> members) {
    return members.stream()
        .map(member ->
            workspace
                .person(member)
                .map(Person::id)
                .orElseThrow(
                    () -> new IllegalArgumentException("There is no person '" + member + "'.")))
        .distinct()
        .toList();
  }

  /**
   * Forgets messages, files, views, calls, envelopes and faults, and makes people and groups what
   * they were at first; connections stay open.
   */
  public void reset() {
    faults.clear();
    hub.reset();
    world.reset();
    limiter.reset();
    calls.clear();
  }
}
