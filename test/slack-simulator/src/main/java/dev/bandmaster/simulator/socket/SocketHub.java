package dev.bandmaster.simulator.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.simulator.fault.Faults;
import dev.bandmaster.simulator.time.Timer;
import dev.bandmaster.simulator.workspace.Bot;
import dev.bandmaster.simulator.world.Ids;
import dev.bandmaster.simulator.world.Json;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The app's connections and everything sent through them. Each envelope goes to one connection
 * picked at random; an event that is not acknowledged in time, or for which no connection was open,
 * comes again up to three times. Safe for use by many threads; nothing here blocks.
 */
public final class SocketHub {
  /** Most connections of one app at a time. */
  public static final int MOST_CONNECTIONS = 10;

  /** Enough for a long test, little enough for a simulator that runs for days. */
  private static final int KEPT = 10_000;

  private static final int POLICY_VIOLATION = 1_008;
  private static final int NORMAL = 1_000;

  private final Bot bot;
  private final Ids ids;
  private final InstantSource clock;
  private final Timer timer;
  private final Delays delays;
  private final Faults faults;
  private final boolean sameEnvelope;
  private final Set<String> tickets = new HashSet<>();
  private final List<Link> links = new ArrayList<>();
  private final Map<String, Envelope> byId = new HashMap<>();
  private final Deque<Envelope> history = new ArrayDeque<>();
  private int counter;

  /**
   * A hub without connections.
   *
   * @param sameEnvelope whether retries keep the envelope's id
   */
  public SocketHub(
      Bot bot,
      Ids ids,
      InstantSource clock,
      Timer timer,
      Delays delays,
      Faults faults,
      boolean sameEnvelope) {
    this.bot = bot;
    this.ids = ids;
    this.clock = clock;
    this.timer = timer;
    this.delays = delays;
    this.faults = faults;
    this.sameEnvelope = sameEnvelope;
    timer.after(delays.ping(), this::pingAll);
  }

  /** A ticket that lets one connection in. */
  public synchronized String ticket() {
    String ticket = ids.uuid();
    tickets.add(ticket);
    return ticket;
  }

  /**
   * A WebSocket was opened.
   *
   * @return the connection's number, or nothing where it was turned away
   */
  public synchronized Optional<Integer> connected(@Nullable String ticket, Wire wire) {
    if (ticket == null || !tickets.remove(ticket)) {
      wire.close(POLICY_VIOLATION, "unknown or used ticket");
      return Optional.empty();
    }
    if (faults.take(Fault.Kind.LINK_DISABLED, "*").isPresent()) {
      return turnAway(wire, "link_disabled");
    }
    if (links.size() >= MOST_CONNECTIONS
        || faults.take(Fault.Kind.TOO_MANY_WEBSOCKETS, "*").isPresent()) {
      return turnAway(wire, "too_many_websockets");
    }
    counter++;
    links.add(new Link(counter, wire));
    if (faults.take(Fault.Kind.NO_HELLO, "*").isEmpty()) {
      wire.text(Frames.hello(bot.appId(), links.size(), clock.instant()));
    }
    return Optional.of(counter);
  }

  /** Whether a WebSocket that is being opened has its connection closed before it is answered. */
  public boolean closesHandshake() {
    return faults.take(Fault.Kind.CLOSED_HANDSHAKE, "*").isPresent();
  }

  /** A WebSocket was closed. */
  public synchronized void disconnected(int number) {
    links.removeIf(link -> link.number == number);
  }

  /** A text frame came in: an acknowledgement, or something that is ignored. */
  public void received(String text) {
    JsonNode message = Json.parse(text).orElseGet(MissingNode::getInstance);
    Envelope envelope;
    JsonNode response = message.path("payload");
    synchronized (this) {
      envelope = byId.get(Json.text(message, "envelope_id"));
      if (envelope == null || envelope.acknowledged != null) {
        return;
      }
      envelope.acknowledged = clock.instant();
      envelope.response = response.isMissingNode() ? null : response;
      if (envelope.over) {
        return;
      }
      envelope.over = true;
    }
    envelope.whenDone.accept(new Delivery.Acknowledged(response));
  }

  /** Sends something to the app; {@code whenDone} is called once with how it ended. */
  public void send(
      EnvelopeType type, ObjectNode payload, boolean acceptsResponse, Consumer<Delivery> whenDone) {
    Envelope envelope = new Envelope(type, payload, acceptsResponse, clock.instant(), whenDone);
    synchronized (this) {
      history.addLast(envelope);
      if (history.size() > KEPT) {
        byId.keySet().removeAll(history.removeFirst().ids);
      }
    }
    attempt(envelope, "");
    if (type == EnvelopeType.EVENTS_API) {
      faults
          .take(Fault.Kind.DELIVER_TWICE, "*")
          .ifPresent(fault -> again(envelope, fault.sameEnvelope()));
    }
  }

  /**
   * Sends the last event again, as though its acknowledgement had been lost.
   *
   * @return false where none was sent yet
   */
  public boolean redeliverLast(boolean inSameEnvelope) {
    Optional<Envelope> last;
    synchronized (this) {
      last =
          history.reversed().stream()
              .filter(envelope -> envelope.type == EnvelopeType.EVENTS_API)
              .findFirst();
    }
    last.ifPresent(envelope -> again(envelope, inSameEnvelope));
    return last.isPresent();
  }

  /** Tells connections that they will be refreshed, and does so a while later. */
  public synchronized void warn(boolean all) {
    for (Link link : affected(all)) {
      link.send(Frames.disconnect("warning"));
      timer.after(delays.refresh(), () -> refresh(link));
    }
  }

  /** Refreshes connections without a warning. */
  public synchronized void refresh(boolean all) {
    affected(all).forEach(this::refresh);
  }

  /** Tells every connection that Socket Mode was switched off, and closes it. */
  public synchronized void disable() {
    for (Link link : List.copyOf(links)) {
      link.send(Frames.disconnect("link_disabled"));
      drop(link);
    }
  }

  /** Leaves connections open, but lets nothing through in either direction. */
  public synchronized void halfOpen(boolean all) {
    affected(all).forEach(Link::fallSilent);
  }

  /** Leaves connections open and their pings answered, but delivers nothing through them. */
  public synchronized void deafen(boolean all) {
    affected(all).forEach(Link::deafen);
  }

  /** Leaves connections as they are, but answers no more of their pings. */
  public synchronized void ignorePings(boolean all) {
    affected(all).forEach(Link::ignorePings);
  }

  /** Closes every connection without a word. */
  public synchronized void closeAll() {
    List.copyOf(links).forEach(this::drop);
  }

  /** The number of open connections. */
  public synchronized int connections() {
    return links.size();
  }

  /** Every envelope that is still remembered, oldest first. */
  public synchronized List<EnvelopeSeen> envelopes() {
    return history.stream().map(Envelope::seen).toList();
  }

  /** Forgets every envelope; what is unacknowledged does not come again. */
  public synchronized void reset() {
    history.forEach(envelope -> envelope.over = true);
    history.clear();
    byId.clear();
  }

  private void attempt(Envelope envelope, String reason) {
    Optional<Delivery> end = Optional.empty();
    synchronized (this) {
      if (envelope.over) {
        return;
      }
      if (links.isEmpty()) {
        end = missed(envelope, "connection_failed", new Delivery.NobodyThere());
      } else {
        hand(envelope, reason, sameEnvelope);
      }
    }
    end.ifPresent(envelope.whenDone);
  }

  private void expire(Envelope envelope, int made) {
    Optional<Delivery> end;
    synchronized (this) {
      if (envelope.over || envelope.sendings.size() != made) {
        return;
      }
      end = missed(envelope, "timeout", new Delivery.TimedOut());
    }
    end.ifPresent(envelope.whenDone);
  }

  /** Plans the next retry, or says how it ended where there is none. */
  private Optional<Delivery> missed(Envelope envelope, String reason, Delivery end) {
    boolean again =
        envelope.type == EnvelopeType.EVENTS_API && envelope.attempt < delays.retries().size();
    if (!again) {
      envelope.over = true;
      return Optional.of(end);
    }
    timer.after(
        delays.retries().get(envelope.attempt),
        () -> {
          synchronized (this) {
            envelope.attempt++;
          }
          attempt(envelope, reason);
        });
    return Optional.empty();
  }

  private synchronized void again(Envelope envelope, boolean inSameEnvelope) {
    if (links.isEmpty()) {
      return;
    }
    if (!inSameEnvelope) {
      envelope.attempt = Math.max(1, envelope.attempt);
    }
    hand(envelope, "timeout", inSameEnvelope);
  }

  /** Sends the envelope through a connection picked at random and waits for the answer. */
  private void hand(Envelope envelope, String reason, boolean keepId) {
    Link link = links.get(ids.below(links.size()));
    String id = envelope.nextId(keepId, ids.uuid());
    byId.put(id, envelope);
    envelope.sendings.add(new Sending(id, link.number, clock.instant(), envelope.attempt));
    link.send(Frames.envelope(id, envelope, reason));
    int made = envelope.sendings.size();
    timer.after(delays.acknowledge(), () -> expire(envelope, made));
  }

  private static Optional<Integer> turnAway(Wire wire, String reason) {
    wire.text(Frames.disconnect(reason));
    wire.close(NORMAL, reason);
    return Optional.empty();
  }

  private List<Link> affected(boolean all) {
    List<Link> alive = links.stream().filter(link -> !link.halfOpen()).toList();
    return all || alive.isEmpty() ? alive : List.of(alive.getFirst());
  }

  private synchronized void refresh(Link link) {
    if (links.contains(link)) {
      link.send(Frames.disconnect("refresh_requested"));
      drop(link);
    }
  }

  private void drop(Link link) {
    links.remove(link);
    link.close();
  }

  private synchronized void pingAll() {
    links.forEach(Link::ping);
    links.removeIf(Link::isLost); // no close frame would get through to it
    timer.after(delays.ping(), this::pingAll);
  }
}
