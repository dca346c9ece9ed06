package dev.bandmaster.testfleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bandmaster.bus.Acknowledgement;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.BusUnavailable;
import dev.bandmaster.bus.Incoming;
import dev.bandmaster.bus.NodeBus;
import dev.bandmaster.bus.RequestHandler;
import dev.bandmaster.wire.AlertEvent;
import dev.bandmaster.wire.Event;
import dev.bandmaster.wire.FinalCode;
import dev.bandmaster.wire.Load;
import dev.bandmaster.wire.NodeDescription;
import dev.bandmaster.wire.NodeDescriptions;
import dev.bandmaster.wire.PresenceCall;
import dev.bandmaster.wire.PresenceEvent;
import dev.bandmaster.wire.RejectedMessage;
import dev.bandmaster.wire.ReplayCache;
import dev.bandmaster.wire.Reply;
import dev.bandmaster.wire.ReplyBody;
import dev.bandmaster.wire.Request;
import dev.bandmaster.wire.Stamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node that pretends to work. */
final class EmulatedAgent implements RequestHandler {
  private static final Logger log = LoggerFactory.getLogger(EmulatedAgent.class);

  private final NodeBus bus;
  private final NodeDescription self;
  private final Stamps stamps;
  private final Behaviour behaviour;
  private final Executor work;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ReplayCache seen;
  private final String factsHash;
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong runs = new AtomicLong();
  private final AtomicInteger running = new AtomicInteger();
  private volatile boolean joined;

  EmulatedAgent(
      NodeBus bus,
      NodeDescription self,
      Stamps stamps,
      Behaviour behaviour,
      Executor work,
      InstantSource clock,
      RandomGenerator random) {
    this.bus = bus;
    this.self = self;
    this.stamps = stamps;
    this.behaviour = behaviour;
    this.work = work;
    this.clock = clock;
    this.random = random;
    this.seen = new ReplayCache(10_000, clock);
    this.factsHash = NodeDescriptions.hash(self);
  }

  String name() {
    return self.node();
  }

  boolean hasJoined() {
    return joined;
  }

  long runs() {
    return runs.get();
  }

  @Override
  public void stateChanged(BusState state) {
    if (state instanceof BusState.Connected) {
      announce(new PresenceEvent.Join(stamps.next(), self));
      joined = true;
    } else {
      joined = false;
    }
  }

  void heartbeat(Duration interval) {
    if (joined) {
      announce(
          new PresenceEvent.Alive(
              stamps.next(), new Load(0.1, 4), interval, running.get(), factsHash));
    }
  }

  @Override
  public void request(Incoming incoming) {
    incoming.acknowledgement().done();
    work.execute(() -> handle(incoming));
  }

  private void handle(Incoming incoming) {
    switch (incoming) {
      case Incoming.Genuine(Request request, boolean again, Acknowledgement receipt) ->
          handle(request);
      case Incoming.Refused(
              String request,
              String to,
              FinalCode code,
              String reason,
              Acknowledgement receipt) ->
          reply(request, to, end(code, reason));
      case Incoming.Untrusted(RejectedMessage rejected, Acknowledgement receipt) -> alert(rejected);
    }
  }

  private void handle(Request request) {
    if (PresenceCall.is(request)) {
      announce(new PresenceEvent.Update(stamps.next(), self));
      return;
    }
    switch (seen.see(request)) {
      case FRESH -> run(request);
      case REPLAYED ->
          reply(request.id(), request.replyTo(), end(FinalCode.DUPLICATE, "run before"));
      case FULL ->
          reply(
              request.id(), request.replyTo(), end(FinalCode.FAILED, "too many requests at once"));
    }
  }

  private void run(Request request) {
    runs.incrementAndGet();
    running.incrementAndGet();
    try {
      reply(request.id(), request.replyTo(), new ReplyBody.Accepted());
      for (Behaviour.Step step : behaviour.answer(self, request, random)) {
        if (step.after().isPositive()) {
          Thread.sleep(step.after());
        }
        reply(request.id(), request.replyTo(), step.body());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      running.decrementAndGet();
    }
  }

  private static ReplyBody.Final end(FinalCode code, String message) {
    return new ReplyBody.Final(code, message, null, JsonNodeFactory.instance.nullNode());
  }

  /**
   * An emulated agent has no spool: what cannot be sent is lost, and the bot reports the node as
   * lost.
   */
  private void reply(String request, String replyTo, ReplyBody body) {
    var reply =
        new Reply(
            request, self.node(), stamps.boot(), sequence.incrementAndGet(), clock.instant(), body);
    try {
      bus.reply(replyTo, reply);
    } catch (BusUnavailable away) {
      log.debug("{} could not reply: {}", self.node(), away.getMessage());
    }
  }

  private void alert(RejectedMessage rejected) {
    if (rejected.suspicious()) {
      announce(
          new AlertEvent(
              stamps.next(), AlertEvent.Severity.CRITICAL, "forged-request", rejected.reason()));
    }
  }

  private void announce(Event event) {
    try {
      bus.announce(event);
    } catch (BusUnavailable away) {
      log.debug("{} could not announce: {}", self.node(), away.getMessage());
    }
  }
}
